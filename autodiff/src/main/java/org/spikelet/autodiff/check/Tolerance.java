package org.spikelet.autodiff.check;

/** How much an analytic and a numeric slope may differ: atol + rtol · |numeric|. */
record Tolerance(double absolute, double relative) {

  Tolerance {
    if (!(absolute >= 0 && relative >= 0 && absolute + relative < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "tolerance: must be finite and not negative, got %s and %s"
              .formatted(absolute, relative));
    }
  }

  /** The largest error allowed at a numeric slope. */
  double at(double numeric) {
    return absolute + relative * Math.abs(numeric);
  }

  /** Whether a numeric slope with this bound would show an error of the tolerance's size. */
  boolean resolves(double numeric, double bound) {
    // A NaN fails the comparison; an infinite slope would agree with everything.
    return bound <= at(numeric) && Double.isFinite(numeric);
  }

  /** Whether the two agree, and the bound is small enough to have noticed if they did not. */
  boolean confirms(double analytic, double numeric, double bound) {
    return resolves(numeric, bound) && Math.abs(analytic - numeric) <= at(numeric);
  }
}
