package org.spikelet.autodiff.check;

/** Finds out by bisection whether a function jumps near a point, as one does that is rounded. */
final class Jump {

  /** How much further the second side is searched: the point may lie close to one of two jumps. */
  private static final double FURTHER = 1000;

  private static final int HALVINGS = 44;
  private static final int SETTLED = 8;
  private static final double OF_A_SLOPE = 1. / 64;

  private final Line line;
  private final double[] w;
  private final double slope;

  private Jump(Line line, double[] w, double slope) {
    this.line = line;
    this.w = w;
    this.slope = slope;
  }

  /**
   * Returns the size of a jump of Σ w · f if there is one on either side, else 0: a step function
   * may jump once, but what jumps before and behind is rounded.
   */
  static double onBothSides(Ladder ladder, double[] w, double reach, double slope) {
    Jump jump = new Jump(ladder.line(), w, slope);
    double far = Math.max(reach, Math.min(ladder.step(0), FURTHER * reach));
    double right = jump.within(reach);
    double left = right > 0 ? jump.within(-far) : jump.within(-reach);
    if (right == 0 && left > 0) {
      right = jump.within(far);
    }
    return left > 0 && right > 0 ? Math.max(left, right) : 0;
  }

  /** Halves an interval, and keeps the half that rises more: a slope is halved too, a jump not. */
  private double within(double reach) {
    double near = 0;
    double far = reach;
    double low = 0;
    double high = rise(far);
    double[] sizes = new double[HALVINGS];
    for (int i = 0; i < HALVINGS; i++) {
      double middle = near + (far - near) / 2;
      double value = rise(middle);
      double first = Math.abs(value - low - slope * (middle - near));
      double second = Math.abs(high - value - slope * (far - middle));
      if (!Double.isFinite(first + second) || Math.abs(far - near) < line.finest()) {
        return 0;
      }
      if (first > second) {
        far = middle;
        high = value;
      } else {
        near = middle;
        low = value;
      }
      sizes[i] = Math.max(first, second);
      double before = i < SETTLED ? Double.NaN : sizes[i - SETTLED];
      if (sizes[i] >= before / 2) {
        return sizes[i];
      }
      if (i >= 2 * SETTLED && sizes[i] <= before * OF_A_SLOPE) {
        return 0;
      }
    }
    return 0;
  }

  private double rise(double t) {
    return line.rise(w, line.at(t));
  }
}
