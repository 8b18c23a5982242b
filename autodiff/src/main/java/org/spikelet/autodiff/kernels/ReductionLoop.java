package org.spikelet.autodiff.kernels;

import java.util.Arrays;

/**
 * A loop over an array that is seen as outer × n × inner, along the middle axis: element (o, k, i)
 * has the offset (o·n + k)·inner + i.
 */
@FunctionalInterface
public interface ReductionLoop {

  /** y = Σₖ x. */
  ReductionLoop SUM = ReductionLoop::sum;

  /** y = maxₖ x, NaN where there is one. */
  ReductionLoop MAX = ReductionLoop::max;

  /** Up to so many elements, or rows, are summed one after the other. */
  int SHORT = 4096;

  /**
   * More are summed in two halves, and these again, down to blocks of this length: the rounding
   * error grows with the logarithm of their number only. Higham 2002, section 4.2. The order is the
   * same at any number of threads.
   */
  int BLOCK = 128;

  /** A sum over n elements, one after the other. */
  @FunctionalInterface
  interface ShortSum {
    /** Returns the sum over the elements from an index on. */
    double of(double[] x, int from, int n);
  }

  /** From x: outer × n × inner to y: outer × inner, or outer × n × inner. */
  void run(double[] x, int outer, int n, int inner, double[] y);

  /** y = Σₖ x; x: outer × n × inner, y: outer × inner. */
  static void sum(double[] x, int outer, int n, int inner, double[] y) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        y[o] = sum(x, o * n, n);
      }
      return;
    }
    boolean divide = Threads.isWorthwhile(Threads.PASS * n * inner);
    for (int o = 0; o < outer; o++) {
      int start = o * inner;
      Matrix rows = Matrix.of(x, n * start, n, inner);
      if (divide) {
        Threads.divide(
            inner,
            Threads.LINE,
            (from, to) -> sumRows(rows.part(0, from, n, to - from), y, start + from));
      } else { // without a lambda: many small sums should allocate next to nothing
        sumRows(rows, y, start);
      }
    }
  }

  /** Writes the sum of the rows of x to y, from an index on. */
  private static void sumRows(Matrix x, double[] y, int from) {
    if (x.rows > SHORT) {
      sumHalves(x, y, from);
      return;
    }
    Arrays.fill(y, from, from + x.columns, 0);
    Kernels.ACTIVE.addRows(x, y, from);
  }

  private static void sumHalves(Matrix x, double[] y, int from) {
    if (x.rows <= BLOCK) {
      sumRows(x, y, from);
      return;
    }
    int half = half(x.rows);
    double[] rest = new double[x.columns];
    sumHalves(x.part(0, 0, half, x.columns), y, from);
    sumHalves(x.part(half, 0, x.rows - half, x.columns), rest, 0);
    Kernels.ACTIVE.add(y, rest, 0, y, from, from + x.columns);
  }

  /** Whole blocks, at least half of all. */
  private static int half(int n) {
    return Integer.highestOneBit((n - 1) / BLOCK) * BLOCK;
  }

  /** Returns the sum of n elements. */
  static double sum(double[] x, int from, int n) {
    return n > SHORT ? pairwise(ReductionLoop::sumShort, x, from, n) : sumShort(x, from, n);
  }

  /** Returns Σ x², summed as in {@link #sum(double[], int, int)}. */
  static double sumOfSquares(double[] x) {
    int n = x.length;
    return n > SHORT ? pairwise(ReductionLoop::squaresShort, x, 0, n) : squaresShort(x, 0, n);
  }

  private static double pairwise(ShortSum f, double[] x, int from, int n) {
    if (n <= BLOCK) {
      return f.of(x, from, n);
    }
    int half = half(n);
    return pairwise(f, x, from, half) + pairwise(f, x, from + half, n - half);
  }

  /** Four partial sums, which do not wait for one another. */
  private static double sumShort(double[] x, int from, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < from + n; i += 4) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
    }
    for (; i < from + n; i++) {
      s0 += x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static double squaresShort(double[] x, int from, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < from + n; i += 4) {
      s0 += x[i] * x[i];
      s1 += x[i + 1] * x[i + 1];
      s2 += x[i + 2] * x[i + 2];
      s3 += x[i + 3] * x[i + 3];
    }
    for (; i < from + n; i++) {
      s0 += x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void max(double[] x, int outer, int n, int inner, double[] y) {
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          y[o * inner + i] = Math.max(y[o * inner + i], x[from + i]);
        }
      }
    }
  }

  /**
   * Reduces several axes of an array: neighbouring ones together, the groups one after the other,
   * from the last; returns the array that is left, or x itself if there is nothing to reduce.
   *
   * @param reduced which axes
   * @param dimensions the lengths of all axes
   */
  default double[] along(boolean[] reduced, int[] dimensions, double[] x) {
    double[] values = x;
    int inner = 1;
    for (int axis = reduced.length - 1; axis >= 0; axis--) {
      int n = dimensions[axis];
      if (!reduced[axis]) {
        inner *= n;
        continue;
      }
      while (axis > 0 && reduced[axis - 1]) {
        n *= dimensions[--axis];
      }
      int outer = 1;
      for (int before = 0; before < axis; before++) {
        outer *= dimensions[before];
      }
      double[] y = Memory.allocate(outer * inner);
      run(values, outer, n, inner, y);
      values = y;
    }
    return values;
  }
}
