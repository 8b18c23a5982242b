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

  /** Whether the two agree; never if one is NaN or infinite. */
  boolean accepts(double analytic, double numeric) {
    // A NaN fails the comparison; an infinite slope would agree with everything.
    return Math.abs(analytic - numeric) <= at(numeric) && Double.isFinite(numeric);
  }
}
