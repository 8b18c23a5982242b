package org.spikelet.autodiff.check;

import java.util.Arrays;

/** How much a function rises above its value at the point, at the steps of a {@link Ladder}. */
final class Series {

  /** Over so many of the finest steps a jump is the same. */
  private static final int JUMP = 4;

  private final double[] steps;
  private final double[] plus;
  private final double[] minus;
  private final double[] noise;

  /**
   * Keeps the arrays.
   *
   * @param plus the rises at +step
   * @param minus the rises at −step
   * @param noise what rounding the values may change in a rise
   */
  Series(double[] steps, double[] plus, double[] minus, double[] noise) {
    this.steps = steps;
    this.plus = plus;
    this.minus = minus;
    this.noise = noise;
  }

  int size() {
    return steps.length;
  }

  double step(int k) {
    return steps[k];
  }

  double noise(int k) {
    return noise[k];
  }

  boolean finite(int k) {
    return Double.isFinite(plus[k]) && Double.isFinite(minus[k]);
  }

  /** Whether it does not move at any step. */
  boolean still() {
    return Arrays.stream(plus).allMatch(v -> v == 0) && Arrays.stream(minus).allMatch(v -> v == 0);
  }

  /** Whether the rise on a side does not fall with the step: the function jumps at the point. */
  boolean jumps() {
    return jumps(plus) || jumps(minus);
  }

  private boolean jumps(double[] rise) {
    int last = steps.length - 1;
    double size = Math.abs(rise[last]);
    boolean stays = last >= JUMP && size > 2 * noise[last];
    for (int k = 1; k <= JUMP && stays; k++) {
      stays = Math.abs(rise[last - k] - rise[last]) < 0.1 * size;
    }
    return stays;
  }

  /** Whether three neighbouring steps, finer than some, agree on one side with this slope. */
  boolean tells(double slope, double allowed, double below) {
    for (int sign = -1; sign <= 1; sign += 2) {
      int agree = 0;
      for (int k = 0; k < size() && agree < 3; k++) {
        double rise = rise(k, sign);
        boolean same = Math.abs(sign * rise / step(k) - slope) <= allowed;
        // What does not move is flat between two roundings.
        boolean known = step(k) < below && rise != 0 && noise(k) <= allowed * step(k);
        agree = same && known ? agree + 1 : 0;
      }
      if (agree == 3) {
        return true;
      }
    }
    return false;
  }

  /** The rise on the right if the sign is 1, on the left if it is −1. */
  double rise(int k, int sign) {
    return sign > 0 ? plus[k] : minus[k];
  }

  /** The slope over both sides. */
  double central(int k) {
    return (plus[k] / 2 - minus[k] / 2) / steps[k];
  }

  /** The even part: what a straight line does not have. */
  double even(int k) {
    return plus[k] + minus[k];
  }
}
