package org.spikelet.app.experiment;

import java.util.EnumSet;
import java.util.Set;

/** What is counted in a run: first the rates, then the shares. */
public enum Measure {
  /** Spikes of the batch loss per 1,000 steps. */
  SPIKES("spikes per 1,000 steps"),

  /** How much the logarithm of the loss rises in all, per 1,000 steps. */
  UPWARD_VARIATION("nats that the loss rises per 1,000 steps"),

  /** Spikes of the batch loss per 1,000 steps, in the first 1,500. */
  EARLY_SPIKES("spikes per 1,000 steps, the first 1,500 steps"),

  /** Spikes of the loss on a fixed probe per 1,000 steps: only the parameters can move it. */
  PROBE_SPIKES("spikes of the probe's loss per 1,000 steps"),

  /** Spikes per 1,000 batches drawn after the training, with the weights frozen. */
  FROZEN_SPIKES("spikes per 1,000 batches with the weights frozen"),

  /** Spikes per 1,000 of the same batches, trained on. */
  THAWED_SPIKES("spikes per 1,000 of these batches, trained on"),

  /** Spikes that begin at an epoch's last batch, per 1,000 such batches. */
  AT_LAST_BATCH("spikes per 1,000 last batches"),

  /** Spikes that begin at any other batch, per 1,000 such batches. */
  AT_OTHER_BATCHES("spikes per 1,000 other batches"),

  /** The share of the loss that lies in the top 1 % of the rows after the training. */
  TOP_ROWS("share of the loss in the top 1 % of the rows"),

  /** 1 if a loss was not finite, else 0. */
  NOT_FINITE("share of runs whose loss becomes infinite or NaN"),

  /** Share of the spikes before which the curvature came near its threshold. */
  NEAR_THRESHOLD_BEFORE("share of spikes with η·λ over 95 % of its threshold just before"),

  /** Share of calm moments at which it was as near. */
  NEAR_THRESHOLD_IN_CALM("share of calm moments with η·λ over 95 % of its threshold"),

  /** Share of the spikes before which the curvature was over its threshold. */
  OVER_THRESHOLD_BEFORE("share of spikes with η·λ over its threshold just before"),

  /** Share of calm moments at which it was over it. */
  OVER_THRESHOLD_IN_CALM("share of calm moments with η·λ over its threshold");

  /** Those that are taken in every run, whatever its recipe. */
  public static final Set<Measure> OF_EVERY_RUN =
      EnumSet.of(SPIKES, UPWARD_VARIATION, EARLY_SPIKES, NOT_FINITE);

  private final String words;

  Measure(String words) {
    this.words = words;
  }

  /** Returns whether it is a number per step. */
  public boolean isRate() {
    return switch (this) {
      case SPIKES,
          UPWARD_VARIATION,
          EARLY_SPIKES,
          PROBE_SPIKES,
          FROZEN_SPIKES,
          THAWED_SPIKES,
          AT_LAST_BATCH,
          AT_OTHER_BATCHES ->
          true;
      default -> false;
    };
  }

  /** Returns whether it is taken of the weights after the training, if there are any. */
  public boolean isOfSolution() {
    return this == FROZEN_SPIKES || this == THAWED_SPIKES || this == TOP_ROWS;
  }

  /** Returns what the training has to do beside training, for this to be taken. */
  public Setup.Twist twist() {
    return switch (this) {
      case PROBE_SPIKES -> Setup.Twist.PROBE;
      case FROZEN_SPIKES, THAWED_SPIKES, TOP_ROWS -> Setup.Twist.FROZEN;
      case NEAR_THRESHOLD_BEFORE,
          NEAR_THRESHOLD_IN_CALM,
          OVER_THRESHOLD_BEFORE,
          OVER_THRESHOLD_IN_CALM ->
          Setup.Twist.SHARPNESS;
      default -> Setup.Twist.NONE;
    };
  }

  /** Returns whether it tells an epoch's batches apart, of which there must be several. */
  public boolean isOfBatches() {
    return this == AT_LAST_BATCH || this == AT_OTHER_BATCHES;
  }

  /** Returns what the number is. */
  public String words() {
    return words;
  }
}
