package org.spikelet.autodiff.kernels;

import java.util.Arrays;

/**
 * The product of a single row with a matrix, which reads each element of the matrix once: packing
 * it would take longer than the product. Plain loops; the sums are rounded as those of {@link
 * VectorProduct} are.
 */
final class RowProduct {

  private RowProduct() {}

  /** y = a · b; a: 1 × k, b: k × n with contiguous rows or columns, y: 1 × n. */
  static void multiply(Matrix a, Matrix b, Matrix y) {
    if (b.columnStride == 1) {
      addRows(a, b, y);
    } else {
      sumColumns(a, b, y);
    }
  }

  /** y = Σ a[p] · row p of b, four rows at a time. */
  private static void addRows(Matrix a, Matrix b, Matrix y) {
    Arrays.fill(y.values, y.from, y.from + y.columns, 0);
    int p = 0;
    for (; p + 4 <= b.rows; p += 4) {
      addFourRows(a, b, p, y);
    }
    double[] x = b.values;
    double[] sum = y.values;
    for (; p < b.rows; p++) {
      double a0 = a.get(0, p);
      int from = b.at(p, 0);
      for (int j = 0; j < y.columns; j++) {
        sum[y.from + j] = Math.fma(a0, x[from + j], sum[y.from + j]);
      }
    }
  }

  private static void addFourRows(Matrix a, Matrix b, int p, Matrix y) {
    double a0 = a.get(0, p);
    double a1 = a.get(0, p + 1);
    double a2 = a.get(0, p + 2);
    double a3 = a.get(0, p + 3);
    double[] x = b.values;
    int b0 = b.at(p, 0);
    int b1 = b.at(p + 1, 0);
    int b2 = b.at(p + 2, 0);
    int b3 = b.at(p + 3, 0);
    double[] sum = y.values;
    int at = y.from;
    for (int j = 0; j < y.columns; j++) {
      double s = Math.fma(a1, x[b1 + j], Math.fma(a0, x[b0 + j], sum[at + j]));
      sum[at + j] = Math.fma(a3, x[b3 + j], Math.fma(a2, x[b2 + j], s));
    }
  }

  /** y[j] = Σ a[p] · b[p, j], four columns at a time, which lie in rows of the array. */
  private static void sumColumns(Matrix a, Matrix b, Matrix y) {
    int j = 0;
    for (; j + 4 <= b.columns; j += 4) {
      sumFourColumns(a, b, j, y);
    }
    for (; j < b.columns; j++) {
      double sum = 0;
      for (int p = 0; p < b.rows; p++) {
        sum = Math.fma(a.get(0, p), b.get(p, j), sum);
      }
      y.values[y.from + j] = sum;
    }
  }

  private static void sumFourColumns(Matrix a, Matrix b, int j, Matrix y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double[] x = b.values;
    int x0 = b.at(0, j);
    int x1 = b.at(0, j + 1);
    int x2 = b.at(0, j + 2);
    int x3 = b.at(0, j + 3);
    for (int p = 0, q = 0; p < b.rows; p++, q += b.rowStride) {
      double ap = a.values[a.from + p * a.columnStride];
      s0 = Math.fma(ap, x[x0 + q], s0);
      s1 = Math.fma(ap, x[x1 + q], s1);
      s2 = Math.fma(ap, x[x2 + q], s2);
      s3 = Math.fma(ap, x[x3 + q], s3);
    }
    int at = y.from + j;
    y.values[at] = s0;
    y.values[at + 1] = s1;
    y.values[at + 2] = s2;
    y.values[at + 3] = s3;
  }
}
