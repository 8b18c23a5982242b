package org.spikelet.app.training;

import java.util.Arrays;
import java.util.Optional;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;
import org.spikelet.spikes.detect.SpikeSummary;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.Examination;

/** What came out of one training. */
public final class Run {

  /** So many steps at the end are the end. */
  public static final int LAST = 100;

  private final String name;
  private final String settings;
  private final double[] losses;
  private final double seconds;
  private final SpikeSummary spikes;
  private final Optional<Examination> examination;

  /**
   * Finds the spikes of a finished training.
   *
   * @param name such as the optimizer
   * @param settings in words
   * @param losses of each step; not copied
   * @param seconds the time it took
   */
  public Run(String name, String settings, double[] losses, double seconds) {
    this.name = name;
    this.settings = settings;
    this.losses = losses;
    this.seconds = seconds;
    this.spikes = SpikeSummary.of(losses);
    this.examination = Optional.empty();
  }

  private Run(Run run, SpikeSummary spikes, Optional<Examination> examination) {
    this.name = run.name;
    this.settings = run.settings;
    this.losses = run.losses;
    this.seconds = run.seconds;
    this.spikes = spikes;
    this.examination = examination;
  }

  /** Returns this, with what a doctor found. */
  public Run withExamination(Examination found) {
    return new Run(this, spikes, Optional.of(found));
  }

  /** Returns this with rises to a lasting level among its spikes, as a doctor counts them. */
  public Run withShifts() {
    return new Run(
        this, new SpikeSummary(SpikeDetector.detect(losses), spikes.medianLoss()), examination);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The settings in words. */
  public String settings() {
    return settings;
  }

  /** The loss of each step. */
  public double[] losses() {
    return losses;
  }

  /** The time it took. */
  public double seconds() {
    return seconds;
  }

  /** The spikes of the loss. */
  public SpikeSummary spikes() {
    return spikes;
  }

  /** What a doctor found; empty if none was asked. */
  public Optional<Examination> examination() {
    return examination;
  }

  /** What a doctor found of this spike; empty if it was not examined. */
  public Optional<Diagnosis> diagnosis(Spike spike) {
    return examination.flatMap(
        e -> e.diagnoses().stream().filter(d -> d.spike().onset() == spike.onset()).findFirst());
  }

  /** Whether the training was lost: its very last loss is not finite. */
  public boolean lost() {
    return losses.length > 0 && !Double.isFinite(losses[losses.length - 1]);
  }

  /** The mean loss of the last 100 steps; not finite if one of them is not. */
  public double finalLoss() {
    int from = Math.max(0, losses.length - LAST);
    return Arrays.stream(losses, from, losses.length).average().orElse(Double.NaN);
  }
}
