package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The loops over arrays that the operations are made of: plain, in a fixed order, the same bits on
 * every machine.
 *
 * <p>Reductions see an array as outer × n × inner and remove the middle axis: element (o, k, i) has
 * the offset (o·n + k)·inner + i.
 */
final class Kernels {

  private Kernels() {}

  /** y = f(x). */
  static void map(DoubleUnaryOperator f, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = f.applyAsDouble(x[i]);
    }
  }

  /** y = f(a, b). */
  static void zip(DoubleBinaryOperator f, double[] a, double[] b, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = f.applyAsDouble(a[i], b[i]);
    }
  }

  /** y = a where the condition is not 0, else b. */
  static void select(double[] condition, double[] a, double[] b, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }

  /** y = Σₖ x; x: outer × n × inner, y: outer × inner. */
  static void sum(double[] x, int outer, int n, int inner, double[] y) {
    Arrays.fill(y, 0);
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < n; k++) {
        int from = (o * n + k) * inner;
        for (int i = 0; i < inner; i++) {
          y[o * inner + i] += x[from + i];
        }
      }
    }
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

  /** y += a · b; element (i, k) of a lies at i·rowStride + k·columnStride; b: k × n, y: m × n. */
  static void multiply(
      double[] a,
      int fromA,
      int rowStride,
      int columnStride,
      double[] b,
      int fromB,
      double[] y,
      int fromY,
      int m,
      int k,
      int n) {
    for (int i = 0; i < m; i++) {
      int rowA = fromA + i * rowStride;
      int rowY = fromY + i * n;
      int p = 0;
      // Four rows of b at a time: y is read and written a quarter as often.
      for (; p + 3 < k; p += 4) {
        double a0 = a[rowA + p * columnStride];
        double a1 = a[rowA + (p + 1) * columnStride];
        double a2 = a[rowA + (p + 2) * columnStride];
        double a3 = a[rowA + (p + 3) * columnStride];
        int rowB = fromB + p * n;
        for (int j = 0; j < n; j++) {
          y[rowY + j] +=
              a0 * b[rowB + j]
                  + a1 * b[rowB + n + j]
                  + a2 * b[rowB + 2 * n + j]
                  + a3 * b[rowB + 3 * n + j];
        }
      }
      for (; p < k; p++) {
        double a0 = a[rowA + p * columnStride];
        for (int j = 0; j < n; j++) {
          y[rowY + j] += a0 * b[fromB + p * n + j];
        }
      }
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
