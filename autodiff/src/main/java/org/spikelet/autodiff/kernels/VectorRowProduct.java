package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a single row with a matrix, which reads each element of the matrix once, where it
 * lies: copying it would take longer than the product. The sums are rounded as those of {@link
 * VectorProduct} are; the sum with 0 at the end makes 0 of −0, to which a product may underflow.
 *
 * <p>So many sums run side by side that none has to wait for its last step. The last ones begin
 * where they just fit, and some elements are computed twice.
 */
final class VectorRowProduct {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Columns side by side whose elements lie one below the other. */
  private static final int COLUMNS = 8;

  private VectorRowProduct() {}

  /** y = a · b; a: 1 × k, b: k × n with contiguous rows or columns, y: 1 × n. */
  static void multiply(Matrix a, Matrix b, Matrix y) {
    int n = y.columns;
    int j = 0;
    if (b.columnStride == 1 && n >= W) {
      for (; j <= n - 4 * W; j += 4 * W) {
        fourVectors(a, b, j, y);
      }
      for (; j < n; j += W) {
        oneVector(a, b, Math.min(j, n - W), y);
      }
    } else if (n >= COLUMNS) {
      for (; j < n; j += COLUMNS) {
        eightColumns(a, b, Math.min(j, n - COLUMNS), y);
      }
    }
    for (; j < n; j++) {
      double sum = 0;
      for (int p = 0; p < b.rows; p++) {
        sum = Math.fma(a.get(0, p), b.get(p, j), sum);
      }
      y.values[y.from + j] = sum + 0;
    }
  }

  private static void fourVectors(Matrix a, Matrix b, int j, Matrix y) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    double[] x = a.values;
    double[] rows = b.values;
    int k = b.rows;
    int stepA = a.columnStride;
    int stepB = b.rowStride;
    for (int p = 0, i = a.from, at = b.at(0, j); p < k; p++, i += stepA, at += stepB) {
      DoubleVector v = DoubleVector.broadcast(S, x[i]);
      s0 = v.fma(DoubleVector.fromArray(S, rows, at), s0);
      s1 = v.fma(DoubleVector.fromArray(S, rows, at + W), s1);
      s2 = v.fma(DoubleVector.fromArray(S, rows, at + 2 * W), s2);
      s3 = v.fma(DoubleVector.fromArray(S, rows, at + 3 * W), s3);
    }
    int to = y.at(0, j);
    s0.add(0).intoArray(y.values, to);
    s1.add(0).intoArray(y.values, to + W);
    s2.add(0).intoArray(y.values, to + 2 * W);
    s3.add(0).intoArray(y.values, to + 3 * W);
  }

  private static void oneVector(Matrix a, Matrix b, int j, Matrix y) {
    DoubleVector sum = DoubleVector.zero(S);
    double[] x = a.values;
    double[] rows = b.values;
    int k = b.rows;
    int stepA = a.columnStride;
    int stepB = b.rowStride;
    for (int p = 0, i = a.from, at = b.at(0, j); p < k; p++, i += stepA, at += stepB) {
      sum = DoubleVector.broadcast(S, x[i]).fma(DoubleVector.fromArray(S, rows, at), sum);
    }
    sum.add(0).intoArray(y.values, y.at(0, j));
  }

  /** y[j] = Σ a[p] · b[p, j]; the columns lie in rows of the array. */
  private static void eightColumns(Matrix a, Matrix b, int j, Matrix y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    double[] x = a.values;
    double[] columns = b.values;
    int x0 = b.at(0, j);
    int x1 = b.at(0, j + 1);
    int x2 = b.at(0, j + 2);
    int x3 = b.at(0, j + 3);
    int x4 = b.at(0, j + 4);
    int x5 = b.at(0, j + 5);
    int x6 = b.at(0, j + 6);
    int x7 = b.at(0, j + 7);
    int k = b.rows;
    int stepA = a.columnStride;
    int stepB = b.rowStride;
    for (int p = 0, i = a.from, q = 0; p < k; p++, i += stepA, q += stepB) {
      double v = x[i];
      s0 = Math.fma(v, columns[x0 + q], s0);
      s1 = Math.fma(v, columns[x1 + q], s1);
      s2 = Math.fma(v, columns[x2 + q], s2);
      s3 = Math.fma(v, columns[x3 + q], s3);
      s4 = Math.fma(v, columns[x4 + q], s4);
      s5 = Math.fma(v, columns[x5 + q], s5);
      s6 = Math.fma(v, columns[x6 + q], s6);
      s7 = Math.fma(v, columns[x7 + q], s7);
    }
    double[] to = y.values;
    int at = y.at(0, j);
    to[at] = s0 + 0;
    to[at + 1] = s1 + 0;
    to[at + 2] = s2 + 0;
    to[at + 3] = s3 + 0;
    to[at + 4] = s4 + 0;
    to[at + 5] = s5 + 0;
    to[at + 6] = s6 + 0;
    to[at + 7] = s7 + 0;
  }
}
