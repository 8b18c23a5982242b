package org.spikelet.autodiff.kernels;

/**
 * Softmax, its logarithm, and ln Σ eˣ, along the middle axis of outer × n × inner.
 *
 * <p>All subtract the maximum m first, so that no exponential overflows: eˣ / Σ eˣ = e^(x−m) / Σ
 * e^(x−m). Each goes over the whole array at a time: the exponentials of all rows at once.
 */
public final class Softmax {

  /** y = ln Σₖ eˣ; x: outer × n × inner, y: outer × inner. */
  public static final ReductionLoop LOG_SUM_EXP = Softmax::logSumExp;

  /** y = eˣ / Σₖ eˣ; x and y: outer × n × inner. */
  public static final ReductionLoop SOFTMAX = Softmax::softmax;

  /** y = x − ln Σₖ eˣ; x and y: outer × n × inner. */
  public static final ReductionLoop LOG_SOFTMAX = Softmax::logSoftmax;

  private static final double TINY = 0x1p-20;

  private Softmax() {}

  private static void logSumExp(double[] x, int outer, int n, int inner, double[] y) {
    double[] e = Memory.allocate(outer * n * inner);
    double[] m = subtractMaximum(x, outer, n, inner, e);
    Loops.EXP.run(e, e, 0, e.length);
    ReductionLoop.sum(e, outer, n, inner, y);
    logarithms(y, e, n, inner);
    for (int i = 0; i < y.length; i++) {
      y[i] += m[i];
    }
  }

  private static void softmax(double[] x, int outer, int n, int inner, double[] y) {
    subtractMaximum(x, outer, n, inner, y);
    Loops.EXP.run(y, y, 0, y.length);
    double[] sum = Memory.allocate(outer * inner);
    ReductionLoop.sum(y, outer, n, inner, sum);
    for (int row = 0; row < sum.length; row++) {
      int from = start(row, n, inner);
      for (int k = 0; k < n; k++) {
        y[from + k * inner] /= sum[row];
      }
    }
  }

  private static void logSoftmax(double[] x, int outer, int n, int inner, double[] y) {
    subtractMaximum(x, outer, n, inner, y);
    double[] e = Memory.allocate(y.length);
    Loops.EXP.run(y, e, 0, e.length);
    double[] sum = Memory.allocate(outer * inner);
    ReductionLoop.sum(e, outer, n, inner, sum);
    logarithms(sum, e, n, inner);
    subtract(y, sum, n, inner, y);
  }

  /**
   * Takes the logarithm of the sum of each row of exponentials, the largest of which is 1. Where
   * the others together are tiny, they are summed without it: 1 + 4e−18 is 1, ln(1 + 4e−18) is not
   * 0.
   */
  private static void logarithms(double[] sums, double[] e, int n, int inner) {
    Loops.LOG.run(sums, sums);
    for (int row = 0; row < sums.length; row++) {
      if (sums[row] >= 0 && sums[row] < TINY) {
        int from = start(row, n, inner);
        double others = 0;
        for (int k = 0; k < n; k++) {
          double one = e[from + k * inner];
          others += one == 1 ? 0 : one;
        }
        sums[row] = StrictMath.log1p(others);
      }
    }
  }

  /**
   * y = x − maxₖ x; returns the maxima, with 0 for −∞ and the largest number for ∞: ∞ − ∞ would be
   * NaN, and e to the power of a large number beside ∞ would be ∞, too.
   */
  private static double[] subtractMaximum(double[] x, int outer, int n, int inner, double[] y) {
    double[] m = Memory.allocate(outer * inner);
    for (int row = 0; row < m.length; row++) {
      int from = start(row, n, inner);
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < n; k++) {
        max = Math.max(max, x[from + k * inner]);
      }
      m[row] = max == Double.NEGATIVE_INFINITY ? 0 : Math.min(max, Double.MAX_VALUE);
    }
    subtract(x, m, n, inner, y);
    return m;
  }

  /** y = x − m along the middle axis; m: outer × inner. */
  private static void subtract(double[] x, double[] m, int n, int inner, double[] y) {
    for (int row = 0; row < m.length; row++) {
      int from = start(row, n, inner);
      for (int k = 0; k < n; k++) {
        y[from + k * inner] = x[from + k * inner] - m[row];
      }
    }
  }

  /** Where the row for an element of outer × inner begins; its elements are inner apart. */
  private static int start(int row, int n, int inner) {
    return inner == 1 ? row * n : row / inner * n * inner + row % inner; // a division takes long
  }
}
