package org.spikelet.autodiff;

import java.util.stream.IntStream;

/** Functions of numbers that Java lacks, for comparison: simple, and slow. */
final class Reference {

  private static final int STEPS = 4096;

  private Reference() {}

  static double logistic(double x) {
    return x == 0 ? 0.5 : x > 700 ? 1 : x < -700 ? 0 : 1 / (1 + StrictMath.exp(-x));
  }

  static double softplus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }

  /** 2/√π · x · the mean of e^(−t²) over t from 0 to x, by Simpson's rule. */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double sum =
        IntStream.rangeClosed(0, STEPS)
            .mapToDouble(
                i -> {
                  double t = x * i / STEPS;
                  int weight = i == 0 || i == STEPS ? 1 : i % 2 == 0 ? 2 : 4;
                  return weight * StrictMath.exp(-t * t);
                })
            .sum();
    return 2 / Math.sqrt(Math.PI) * x * (sum / (3 * STEPS));
  }

  /** x · Φ(x); far below 0 it is −0. */
  static double gelu(double x) {
    return x < -40 ? -0.0 : x * 0.5 * (1 + erf(x / Math.sqrt(2)));
  }
}
