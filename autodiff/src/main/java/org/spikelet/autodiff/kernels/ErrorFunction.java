package org.spikelet.autodiff.kernels;

/**
 * The error function of a number, which the JDK lacks.
 *
 * <p>Source: Abramowitz and Stegun 1964, 7.1.6 (series) and 7.1.14 (continued fraction).
 */
final class ErrorFunction {

  /** Beyond it, erf is 1 to the last bit. */
  private static final double SATURATED = 6;

  /** Below it the series needs fewer terms than the fraction for full precision. */
  private static final double SERIES = 2.5;

  private static final int FRACTION_TERMS = 60;

  private ErrorFunction() {}

  /** Returns 2/√π ∫₀ˣ e^(−t²) dt. */
  static double erf(double x) {
    double size = Math.abs(x);
    if (size > SATURATED) {
      return Math.signum(x);
    }
    return size < SERIES ? series(x) : Math.copySign(1 - complement(size), x);
  }

  /** 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms of one sign, so nothing cancels. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), from the innermost term outwards. */
  private static double complement(double x) {
    double fraction = x;
    for (int n = FRACTION_TERMS; n > 0; n--) {
      fraction = x + 0.5 * n / fraction;
    }
    return StrictMath.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }
}
