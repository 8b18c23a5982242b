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
   * The best of all parabolas with steps in a range.
   *
   * @param sign 1 for the right, −1 for the left
   * @param noise the largest error of a rise, on top of rounding
   */
  static Side of(Series s, int sign, double noise, double finest, double widest) {
    Side best = NONE;
    Side finer = NONE;
    Side finest2 = NONE;
    for (int k = s.size() - 3; k >= 0; k--) {
      Side side = parabola(s, sign, k, noise);
      double change =
          Math.max(Math.abs(side.slope - finer.slope), Math.abs(side.slope - finest2.slope));
      Side bounded = new Side(side.slope, side.bound + change, side.step);
      if (bounded.bound < best.bound && side.step >= finest && s.step(k) <= widest) {
        best = bounded;
      }
      finest2 = finer;
      finer = side;
    }
    return best;
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
