package org.spikelet.autodiff.check;

/**
 * Difference quotients of every output of a function along a line, on either side of the point and
 * over both.
 *
 * <p>left = (f(x) − f(x−h)) / h, right = (f(x+h) − f(x)) / h, central = (f(x+h) − f(x−h)) / 2h. The
 * differences are taken output by output, before any sum, where they are exact for equal values.
 */
final class Differences {

  /** How many roundings of f a quotient is taken to suffer. */
  private static final int ROUNDINGS = 4;

  private final double step;
  private final double[] left;
  private final double[] right;
  private final double[] central;
  private final double[] noise;

  /**
   * Compares the outputs at three points.
   *
   * @param before the way from the lower point to the middle one: h, but for rounding
   * @param after the way from the middle point to the upper one
   */
  Differences(
      double step, double[] below, double[] at, double[] above, double before, double after) {
    int count = at.length;
    this.step = step;
    this.left = new double[count];
    this.right = new double[count];
    this.central = new double[count];
    this.noise = new double[count];
    for (int j = 0; j < count; j++) {
      left[j] = (at[j] - below[j]) / before;
      right[j] = (above[j] - at[j]) / after;
      central[j] = (above[j] - below[j]) / (before + after);
      double size = Math.max(Math.abs(at[j]), Math.max(Math.abs(below[j]), Math.abs(above[j])));
      noise[j] = ROUNDINGS * Math.ulp(size) / step;
    }
  }

  double step() {
    return step;
  }

  /** The slope of output j to the left. */
  double left(int j) {
    return left[j];
  }

  /** The slope of output j to the right. */
  double right(int j) {
    return right[j];
  }

  /** The slope of output j over both sides. */
  double central(int j) {
    return central[j];
  }

  /** How much rounding may change a slope of output j: a few ulp(f) / h. */
  double noise(int j) {
    return noise[j];
  }

  /** The central slope of Σ u · f. */
  double slope(double[] u) {
    return weighted(u, central);
  }

  /** The slope of Σ u · f to the left. */
  double leftSlope(double[] u) {
    return weighted(u, left);
  }

  /** The slope of Σ u · f to the right. */
  double rightSlope(double[] u) {
    return weighted(u, right);
  }

  /** A bound on the round-off in {@link #slope}. */
  double noise(double[] u) {
    double sum = 0;
    for (int j = 0; j < u.length; j++) {
      sum += Math.abs(u[j]) * noise[j];
    }
    return sum;
  }

  /** How far the two sides of output j disagree, right − left: h·f″ where f is smooth. */
  double bend(int j) {
    return right[j] - left[j];
  }

  /** The larger of the slopes of output j on either side. */
  double size(int j) {
    return Math.max(Math.abs(left[j]), Math.abs(right[j]));
  }

  private static double weighted(double[] u, double[] slopes) {
    double sum = 0;
    for (int j = 0; j < u.length; j++) {
      sum += u[j] * slopes[j];
    }
    return sum;
  }
}
