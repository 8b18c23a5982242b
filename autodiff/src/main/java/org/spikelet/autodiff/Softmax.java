package org.spikelet.autodiff;

/**
 * Softmax, its logarithm, and ln Σ eˣ, along the middle axis of outer × n × inner.
 *
 * <p>All subtract the maximum m first, so that no exponential overflows: eˣ / Σ eˣ = e^(x−m) / Σ
 * e^(x−m).
 */
final class Softmax {

  private Softmax() {}

  /** y = ln Σₖ eˣ; x: outer × n × inner, y: outer × inner. */
  static void logSumExp(double[] x, int outer, int n, int inner, double[] y) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        int from = o * n * inner + i;
        double m = max(x, from, n, inner);
        y[o * inner + i] = m + StrictMath.log(sumExp(x, from, n, inner, m));
      }
    }
  }

  /** y = eˣ / Σₖ eˣ; x and y: outer × n × inner. */
  static void softmax(double[] x, int outer, int n, int inner, double[] y) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        int from = o * n * inner + i;
        double m = max(x, from, n, inner);
        double sum = 0;
        for (int k = 0; k < n; k++) {
          y[from + k * inner] = StrictMath.exp(x[from + k * inner] - m);
          sum += y[from + k * inner];
        }
        for (int k = 0; k < n; k++) {
          y[from + k * inner] /= sum;
        }
      }
    }
  }

  /** y = x − ln Σₖ eˣ; x and y: outer × n × inner. */
  static void logSoftmax(double[] x, int outer, int n, int inner, double[] y) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        int from = o * n * inner + i;
        double m = max(x, from, n, inner);
        double log = StrictMath.log(sumExp(x, from, n, inner, m));
        for (int k = 0; k < n; k++) {
          y[from + k * inner] = x[from + k * inner] - m - log;
        }
      }
    }
  }

  /** The maximum, or 0 where it is infinite: ∞ − ∞ would be NaN. */
  private static double max(double[] x, int from, int n, int inner) {
    double m = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      m = Math.max(m, x[from + k * inner]);
    }
    return Double.isInfinite(m) ? 0 : m;
  }

  private static double sumExp(double[] x, int from, int n, int inner, double m) {
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += StrictMath.exp(x[from + k * inner] - m);
    }
    return sum;
  }
}
