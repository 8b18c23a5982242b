package org.spikelet.autodiff.check;

/**
 * The slope of a smooth function with noise, from central differences at three neighbouring steps
 * (Ridders 1982), and the noise itself.
 *
 * <p>The odd part of φ gives slopes that differ by terms in t², t⁴, …; the extrapolated slope is
 * free of the first two. The even part, extrapolated in the same way, leaves a difference of high
 * order: noise, as in the table of Moré and Wild 2011. Both kinds of leftover are followed from the
 * finest steps to the wider ones. They stay at the level of the noise as long as the function is
 * smooth on the scale of the step, and the best of those steps counts: the error is at most the
 * extrapolation's last change and noise / step.
 *
 * <p>Where the leftovers grow at once, the function bends, moves fast, or jumps. If it jumps on
 * both sides, it is rounded inside, and flat only between two jumps: the jump is noise, and the
 * finer steps are believed no more, unless the flat is wide and the jumps are high. A wide step
 * counts only if no finer one contradicts it; if one does, and nothing grows or jumps between them,
 * the noise was larger than it showed.
 *
 * @param bound on the error of the value; infinite if no steps agree
 * @param noise the largest error of a value of φ that was seen, at the step or below
 * @param step the finest of the three
 * @param jumps the size of the jumps on both sides of the point, 0 if there are none
 * @param coarse whether the noise is much more than the rounding of the output
 * @param edge whether there is a jump on one side only
 */
record Central(
    double value,
    double bound,
    double noise,
    double step,
    double jumps,
    boolean coarse,
    boolean edge) {

  /** Leftovers of noise alone differ by less from step to step. */
  private static final double GROWTH = 8;

  /** The finest steps show noise whatever they show. */
  private static final int FIRST = 3;

  private static final int LEVELS = 10;

  /** Half the width, in the input's scale, and the height, in the output's, of a real step. */
  private static final double FLAT = 1e-4;

  private static final double STEEP = 0.04;

  /** Noise of more than so many roundings of the output comes from inside. */
  private static final double INSIDE = 16;

  static Central of(Ladder ladder, double[] w) {
    Series series = ladder.series(w);
    double ground = 0;
    double jumps = 0;
    for (int level = 1; ; level++) {
      Scan scan = new Scan(series, ground, jumps);
      Central best = scan.best;
      if (scan.end < 0 || level == LEVELS) {
        return best;
      }
      double from = series.step(scan.end);
      double slope = best.bound < Double.POSITIVE_INFINITY ? best.value : 0;
      double least = Math.max(2 * series.noise(scan.end + 2), 4 * ground);
      Jump beside = Jump.beside(ladder, w, from, slope, least);
      if (beside.isRounding() && isStaircase(ladder, w, series, beside)) {
        return best.atEdge();
      } else if (beside.isRounding()) {
        double jump = beside.size();
        jumps = Math.max(jumps, jump);
        ground = Math.max(jump / 2, Math.min(scan.leftover, 8 * jump));
      } else if (scan.contradiction > 0) {
        ground = Math.max(2 * ground, scan.contradiction * best.step);
      } else {
        return beside.exists() ? best.atEdge() : best;
      }
    }
  }

  /**
   * Whether the function is exactly flat around the point, for steps far wider than any rounding to
   * so few digits would leave it flat, and its jumps are no small part of it: a sum of comparisons.
   */
  private static boolean isStaircase(Ladder ladder, double[] w, Series s, Jump beside) {
    int flat = s.size();
    while (flat > 0 && s.central(flat - 1) == 0 && s.even(flat - 1) == 0) {
      flat--;
    }
    double size = 0;
    for (int j = 0; j < w.length; j++) {
      size += Math.abs(w[j] * ladder.line().output()[j]);
    }
    for (int k = 0; k < s.size() && s.step(k) >= FLAT * ladder.line().scale(); k++) {
      double rise = Math.max(Math.abs(s.rise(k, 1)), Math.abs(s.rise(k, -1)));
      size = Math.max(size, rise);
    }
    return flat < s.size()
        && s.step(flat) >= FLAT * ladder.line().scale()
        && beside.size() >= STEEP * size;
  }

  private Central atEdge() {
    return new Central(value, bound, noise, step, jumps, coarse, true);
  }

  /** One walk from the finest steps to the first at which the leftovers grow. */
  private static final class Scan {

    private Central best;
    private int end = -1;
    private double leftover;

    /** How much a slope at wider steps differs from that at finer ones, without a growth. */
    private double contradiction;

    Scan(Series s, double ground, double jumps) {
      best =
          new Central(
              Double.NaN, Double.POSITIVE_INFINITY, ground, Double.NaN, jumps, jumps > 0, false);
      double seen = ground;
      int windows = 0;
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.POSITIVE_INFINITY;
      for (int k = s.size() - 3; k >= 0; k--) {
        if (!s.finite(k) || !s.finite(k + 1) || !s.finite(k + 2)) {
          continue;
        }
        double finest = s.step(k + 2);
        double wide = extrapolated(s.central(k), s.central(k + 1), s.step(k) / s.step(k + 1));
        double fine =
            extrapolated(s.central(k + 1), s.central(k + 2), s.step(k + 1) / s.step(k + 2));
        double value = extrapolated(wide, fine, s.step(k) / s.step(k + 2));
        leftover = Math.max(even(s, k) / 2.4, Math.abs(fine - wide) * finest * 1.4);
        double floor = s.noise(k + 2);
        double noise = Math.max(floor, 4 * Math.max(seen, leftover));
        double bound = Math.abs(fine - wide) / 16 + 1.1 * noise / finest;
        boolean grows = windows >= FIRST && leftover > GROWTH * Math.max(seen, floor);
        if (grows || value + bound < low || value - bound > high) {
          end = k;
          contradiction = grows ? 0 : Math.abs(value - best.value);
          return;
        }
        windows++;
        seen = Math.max(seen, leftover);
        low = Math.max(low, value - bound);
        high = Math.min(high, value + bound);
        if (bound < best.bound) {
          best = new Central(value, bound, noise, finest, jumps, noise > INSIDE * floor, false);
        }
      }
    }

    /** What is left of the even part after its terms in t² and t⁴, at the finest step. */
    private static double even(Series s, int k) {
      double a = scaled(s, k, s.step(k + 2));
      double b = scaled(s, k + 1, s.step(k + 2));
      double c = scaled(s, k + 2, s.step(k + 2));
      return Math.abs(
          extrapolated(b, c, s.step(k + 1) / s.step(k + 2))
              - extrapolated(a, b, s.step(k) / s.step(k + 1)));
    }

    private static double scaled(Series s, int k, double finest) {
      double ratio = finest / s.step(k);
      return s.even(k) * ratio * ratio;
    }

    /** Of two values with an error in t², the one without; the second has the finer step. */
    private static double extrapolated(double wide, double fine, double ratio) {
      return fine + (fine - wide) / (ratio * ratio - 1);
    }
  }
}
