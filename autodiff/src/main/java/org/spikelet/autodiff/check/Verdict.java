package org.spikelet.autodiff.check;

/**
 * What difference quotients along a line say of an analytic slope.
 *
 * @param numeric the central difference at the step
 * @param step the line's own step, or another one if only that agrees
 * @param allowed the tolerance at that difference
 * @param kink where the sides disagree, else NONE
 * @param bent whether a kink may be within the step, so that higher orders cannot be compared
 * @param valid whether the analytic slope agrees with the numeric one, or lies within the kink
 */
record Verdict(
    Line line,
    double analytic,
    double numeric,
    double step,
    double allowed,
    Kink kink,
    boolean bent,
    boolean valid) {

  /** How many finer steps are tried at most, each an eighth of the one before. */
  private static final int FINEST = 8;

  /** Compares at the line's own step; where that fails, at others, and with the kink if any. */
  static Verdict of(Line line, double analytic, double[] u, Tolerance tolerance) {
    Differences own = line.differences(line.step());
    Verdict first = at(line, own, analytic, u, tolerance);
    boolean finite = Double.isFinite(first.numeric) && Double.isFinite(analytic);
    if (!finite || (first.valid && !Kink.suspected(own, u, tolerance))) {
      return first;
    }
    Differences fine = line.differences(own.step() / Kink.FINER);
    Differences finer = line.differences(fine.step() / Kink.FINER);
    Kink near = Kink.near(own, fine, u, tolerance);
    if (!near.exists()) {
      near = Kink.near(fine, finer, u, tolerance);
    }
    Verdict best = first.valid ? first : atOtherStep(first, own, u, tolerance);
    if (best.valid) {
      return best.with(Kink.at(own, fine, finer, u, tolerance), near.exists(), true);
    }
    return first.with(near, near.exists(), near.contains(analytic, tolerance));
  }

  /**
   * Tries a coarser step, in case of round-off, and finer ones, as far as round-off allows, in case
   * the function curves or bends within the step; also Richardson's (64 · n(h/8) − n(h)) / 63,
   * which is free of the h² in the error of n.
   */
  private static Verdict atOtherStep(
      Verdict first, Differences own, double[] u, Tolerance tolerance) {
    Line line = first.line;
    Differences wide = line.differences(own.step() * Kink.FINER);
    Verdict verdict = at(line, wide, first.analytic, u, tolerance);
    double before = verdict.numeric;
    double step = own.step();
    for (int k = 0; k <= FINEST && !verdict.valid; k++) {
      Differences fine = line.differences(step);
      double numeric = fine.slope(u);
      if (fine.noise(u) <= tolerance.at(numeric)) {
        verdict = at(line, fine, first.analytic, u, tolerance);
        double better = numeric + (numeric - before) / (Kink.FINER * Kink.FINER - 1);
        if (!verdict.valid && tolerance.accepts(first.analytic, better)) {
          verdict = of(line, first.analytic, better, step, tolerance);
        }
      }
      before = numeric;
      step /= Kink.FINER;
    }
    return verdict;
  }

  private static Verdict at(
      Line line, Differences d, double analytic, double[] u, Tolerance tolerance) {
    return of(line, analytic, d.slope(u), d.step(), tolerance);
  }

  private static Verdict of(
      Line line, double analytic, double numeric, double step, Tolerance tolerance) {
    boolean agrees = tolerance.accepts(analytic, numeric);
    double allowed = tolerance.at(numeric);
    return new Verdict(line, analytic, numeric, step, allowed, Kink.NONE, false, agrees);
  }

  private Verdict with(Kink kink, boolean bent, boolean valid) {
    return new Verdict(line, analytic, numeric, step, allowed, kink, bent, valid);
  }

  /** The error, or at a kink how far the value lies outside of the interval; NaN for NaN. */
  double error() {
    if (valid || !kink.exists()) {
      return Math.abs(analytic - numeric);
    }
    return Math.max(kink.low() - analytic, analytic - kink.high());
  }

  /** The error as a multiple of the tolerance; infinite for a value that is not a number. */
  double excess() {
    double ratio = error() == 0 ? 0 : error() / allowed;
    return Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
  }
}
