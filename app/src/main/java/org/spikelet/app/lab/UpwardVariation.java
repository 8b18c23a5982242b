package org.spikelet.app.lab;

/**
 * How restless a loss is: Σ max(0, ln L(t + 1) − ln L(t)), in nats.
 *
 * <p>A training that never comes to rest has no spikes, for none stands out, but goes up as much as
 * down at every step; here it shows.
 */
final class UpwardVariation {

  private UpwardVariation() {}

  /** Returns it, without the steps from or to a loss that has no logarithm. */
  static double of(double... losses) {
    double sum = 0;
    for (int t = 1; t < losses.length; t++) {
      double rise = StrictMath.log(losses[t]) - StrictMath.log(losses[t - 1]);
      if (rise > 0 && rise < Double.POSITIVE_INFINITY) {
        sum += rise;
      }
    }
    return sum;
  }
}
