package org.spikelet.autodiff.kernels;

/**
 * The error function, which the JDK lacks, within 2 ulp.
 *
 * <p>Taylor's series around the centre c = 0, ⅛, ¼, …, 6 below, with x = c + h and 0 ≤ h &lt; ⅛:
 *
 * <pre>
 * erf x = erf c + 2/√π · e^(−c²) · Σ aₙ hⁿ⁺¹ / (n + 1)
 * a₀ = 1,  a₁ = −2c,  (n + 1) aₙ₊₁ = −2c aₙ − 2 aₙ₋₁      the series of e^(−2ch − h²)
 * </pre>
 *
 * <p>erf c is known to the last bit, and what is added to it is never negative, so that nothing
 * cancels; around 0 it is x itself, the first coefficient being 2/√π − 1 there. There is no branch,
 * and the polynomial is cut into five that do not wait for one another: the processor works on
 * several at a time. With a table, vectors would gather their coefficients one by one, and gain
 * nothing.
 */
final class ErrorFunction {

  /** From it on, erf is 1 to the last bit. */
  private static final double SATURATED = 6;

  private static final int PER_UNIT = 8;

  /** 2/√π, rounded to the nearest. */
  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;

  /** So many coefficients that the next term is below 2⁻⁵⁷ of the sum. */
  private static final int TERMS = 16;

  /** erf(k/8), rounded to the nearest; from mpmath 1.3.0 with 40 digits. */
  private static final double[] AT_CENTRE = {
    0.0,
    0.1403162048013338,
    0.27632639016823696,
    0.4041169094348223,
    0.5204998778130465,
    0.623240882188418,
    0.7111556336535151,
    0.7840750610598597,
    0.8427007929497149,
    0.8883882317017078,
    0.9229001282564583,
    0.9481700727820903,
    0.9661051464753108,
    0.9784437332399837,
    0.9866716712191824,
    0.9919900576701199,
    0.9953222650189527,
    0.9973459706405177,
    0.9985372834133188,
    0.9992170617821089,
    0.999593047982555,
    0.9997946242638588,
    0.9998993780778803,
    0.9999521451602562,
    0.9999779095030014,
    0.9999901032653747,
    0.9999956972205363,
    0.9999981847185726,
    0.9999992569016276,
    0.9999997048598075,
    0.9999998862727434,
    0.999999957486056,
    0.9999999845827421,
    0.9999999945765992,
    0.9999999981494259,
    0.9999999993875167,
    0.9999999998033839,
    0.9999999999387839,
    0.9999999999815149,
    0.9999999999945866,
    0.9999999999984626,
    0.9999999999995766,
    0.9999999999998869,
    0.9999999999999707,
    0.9999999999999927,
    0.9999999999999982,
    0.9999999999999996,
    0.9999999999999999,
    1.0
  };

  /** For each centre, 2/√π · e^(−c²) · aₙ / (n + 1), one after the other. */
  private static final double[] COEFFICIENTS = coefficients();

  private ErrorFunction() {}

  /** y = 2/√π ∫₀ˣ e^(−t²) dt: a {@link UnaryLoop}. */
  static void erf(double[] x, double[] y, int from, int to) {
    double[] a = COEFFICIENTS;
    for (int i = from; i < to; i++) {
      double size = Math.min(Math.abs(x[i]), SATURATED); // NaN of NaN
      int k = (int) (size * PER_UNIT);
      double h = size - (double) k / PER_UNIT;
      double h3 = h * h * h;
      int n = k * TERMS;
      double p0 = a[n + 1] + h * (a[n + 2] + h * a[n + 3]);
      double p1 = a[n + 4] + h * (a[n + 5] + h * a[n + 6]);
      double p2 = a[n + 7] + h * (a[n + 8] + h * a[n + 9]);
      double p3 = a[n + 10] + h * (a[n + 11] + h * a[n + 12]);
      double p4 = a[n + 13] + h * (a[n + 14] + h * a[n + 15]);
      double rest = p0 + h3 * (p1 + h3 * (p2 + h3 * (p3 + h3 * p4)));
      double value = (k == 0 ? size : AT_CENTRE[k]) + (h * a[n] + h * h * rest);
      y[i] = Math.copySign(value, x[i]);
    }
  }

  private static double[] coefficients() {
    double[] table = new double[AT_CENTRE.length * TERMS];
    for (int k = 0; k < AT_CENTRE.length; k++) {
      double c = (double) k / PER_UNIT;
      double slope = TWO_OVER_ROOT_PI * StrictMath.exp(-c * c);
      double before = 0;
      double a = 1;
      for (int n = 0; n < TERMS; n++) {
        table[k * TERMS + n] = slope * a / (n + 1);
        double next = (-2 * c * a - 2 * before) / (n + 1);
        before = a;
        a = next;
      }
    }
    table[0] -= 1;
    return table;
  }
}
