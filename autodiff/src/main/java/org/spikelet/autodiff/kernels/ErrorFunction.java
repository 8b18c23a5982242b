package org.spikelet.autodiff.kernels;

/**
 * The error function of a number, which the JDK lacks, within 2 ulp.
 *
 * <p>Taylor's series around the nearest of the centres c = 0, ½, ¾, 1, 1¼, …, 6, with x = c + h and
 * |h| ≤ ⅛, or ½ around 0:
 *
 * <pre>
 * erf x = erf c + 2/√π · e^(−c²) · Σ aₙ hⁿ⁺¹ / (n + 1)
 * a₀ = 1,  a₁ = −2c,  (n + 1) aₙ₊₁ = −2c aₙ − 2 aₙ₋₁      the series of e^(−2ch − h²)
 * </pre>
 *
 * <p>The largest term by far is erf c, which is known to the last bit; around 0 it is x itself, the
 * first coefficient being 2/√π − 1 there. So hardly more than the last addition is rounded.
 */
final class ErrorFunction {

  /** Beyond it, erf is 1 to the last bit. */
  private static final double SATURATED = 6;

  /** Below it the centre is 0. */
  private static final double SMALL = 0.5;

  private static final int PER_UNIT = 4;

  /** So many coefficients that the next term is below 2⁻⁵⁷ of the sum. */
  private static final int TERMS = 26;

  /** erf(k/4), rounded to the nearest; from mpmath 1.3.0 with 40 digits. */
  private static final double[] AT_CENTRE = {
    0.0,
    0.27632639016823696,
    0.5204998778130465,
    0.7111556336535151,
    0.8427007929497149,
    0.9229001282564583,
    0.9661051464753108,
    0.9866716712191824,
    0.9953222650189527,
    0.9985372834133188,
    0.999593047982555,
    0.9998993780778803,
    0.9999779095030014,
    0.9999956972205363,
    0.9999992569016276,
    0.9999998862727434,
    0.9999999845827421,
    0.9999999981494259,
    0.9999999998033839,
    0.9999999999815149,
    0.9999999999984626,
    0.9999999999998869,
    0.9999999999999927,
    0.9999999999999996,
    1.0,
  };

  /** For each centre, 2/√π · e^(−c²) · aₙ / (n + 1). */
  private static final double[][] COEFFICIENTS = coefficients();

  private ErrorFunction() {}

  /** Returns 2/√π ∫₀ˣ e^(−t²) dt. */
  static double erf(double x) {
    double size = Math.abs(x);
    if (!(size <= SATURATED)) {
      return Math.signum(x); // NaN of NaN
    }
    int k = size < SMALL ? 0 : (int) Math.rint(size * PER_UNIT);
    double h = size - (double) k / PER_UNIT;
    double[] coefficients = COEFFICIENTS[k];
    double sum = 0;
    for (int n = TERMS - 1; n >= 0; n--) {
      sum = sum * h + coefficients[n];
    }
    return Math.copySign((k == 0 ? size : AT_CENTRE[k]) + h * sum, x);
  }

  private static double[][] coefficients() {
    double[][] table = new double[AT_CENTRE.length][TERMS];
    for (int k = 0; k < table.length; k++) {
      double c = (double) k / PER_UNIT;
      double slope = 2 / Math.sqrt(Math.PI) * StrictMath.exp(-c * c);
      double before = 0;
      double a = 1;
      for (int n = 0; n < TERMS; n++) {
        table[k][n] = slope * a / (n + 1);
        double next = (-2 * c * a - 2 * before) / (n + 1);
        before = a;
        a = next;
      }
    }
    table[0][0] -= 1;
    return table;
  }
}
