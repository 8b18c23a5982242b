package org.spikelet.app.training;

import java.util.Arrays;

/** The value in the middle; of an even number of values the upper of the two in the middle. */
public final class UpperMedian {

  private UpperMedian() {}

  /**
   * Returns the median, which is always one of the values.
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("median: there are no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
