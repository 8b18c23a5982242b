package org.spikelet.spikes.diagnose;

import java.util.Arrays;

/**
 * The quantiles of the diagnosis: of n sorted values that at position ⌊n · q⌋, so always one of the
 * values, and for q = ½ the upper of two middle ones.
 *
 * <p>The detector's median lies between those two. The diagnosis keeps its own: a norm to clip at,
 * or an ε, is one that occurred, and published figures rest on it.
 */
final class Quantile {

  private Quantile() {}

  /** The median of some values, of which there is at least one. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted, 1, 2);
  }

  /** The quantile q = part / whole, below 1. */
  static double ofSorted(double[] sorted, int part, int whole) {
    return sorted[(int) ((long) sorted.length * part / whole)];
  }
}
