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
    return middle(sorted[(n - 1) / 2], sorted[n / 2]);
  }

  /** (a + b) / 2, of the largest numbers and the smallest too. */
  static double middle(double a, double b) {
    double sum = a + b;
    return Double.isInfinite(sum) ? a / 2 + b / 2 : sum / 2;
  }
}
