package org.spikelet.autodiff.check;

/**
 * The slope of one output on one side of the point: that of parabolas through three neighbouring
 * steps, not through the point itself, so that a kink a little off it is not in between.
 *
 * @param slope of the best parabola, at t = 0
 * @param bound on its error: how much the next finer ones differ, and noise / step
 * @param step the finest of the three
 */
record Side(double slope, double bound, double step) {

  static final Side NONE = new Side(Double.NaN, Double.POSITIVE_INFINITY, 0);

  /**
   * The slopes on the left and on the right, at the steps at which both are known best: two slopes
   * at different steps tell a bend or a period, not a kink.
   *
   * @param noise the largest error of a rise, on top of rounding
   */
  static Side[] both(Series s, double noise, double finest, double widest) {
    Side[] left = converging(s, -1, noise);
    Side[] right = converging(s, 1, noise);
    Side[] best = {NONE, NONE};
    for (int k = 0; k < left.length; k++) {
      boolean better =
          Math.max(left[k].bound, right[k].bound) < Math.max(best[0].bound, best[1].bound);
      if (better && left[k].step >= finest && s.step(k) <= widest) {
        best = new Side[] {left[k], right[k]};
      }
    }
    return best;
  }

  /** The parabolas of one side, with how much the two next finer ones differ in their bounds. */
  private static Side[] converging(Series s, int sign, double noise) {
    Side[] sides = new Side[Math.max(0, s.size() - 2)];
    Side finer = NONE;
    Side finest = NONE;
    for (int k = sides.length - 1; k >= 0; k--) {
      Side side = parabola(s, sign, k, noise);
      double change =
          Math.max(Math.abs(side.slope - finer.slope), Math.abs(side.slope - finest.slope));
      sides[k] = new Side(side.slope, side.bound + change, side.step);
      finest = finer;
      finer = side;
    }
    return sides;
  }

  private static Side parabola(Series s, int sign, int k, double noise) {
    double a = s.step(k);
    double b = s.step(k + 1);
    double c = s.step(k + 2);
    double wide = (s.rise(k, sign) - s.rise(k + 1, sign)) / (a - b);
    double fine = (s.rise(k + 1, sign) - s.rise(k + 2, sign)) / (b - c);
    double bend = (wide - fine) / (a - c);
    double slope = sign * (fine - bend * (b + c));
    return new Side(slope, Math.max(noise, s.noise(k + 2)) / c, c);
  }
}
