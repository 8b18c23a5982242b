package org.spikelet.spikes.detect;

import java.util.Arrays;
import java.util.List;

/**
 * The spikes of a finished run, measured against the run's median loss.
 *
 * @param spikes in order; shifts are left out
 * @param medianLoss the median of the finite losses of the run
 */
public record SpikeSummary(List<Spike> spikes, double medianLoss) {

  /** Copies the list. */
  public SpikeSummary {
    spikes = List.copyOf(spikes);
  }

  /** A spike is plainly visible if its peak is more than this many times the run's median loss. */
  public static final double VISIBLE = 3;

  /**
   * Finds and measures the spikes of a loss curve.
   *
   * @throws IllegalArgumentException if a loss is negative
   */
  public static SpikeSummary of(double[] losses) {
    double[] sorted = Arrays.stream(losses).filter(Double::isFinite).sorted().toArray();
    double median = sorted.length == 0 ? Double.NaN : Median.ofSorted(sorted, sorted.length);
    List<Spike> spikes =
        SpikeDetector.detect(losses).stream().filter(spike -> !spike.shift()).toList();
    return new SpikeSummary(spikes, median);
  }

  /** Returns how many times the run's median loss the peak is. */
  public double timesMedian(Spike spike) {
    return spike.peakLoss() / medianLoss;
  }

  /** Returns whether the peak stands out from the whole run, not only from the steps before it. */
  public boolean visible(Spike spike) {
    return timesMedian(spike) > VISIBLE;
  }

  /** Returns the number of visible spikes. */
  public long visible() {
    return spikes.stream().filter(this::visible).count();
  }

  /** Returns the largest peak over the run's median loss, or 0 without spikes. */
  public double largestTimesMedian() {
    return spikes.stream().mapToDouble(this::timesMedian).max().orElse(0);
  }

  /** Returns the largest height in nats, or 0 without spikes. */
  public double largestHeight() {
    return spikes.stream().mapToDouble(Spike::height).max().orElse(0);
  }
}
