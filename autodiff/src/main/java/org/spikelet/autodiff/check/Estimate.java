package org.spikelet.autodiff.check;

/**
 * The numeric slope of Σ u · f along a line, with a bound on its error; at a kink, where every
 * value between the slopes of the two sides is a derivative, an interval of such slopes.
 *
 * <p>Central differences come first, and decide if they are accurate enough; so a function that
 * bends fast, but is smooth at finer steps, has no kink. Otherwise every output is looked at from
 * both sides.
 *
 * @param low the least slope
 * @param high the largest; equal to the least where there is no kink
 * @param bound on the error of either
 * @param noise of the function, where it was measured
 * @param step the finest that was needed
 * @param nature what the function looks like there
 * @param bent whether there is a kink within a few steps of 10⁻⁵, even if finer steps pass it by
 */
record Estimate(
    double low, double high, double bound, double noise, double step, Nature nature, boolean bent) {

  /** What a function looks like near a point. */
  enum Nature {
    SMOOTH,
    /** Smooth, but rounded inside, or with other noise. */
    COARSE,
    /** Smooth, with a jump not far away on one side: a step, or coarse rounding. */
    EDGE,
    /** As COARSE, but finer steps agree on a slope of their own: a saw, or a table of chords. */
    TEETH,
    KINK,
    /** A kink a little off the point, so that finer steps see one side of it only. */
    BESIDE_KINK,
    JUMP,
    NOT_FINITE
  }

  static Estimate of(Ladder ladder, double[] u, Tolerance tolerance) {
    Central central = Central.of(ladder, u);
    double h = Probe.STEP * ladder.line().scale();
    Sides near = new Sides(ladder, u, central.jumps(), tolerance, h / 20, 1e4 * h);
    Estimate smooth = smooth(central, near.kinked());
    if (tolerance.resolves(central.value(), central.bound())) {
      return smooth;
    }
    Sides sides = new Sides(ladder, u, central.jumps(), tolerance, 0, Double.POSITIVE_INFINITY);
    Estimate split = sides.estimate(near.kinked() || sides.kinked());
    boolean useful = (split.kinked() || split.resolved(tolerance)) && !split.contradicts(central);
    if (useful && split.kinked() && split.isOffThePoint(central)) {
      return split.beside(central);
    }
    return split.nature == Nature.JUMP
            || (useful && split.bound < central.bound())
            || !(central.bound() < Double.POSITIVE_INFINITY)
        ? split
        : smooth;
  }

  /** The estimate of a first look. */
  static Estimate of(Probe probe) {
    return new Estimate(
        probe.value(), probe.value(), probe.bound(), 0, Probe.STEP, Nature.SMOOTH, false);
  }

  private static Estimate smooth(Central c, boolean bent) {
    Nature nature = c.edge() ? Nature.EDGE : c.coarse() ? Nature.COARSE : Nature.SMOOTH;
    return new Estimate(c.value(), c.value(), c.bound(), c.noise(), c.step(), nature, bent);
  }

  Estimate as(Nature other) {
    return new Estimate(low, high, bound, noise, step, other, bent);
  }

  /** With a rise of this size over this step lost in the rounding of the outputs. */
  Estimate hiding(double rise, double over) {
    double more = bound + rise / over;
    return new Estimate(low, high, more, rise, step, Nature.COARSE, bent);
  }

  /** Far out a bounded function has a slope of almost 0 on both sides: finer steps know better. */
  private boolean contradicts(Central finer) {
    return distance(finer.value()) > bound + finer.bound();
  }

  /** At a kink itself the slope over both sides is the mean of theirs, at any step. */
  private boolean isOffThePoint(Central finer) {
    return finer.step() < step && Math.abs(finer.value() - middle()) > bound + finer.bound();
  }

  /** What the sides and the finer steps leave together. */
  private Estimate beside(Central finer) {
    double from = Math.min(high, Math.max(low, finer.value() - finer.bound()));
    double to = Math.max(low, Math.min(high, finer.value() + finer.bound()));
    return new Estimate(from, to, bound, finer.noise(), finer.step(), Nature.BESIDE_KINK, true);
  }

  /** The middle of the interval. */
  double middle() {
    return low + (high - low) / 2;
  }

  /** How far from the middle the slope may be. */
  double spread() {
    return (high - low) / 2 + bound;
  }

  boolean resolved(Tolerance tolerance) {
    return tolerance.resolves(low, bound) && tolerance.resolves(high, bound);
  }

  boolean kinked() {
    return nature == Nature.KINK;
  }

  /** How far a value is from the slope, or outside of the interval; NaN for NaN. */
  double distance(double analytic) {
    return Math.abs(analytic - Math.max(low, Math.min(high, analytic)));
  }
}
