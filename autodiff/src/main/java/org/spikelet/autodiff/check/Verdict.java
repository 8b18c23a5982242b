package org.spikelet.autodiff.check;

/**
 * Whether an analytic slope is right.
 *
 * <p>With n the numeric slope, b its bound and t the tolerance at n:
 *
 * <ul>
 *   <li>right, if |a − n| ≤ t, and b ≤ t, so that an error of the tolerance's size would show;
 *   <li>wrong, if |a − n| &gt; t + b;
 *   <li>at a kink, inside or outside, with the distance to the interval in place of |a − n|; a
 *       little beside one, inside or wrong, the interval being what finer steps leave of it;
 *   <li>else it cannot be told.
 * </ul>
 *
 * @param allowed the tolerance at the numeric slope
 */
record Verdict(Line line, double analytic, Estimate estimate, double allowed, Kind kind) {

  /** With steps from here on, wider ones than on the usual ladder are worth a trial. */
  private static final double WIDE = 1e-3;

  /** With steps so fine a function of ordinary numbers moves by some of its last digits only. */
  private static final double FINE = 1e-10;

  /** By how many bounds a slope differs from 0 at least to count with wide steps. */
  private static final double CLEAR = 8;

  /** The possible outcomes. */
  enum Kind {
    RIGHT,
    WRONG,
    INSIDE_KINK,
    OUTSIDE_KINK,
    CANNOT_TELL
  }

  /** A closer look at a line than the first one. */
  static Verdict of(Line line, double analytic, double[] u, Tolerance tolerance) {
    return of(line, analytic, Ladder.of(line), u, tolerance);
  }

  /** The same with the values on a ladder, and wider ones if they could help. */
  static Verdict of(Line line, double analytic, Ladder ladder, double[] u, Tolerance tolerance) {
    Verdict verdict = of(line, analytic, Estimate.of(ladder, u, tolerance), tolerance);
    Estimate estimate = verdict.estimate;
    if (verdict.kind == Kind.WRONG
        && estimate.nature() == Estimate.Nature.COARSE
        && ladder.series(u).tells(analytic, tolerance.at(analytic), estimate.step())) {
      return of(line, analytic, estimate.as(Estimate.Nature.TEETH), tolerance);
    }
    double hidden = line.hidden(u);
    if (verdict.kind == Kind.WRONG && verdict.error() * ladder.step(0) <= hidden) {
      return of(line, analytic, estimate.hiding(hidden, ladder.step(0)), tolerance);
    }
    double finest = FINE * line.scale();
    if (verdict.kind == Kind.WRONG && estimate.step() < finest) {
      // What is rounded inside, a difference of nearly equal numbers, has slopes of its own between
      // two roundings: steps over many of them know better, if they can tell.
      Estimate over = Estimate.of(ladder.above(finest), u, tolerance);
      boolean smooth =
          over.nature() == Estimate.Nature.SMOOTH || over.nature() == Estimate.Nature.COARSE;
      return smooth && over.resolved(tolerance) ? of(line, analytic, over, tolerance) : verdict;
    }
    if (verdict.kind != Kind.CANNOT_TELL
        || estimate.nature() != Estimate.Nature.SMOOTH
        || estimate.step() < WIDE * line.scale()) {
      return verdict;
    }
    Estimate wider = Estimate.of(Ladder.wider(line), u, tolerance);
    // From afar every bounded function looks flat: only a slope that is not 0 counts there.
    boolean counts =
        wider.bound() < estimate.bound()
            && wider.nature() == Estimate.Nature.SMOOTH
            && Math.abs(wider.low()) > CLEAR * wider.bound();
    return counts ? of(line, analytic, wider, tolerance) : verdict;
  }

  /** Judges by an estimate. */
  static Verdict of(Line line, double analytic, Estimate e, Tolerance tolerance) {
    double nearest = Math.max(e.low(), Math.min(e.high(), analytic));
    double allowed = tolerance.at(Double.isFinite(nearest) ? nearest : e.low());
    return new Verdict(line, analytic, e, allowed, kind(analytic, e, allowed));
  }

  private static Kind kind(double analytic, Estimate e, double allowed) {
    double off = e.distance(analytic);
    if (!Double.isFinite(analytic)) {
      return e.nature() == Estimate.Nature.NOT_FINITE ? Kind.CANNOT_TELL : Kind.WRONG;
    }
    if (off > allowed + e.bound()) {
      return switch (e.nature()) {
        case EDGE, TEETH -> Kind.CANNOT_TELL;
        case KINK -> Kind.OUTSIDE_KINK;
        default -> Kind.WRONG;
      };
    }
    if (e.nature() == Estimate.Nature.BESIDE_KINK) {
      return Kind.INSIDE_KINK;
    }
    if (e.kinked()) {
      boolean deep = analytic >= e.low() + e.bound() && analytic <= e.high() - e.bound();
      return deep || (off <= allowed && e.bound() <= allowed) ? Kind.INSIDE_KINK : Kind.CANNOT_TELL;
    }
    return off <= allowed && e.bound() <= allowed ? Kind.RIGHT : Kind.CANNOT_TELL;
  }

  boolean atKink() {
    return kind == Kind.INSIDE_KINK || kind == Kind.OUTSIDE_KINK;
  }

  boolean valid() {
    return kind == Kind.RIGHT || kind == Kind.INSIDE_KINK;
  }

  /** Whether a jump close by leaves it undecided. */
  boolean atEdge() {
    return kind == Kind.CANNOT_TELL && estimate.nature() == Estimate.Nature.EDGE;
  }

  /** The error, or at a kink how far the value lies outside of the interval; NaN for NaN. */
  double error() {
    return estimate.distance(analytic);
  }

  /**
   * The error, and if it is not known the bound on it, as a multiple of the tolerance; infinite for
   * a value that is not a number.
   */
  double excess() {
    double size = kind == Kind.CANNOT_TELL ? error() + estimate.bound() : error();
    double ratio = size == 0 ? 0 : size / allowed;
    return Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
  }

  /** Whether the slope is so small that one with another sign would pass as well. */
  boolean unseen(Tolerance tolerance) {
    double numeric = estimate.low();
    return Math.abs(analytic + numeric) <= tolerance.at(numeric)
        && (analytic != 0 || Math.abs(numeric) > estimate.bound());
  }
}
