package org.spikelet.app.opinion;

/**
 * The largest norm of the gradient in a log, where it comes more than once: it was logged after
 * clipping, or rounded. What stands there did not rise as far as can be seen, and may have.
 *
 * @param value the largest
 * @param rows how many norms are that large
 * @param all how many are finite
 */
record Ceiling(double value, int rows, int all) {

  /** PyTorch scales by max / (norm + 1e-6), so the norm after it is no round number. */
  private static final double NEAR = 1e-5;

  private static final int MANY = 10;

  static Ceiling of(double[] norms) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double norm : norms) {
      largest = Double.isFinite(norm) ? Math.max(largest, norm) : largest;
    }
    int rows = 0;
    int all = 0;
    for (double norm : norms) {
      all += Double.isFinite(norm) ? 1 : 0;
      rows += isNear(norm, largest) ? 1 : 0;
    }
    return new Ceiling(largest, rows, all);
  }

  private static boolean isNear(double norm, double largest) {
    return Double.isFinite(norm) && norm >= largest - NEAR * Math.abs(largest);
  }

  /** Whether the norm stands there at a rise. */
  boolean isReached(Rise rise, double[] norms) {
    boolean reached = false;
    for (int i = Math.max(0, rise.onset() - 1);
        i < Math.min(norms.length, Math.max(rise.peak(), rise.onset() + 2) + 2);
        i++) {
      reached |= isNear(norms[i], value);
    }
    return reached && rows >= 2;
  }

  /** Whether so many norms are the largest that a rise of it could hardly show. */
  boolean isOftenReached() {
    return rows >= MANY && rows >= all / MANY;
  }
}
