package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Loops over arrays that are fast as they stand: the JIT compiler turns them into vector
 * instructions, and since each operation in them is rounded as IEEE 754 demands, they give the same
 * bits however they are compiled.
 *
 * <p>Reductions see an array as outer × n × inner and remove the middle axis: element (o, k, i) has
 * the offset (o·n + k)·inner + i.
 */
final class Loops {

  /** Elements in a cache line: threads should not write to the same one. */
  static final int LINE = 8;

  /** y = f(x) from one index to another. */
  @FunctionalInterface
  interface Map {
    void run(double[] x, double[] y, int from, int to);
  }

  /** y = f(a, b) on n elements of each array, from an index on. */
  @FunctionalInterface
  interface Zip {
    void run(double[] a, int fromA, double[] b, int fromB, double[] y, int fromY, int n);
  }

  static final Map LOG = each(StrictMath::log);
  static final Map LOG1P = each(StrictMath::log1p);
  static final Map SIN = each(StrictMath::sin);
  static final Map COS = each(StrictMath::cos);
  static final Map SIGN = each(Math::signum);
  static final Map ERF = each(ErrorFunction::erf);
  static final Map SOFTPLUS =
      each(x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));

  static final Zip POWER = each(StrictMath::pow);
  static final Zip MAXIMUM = each(Math::max);
  static final Zip MINIMUM = each(Math::min);
  static final Zip GREATER = each((a, b) -> a > b ? 1 : 0);
  static final Zip LESS = each((a, b) -> a < b ? 1 : 0);
  static final Zip EQUAL = each((a, b) -> a == b ? 1 : 0);
  static final Zip SHARE_OF_LARGER = each((a, b) -> a > b ? 1 : a < b ? 0 : 0.5);

  private Loops() {}

  /** Makes a loop of a function. */
  static Map each(DoubleUnaryOperator f) {
    return (x, y, from, to) -> {
      for (int i = from; i < to; i++) {
        y[i] = f.applyAsDouble(x[i]);
      }
    };
  }

  /** Makes a loop of a function of two numbers. */
  static Zip each(DoubleBinaryOperator f) {
    return (a, fromA, b, fromB, y, fromY, n) -> {
      for (int i = 0; i < n; i++) {
        y[fromY + i] = f.applyAsDouble(a[fromA + i], b[fromB + i]);
      }
    };
  }

  static void neg(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = -x[i];
    }
  }

  static void abs(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.abs(x[i]);
    }
  }

  static void square(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = x[i] * x[i];
    }
  }

  static void sqrt(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.sqrt(x[i]);
    }
  }

  static void relu(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  /** y = a; b is not read. */
  static void copy(double[] a, int fromA, double[] b, int fromB, double[] y, int fromY, int n) {
    System.arraycopy(a, fromA, y, fromY, n);
  }

  /** y = Σₖ x; x: outer × n × inner, y: outer × inner. */
  static void sum(double[] x, int outer, int n, int inner, double[] y) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        y[o] = sum(x, o * n, n);
      }
      return;
    }
    Arrays.fill(y, 0);
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        Kernels.ACTIVE.add(y, o * inner, x, (o * n + k) * inner, y, o * inner, inner);
      }
    }
  }

  /** Returns the sum of n elements: four partial sums, which do not wait for one another. */
  static double sum(double[] x, int from, int n) {
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

  /** Returns Σ x², summed as in {@link #sum(double[], int, int)}. */
  static double sumOfSquares(double[] x) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      s0 += x[i] * x[i];
      s1 += x[i + 1] * x[i + 1];
      s2 += x[i + 2] * x[i + 2];
      s3 += x[i + 3] * x[i + 3];
    }
    for (; i < x.length; i++) {
      s0 += x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** y = maxₖ x, NaN where there is one; x: outer × n × inner, y: outer × inner. */
  static void max(double[] x, int outer, int n, int inner, double[] y) {
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

  /** y = a where the condition is not 0, else b. */
  static void select(double[] condition, double[] a, double[] b, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }

  /** Copies x into y with its axes in another order: axis k of y is axis order[k] of x. */
  static void permute(double[] x, Shape shape, int[] order, double[] y) {
    int rank = shape.rank();
    int[] strides = shape.strides();
    int[] position = new int[rank];
    for (int i = 0, from = 0; i < y.length; i++) {
      y[i] = x[from];
      // Count up like an odometer, last axis first.
      for (int k = rank - 1; k >= 0; k--) {
        from += strides[order[k]];
        if (++position[k] < shape.dimension(order[k])) {
          break;
        }
        from -= position[k] * strides[order[k]];
        position[k] = 0;
      }
    }
  }
}
