package org.spikelet.autodiff.check;

import java.util.function.IntPredicate;

/**
 * A point where a function's slopes from the left and from the right differ, such as relu at 0: any
 * value between them is a valid derivative.
 *
 * <p>Every output j has an interval of its own, so Σ u · f has the sum of the intervals u[j] ·
 * [left, right].
 *
 * <p>Several steps, each an eighth of the one before, tell a kink from a curve. The gap between the
 * sides of a smooth function, h·|f″|, falls to an eighth as h does; that of a kink at the point
 * stays; that of a kink a little off the point falls at once to 0 when h passes it; round-off and a
 * jump make the gap grow.
 *
 * @param low the least slope of Σ u · f between the two sides
 * @param high the largest
 */
record Kink(double low, double high) {

  /** No kink: an interval that contains nothing. */
  static final Kink NONE = new Kink(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /** How many times smaller each step is than the one before. */
  static final double FINER = 8;

  /** The gap must stand out of round-off even at the finest of three steps, where that is 64×. */
  private static final double ABOVE_NOISE = 512;

  /** Smooth gaps fall to 1/8; what falls to between these is taken for one. */
  private static final double LEAST_SMOOTH = 1. / 16;

  private static final double MOST_SMOOTH = 1. / 4;

  /** A gap that grows by more is round-off, or a jump. */
  private static final double MOST_KINK = 2;

  /** Finds a kink right at the point: the gap is the same at three steps. */
  static Kink at(
      Differences wide, Differences fine, Differences finer, double[] u, Tolerance tolerance) {
    return between(
        wide,
        fine,
        u,
        j ->
            bends(wide, j, u[j], tolerance)
                && stays(fine.bend(j) / wide.bend(j))
                && stays(finer.bend(j) / fine.bend(j)));
  }

  /** Finds a kink at the point or within the wider step: the gap does not fall as a smooth one. */
  static Kink near(Differences wide, Differences fine, double[] u, Tolerance tolerance) {
    return between(
        wide,
        fine,
        u,
        j ->
            bends(wide, j, u[j], tolerance)
                && !isSmooth(Math.abs(fine.bend(j)) / Math.abs(wide.bend(j))));
  }

  /** Whether the two sides of any output differ enough for a closer look. */
  static boolean suspected(Differences wide, double[] u, Tolerance tolerance) {
    for (int j = 0; j < u.length; j++) {
      // By less than a thousandth the sides of most smooth functions differ.
      if (Math.abs(wide.bend(j)) > 1e-3 * wide.size(j) && bends(wide, j, u[j], tolerance)) {
        return true;
      }
    }
    return false;
  }

  private static Kink between(Differences wide, Differences fine, double[] u, IntPredicate kinked) {
    double low = 0;
    double high = 0;
    boolean found = false;
    for (int j = 0; j < u.length; j++) {
      double p = u[j] * wide.central(j);
      double q = p;
      if (kinked.test(j)) {
        found = true;
        // One-sided quotients err by h·f″/2: extrapolate to h = 0, but keep what was measured.
        double left = u[j] * wide.left(j);
        double right = u[j] * wide.right(j);
        double leftmost = extrapolated(left, u[j] * fine.left(j));
        double rightmost = extrapolated(right, u[j] * fine.right(j));
        p = Math.min(Math.min(left, leftmost), Math.min(right, rightmost));
        q = Math.max(Math.max(left, leftmost), Math.max(right, rightmost));
      }
      low += p;
      high += q;
    }
    return found ? new Kink(low, high) : NONE;
  }

  boolean exists() {
    return low <= high;
  }

  boolean contains(double slope, Tolerance tolerance) {
    return slope >= low - tolerance.at(low) && slope <= high + tolerance.at(high);
  }

  private static boolean bends(Differences wide, int j, double weight, Tolerance tolerance) {
    double gap = Math.abs(wide.bend(j));
    return gap > ABOVE_NOISE * wide.noise(j)
        && Math.abs(weight) * gap > tolerance.at(weight * wide.size(j));
  }

  private static boolean isSmooth(double ratio) {
    return (ratio >= LEAST_SMOOTH && ratio <= MOST_SMOOTH) || ratio > MOST_KINK;
  }

  private static boolean stays(double ratio) {
    return ratio > 0.75 && ratio < 1.25;
  }

  private static double extrapolated(double wide, double fine) {
    return fine + (fine - wide) / (FINER - 1);
  }
}
