package org.spikelet.optim;

/**
 * The learning rate as a function of the number of steps taken.
 *
 * <p>A schedule has no state: the rate of step t is {@code at(t)}, with t = 0 for the first.
 * Factories make the usual shapes; {@link #warmUp} and {@link #then} combine them. Rates and
 * lengths are checked when a schedule is made; an {@link IllegalArgumentException} names the one
 * that is wrong.
 *
 * <p>In PyTorch: {@index lr_scheduler.CosineAnnealingLR}, {@index lr_scheduler.OneCycleLR}.
 */
@FunctionalInterface
public interface Schedule {

  /** Returns the rate of the step after t steps have been taken. */
  double at(long t);

  /** η at every step. */
  static Schedule constant(double rate) {
    Check.rate("learning rate", rate);
    return t -> rate;
  }

  /** η · factor^⌊t / every⌋: PyTorch's {@code StepLR}. */
  static Schedule step(double rate, long every, double factor) {
    Check.rate("learning rate", rate);
    Check.count("every", every);
    Check.rate("factor", factor);
    return t -> rate * StrictMath.pow(factor, (double) Math.floorDiv(t, every));
  }

  /** η · factorᵗ: PyTorch's {@code ExponentialLR}. */
  static Schedule exponential(double rate, double factor) {
    return step(rate, 1, factor);
  }

  /** From one rate to another in a straight line over the steps, then constant. */
  static Schedule linear(double from, double to, long steps) {
    Check.rate("learning rate", from);
    Check.rate("last learning rate", to);
    Check.count("steps", steps);
    return t -> from + (to - from) * ((double) Math.min(t, steps) / steps);
  }

  /**
   * Half a cosine from one rate to another over the steps, to + (from − to) · (1 + cos(π·t/steps))
   * / 2, then constant.
   *
   * <p>Source: Loshchilov and Hutter 2017, equation 5, without restarts. PyTorch's {@code
   * CosineAnnealingLR} is the same up to the last step, and then rises again.
   */
  static Schedule cosine(double from, double to, long steps) {
    Check.rate("learning rate", from);
    Check.rate("last learning rate", to);
    Check.count("steps", steps);
    return t -> anneal(from, to, Math.min(t, steps) / (double) steps);
  }

  /**
   * One cycle: a cosine from maximum/25 up to the maximum over the first 30 % of the steps, and a
   * cosine down to maximum/250,000 at the last.
   *
   * <p>Source: Smith and Topin 2018; phases and defaults of PyTorch's {@code OneCycleLR}.
   */
  static Schedule oneCycle(double maximum, long steps) {
    Check.rate("maximum learning rate", maximum);
    Check.count("steps", steps);
    double start = maximum / 25;
    double top = 0.3 * steps - 1;
    double last = steps - 1;
    return t ->
        t <= top
            ? anneal(start, maximum, t / top)
            : anneal(maximum, start / 1e4, Math.min(1, (t - top) / (last - top)));
  }

  /** This schedule with its first steps scaled by (t + 1) / steps: a linear warm-up. */
  default Schedule warmUp(long steps) {
    Check.count("warm-up steps", steps);
    return t -> t < steps ? at(t) * ((t + 1) / (double) steps) : at(t);
  }

  /** This schedule for the first steps, and then another, which starts from its own step 0. */
  default Schedule then(long steps, Schedule next) {
    Check.count("steps", steps);
    return t -> t < steps ? at(t) : next.at(t - steps);
  }

  private static double anneal(double from, double to, double part) {
    return to + (from - to) * (1 + StrictMath.cos(Math.PI * part)) / 2;
  }
}
