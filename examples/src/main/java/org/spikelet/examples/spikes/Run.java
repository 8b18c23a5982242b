package org.spikelet.examples.spikes;

import java.util.Arrays;
import org.spikelet.optim.spikes.SpikeSummary;

/** What came out of one training. */
final class Run {

  private static final int LAST = 100;

  private final Experiment.Contender contender;
  private final String settings;
  private final double[] losses;
  private final double seconds;
  private final SpikeSummary spikes;

  Run(Experiment.Contender contender, String settings, double[] losses, double seconds) {
    this.contender = contender;
    this.settings = settings;
    this.losses = losses;
    this.seconds = seconds;
    this.spikes = SpikeSummary.of(losses);
  }

  /** The optimizer. */
  Experiment.Contender contender() {
    return contender;
  }

  /** The optimizer's settings in words. */
  String settings() {
    return settings;
  }

  /** The loss of each step. */
  double[] losses() {
    return losses;
  }

  /** The time it took. */
  double seconds() {
    return seconds;
  }

  /** The spikes of the loss. */
  SpikeSummary spikes() {
    return spikes;
  }

  /** The mean loss of the last 100 steps. */
  double finalLoss() {
    int from = Math.max(0, losses.length - LAST);
    return Arrays.stream(losses, from, losses.length).average().orElse(Double.NaN);
  }
}
