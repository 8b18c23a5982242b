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

  /**
   * A spike is plainly visible if its peak is more than this many times the run's median loss; on
   * the linear scale, if it is above the median by more than this many onsets.
   */
  public static final double VISIBLE = 3;

  /** Finds and measures the spikes of a loss curve. */
  public static SpikeSummary of(double[] losses) {
    double[] sorted = Arrays.stream(losses).filter(Double::isFinite).sorted().toArray();
    double median = sorted.length == 0 ? Double.NaN : Median.ofSorted(sorted, sorted.length);
    List<Spike> spikes =
        SpikeDetector.detect(losses).stream().filter(spike -> !spike.shift()).toList();
    return new SpikeSummary(spikes, median);
  }

  /**
   * Returns how many times the run's median loss the peak is; ∞ if that is 0, and NaN if it is
   * negative, where it means nothing.
   */
  public double timesMedian(Spike spike) {
    return medianLoss < 0 ? Double.NaN : spike.peakLoss() / medianLoss;
  }

  /** Returns whether the peak stands out from the whole run, not only from the steps before it. */
  public boolean visible(Spike spike) {
    return spike.usual().scale() == LossScale.LOGARITHMIC
        ? timesMedian(spike) > VISIBLE
        : spike.peakLoss() - medianLoss > VISIBLE * spike.usual().onset();
  }

  /** Returns the number of visible spikes. */
  public long visible() {
    return spikes.stream().filter(this::visible).count();
  }

  /** Returns the largest peak over the run's median loss, or 0 without spikes. */
  public double largestTimesMedian() {
    return spikes.stream()
        .mapToDouble(this::timesMedian)
        .filter(times -> !Double.isNaN(times))
        .max()
        .orElse(0);
  }

  /** Returns the largest height, or 0 without spikes. */
  public double largestHeight() {
    return spikes.stream().mapToDouble(Spike::height).max().orElse(0);
  }
}
