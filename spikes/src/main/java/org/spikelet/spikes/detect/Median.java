package org.spikelet.spikes.detect;

/**
 * The median of the detector and the summary, the mean of the two middle values, as NumPy's.
 *
 * <p>The diagnosis has another: there a quantile is one of the values themselves.
 */
final class Median {

  private Median() {}

  /** The median of the first n of some sorted values, with n at least 1. */
  static double ofSorted(double[] sorted, int n) {
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
