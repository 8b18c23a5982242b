package org.spikelet.autodiff.check;

import java.util.Arrays;

/** Finds out by bisection whether a function jumps near a point, as one does that is rounded. */
final class Jump {

  /** How much further the second side is searched: the point may lie close to one of two jumps. */
  private static final double FURTHER = 16;

  private static final int EDGE = 20;
  private static final int SAMPLES = 6;
  private static final int HALVINGS = 50;

  /** A jump is the same over so many halvings; a kink at the far end may be over a few. */
  private static final int SURE = 14;

  /** Where the digits of the point do not allow so many. */
  private static final int SETTLED = 8;

  private static final double OF_A_SLOPE = 1. / 1024;

  private final Line line;
  private final double[] w;
  private final double slope;
  private final double least;

  private double left;
  private double right;

  /** How far away the further one is. */
  private double widest;

  private Jump(Line line, double[] w, double slope, double least) {
    this.line = line;
    this.w = w;
    this.slope = slope;
    this.least = least;
  }

  /**
   * Looks for jumps of Σ w · f, larger than the least, on the left and on the right; where there is
   * one on one side, the other is searched further.
   *
   * @param reach how far to look at first
   * @param slope of the function between jumps
   */
  static Jump beside(Ladder ladder, double[] w, double reach, double slope, double least) {
    Jump jump = new Jump(ladder.line(), w, slope, least);
    jump.left = jump.within(-reach);
    jump.right = jump.within(reach);
    double far = reach;
    while ((jump.left > 0) != (jump.right > 0) && far < ladder.step(0)) {
      far = Math.min(FURTHER * far, ladder.step(0));
      jump.left = jump.left > 0 ? jump.left : jump.within(-far);
      jump.right = jump.right > 0 ? jump.right : jump.within(far);
    }
    return jump;
  }

  /** Whether a function that is flat at the point is so up to a jump, and not up to a bend. */
  static boolean endsFlat(Line line, double[] w, double reach) {
    double flat = 0;
    double moved = reach;
    double[] sizes = new double[EDGE];
    for (int i = 0; i < EDGE; i++) {
      double middle = flat + (moved - flat) / 2;
      double[] at = line.at(i == 0 ? reach : middle);
      boolean still = Arrays.equals(at, line.output());
      if (i == 0 && still) {
        return false;
      }
      if (i > 0) {
        flat = still ? middle : flat;
        moved = still ? moved : middle;
      }
      sizes[i] = still ? sizes[i - 1] : Math.abs(line.rise(w, at));
    }
    // Up to 10⁴ jumps within reach look like a bend until there is one left.
    return sizes[EDGE - 1] >= sizes[EDGE - 5] / 8;
  }

  /** Whether there is one on either side. */
  boolean exists() {
    return left > 0 || right > 0;
  }

  /** The larger of both. */
  double size() {
    return Math.max(left, right);
  }

  /**
   * Whether they go on as those of a rounded function: about as far away again, and again. A sum of
   * a few steps, such as a comparison with several numbers, has jumps on both sides as well.
   */
  boolean isRounding() {
    return left > 0 && right > 0 && (goesOn(1) || goesOn(-1));
  }

  private boolean goesOn(int sign) {
    int changes = 0;
    double before = rise(0);
    for (int k = 1; k <= SAMPLES; k++) {
      double value = rise(sign * 2 * k * widest);
      changes += value != before ? 1 : 0;
      before = value;
    }
    return changes >= SAMPLES - 1;
  }

  /** Halves an interval, and keeps the half that rises more: a slope is halved too, a jump not. */
  private double within(double reach) {
    double near = 0;
    double far = line.real(reach);
    double low = 0;
    double high = rise(far);
    double[] sizes = new double[HALVINGS];
    for (int i = 0; i < HALVINGS; i++) {
      double middle = line.real(near + (far - near) / 2);
      double value = rise(middle);
      double first = Math.abs(value - low - slope * (middle - near));
      double second = Math.abs(high - value - slope * (far - middle));
      if (!Double.isFinite(first + second)) {
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
      boolean last = Math.abs(far - near) < line.finest();
      int since = i - (last ? SETTLED : SURE);
      if (since >= 0 && sizes[i] >= sizes[since] / 2 && sizes[i] > least) {
        widest = Math.max(widest, Math.abs(far));
        return sizes[i];
      }
      if (last || (i >= 2 * SURE && sizes[i] <= sizes[i - SURE] * OF_A_SLOPE)) {
        return 0;
      }
    }
    return 0;
  }

  private double rise(double t) {
    return line.rise(w, line.at(t));
  }
}
