package org.spikelet.app.tables;

import java.util.Arrays;

/**
 * Mean and deviation of a column, and the way there and back: z = (x / s − mean) / deviation. Both
 * are of x / s, with s the largest |x|, so that no square overflows.
 *
 * @param size s
 * @param mean of x / s
 * @param deviation of x / s, with n below the sum; 1 where all x are equal
 */
public record Scale(double size, double mean, double deviation) {

  /** Leaves numbers as they are. */
  public static final Scale NONE = new Scale(1, 0, 1);

  /** Measures some numbers. */
  static Scale of(double... values) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    double size = largest > 0 ? largest : 1;
    double mean = Arrays.stream(values).map(x -> x / size).average().orElse(0);
    double variance =
        Arrays.stream(values).map(x -> (x / size - mean) * (x / size - mean)).average().orElse(0);
    return new Scale(size, mean, variance > 0 ? Math.sqrt(variance) : 1);
  }

  /** Returns a number of the column with mean 0 and deviation 1. */
  public double standard(double x) {
    return (x / size - mean) / deviation;
  }

  /** Returns a standardized number in the column's own unit. */
  public double original(double z) {
    return (z * deviation + mean) * size;
  }

  /** Returns how large a difference is in the column's own unit. */
  public double difference(double z) {
    return z * deviation * size;
  }

  double originalMean() {
    return mean * size;
  }
}
