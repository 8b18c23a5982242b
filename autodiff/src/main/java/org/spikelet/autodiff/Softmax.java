package org.spikelet.autodiff;

/**
 * Softmax, its logarithm, and ln Σ eˣ, along the middle axis of outer × n × inner.
 *
 * <p>All subtract the maximum m first, so that no exponential overflows: eˣ / Σ eˣ = e^(x−m) / Σ
 * e^(x−m). Each goes over the whole array at a time: the exponentials of all rows at once.
 */
final class Softmax {

  private Softmax() {}

  /** y = ln Σₖ eˣ; x: outer × n × inner, y: outer × inner. */
  static void logSumExp(double[] x, int outer, int n, int inner, double[] y) {
    double[] e = Tape.allocate(outer * n * inner);
    double[] m = subtractMaximum(x, outer, n, inner, e);
    Kernels.ACTIVE.exp(e, e, 0, e.length);
    Loops.sum(e, outer, n, inner, y);
    for (int i = 0; i < y.length; i++) {
      y[i] = m[i] + StrictMath.log(y[i]);
    }
  }

  /** y = eˣ / Σₖ eˣ; x and y: outer × n × inner. */
  static void softmax(double[] x, int outer, int n, int inner, double[] y) {
    subtractMaximum(x, outer, n, inner, y);
    Kernels.ACTIVE.exp(y, y, 0, y.length);
    double[] sum = Tape.allocate(outer * inner);
    Loops.sum(y, outer, n, inner, sum);
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          y[from + i] /= sum[o * inner + i];
        }
      }
    }
  }

  /** y = x − ln Σₖ eˣ; x and y: outer × n × inner. */
  static void logSoftmax(double[] x, int outer, int n, int inner, double[] y) {
    subtractMaximum(x, outer, n, inner, y);
    double[] e = Tape.allocate(y.length);
    Kernels.ACTIVE.exp(y, e, 0, e.length);
    double[] sum = Tape.allocate(outer * inner);
    Loops.sum(e, outer, n, inner, sum);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = StrictMath.log(sum[i]);
    }
    subtract(y, sum, outer, n, inner, y);
  }

  /** y = x − maxₖ x; returns the maxima, with 0 for one that is infinite: ∞ − ∞ would be NaN. */
  private static double[] subtractMaximum(double[] x, int outer, int n, int inner, double[] y) {
    double[] m = Tape.allocate(outer * inner);
    Loops.max(x, outer, n, inner, m);
    for (int i = 0; i < m.length; i++) {
      m[i] = Double.isInfinite(m[i]) ? 0 : m[i];
    }
    subtract(x, m, outer, n, inner, y);
    return m;
  }

  /** y = x − m along the middle axis; m: outer × inner. */
  private static void subtract(double[] x, double[] m, int outer, int n, int inner, double[] y) {
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          y[from + i] = x[from + i] - m[o * inner + i];
        }
      }
    }
  }
}
