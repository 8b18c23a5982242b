package org.spikelet.app.training;

import java.util.Arrays;

/** The value in the middle. */
public final class Median {

  private Median() {}

  /**
   * Returns the median; of an even number of values the upper of the two in the middle, so that it
   * is always one of them.
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
