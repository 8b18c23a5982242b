package org.spikelet.app.opinion;

import java.util.Arrays;

/**
 * The middle and the scatter of some numbers, of which outliers move neither.
 *
 * @param median NaN of none
 * @param scatter 1.4826 times the median distance from it
 */
record Robust(double median, double scatter) {

  /** Of the finite ones among the values from one place to before another. */
  static Robust of(double[] values, int from, int to) {
    int start = Math.max(0, from);
    int end = Math.min(values.length, to);
    double[] finite = new double[Math.max(0, end - start)];
    int count = 0;
    for (int i = start; i < end; i++) {
      if (Double.isFinite(values[i])) {
        finite[count++] = values[i];
      }
    }
    return of(Arrays.copyOf(finite, count));
  }

  private static Robust of(double[] finite) {
    if (finite.length == 0) {
      return new Robust(Double.NaN, Double.NaN);
    }
    Arrays.sort(finite);
    double median = middle(finite);
    double[] distances = Arrays.stream(finite).map(x -> Math.abs(x - median)).sorted().toArray();
    return new Robust(median, 1.4826 * middle(distances));
  }

  static double middle(double[] sorted) {
    int n = sorted.length;
    return sorted[(n - 1) / 2] / 2 + sorted[n / 2] / 2;
  }
}
