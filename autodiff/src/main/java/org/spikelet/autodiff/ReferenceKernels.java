package org.spikelet.autodiff;

import java.util.Arrays;

/** Plain loops in a fixed order with {@code StrictMath}: the same bits on every machine and JDK. */
final class ReferenceKernels implements Kernels {

  @Override
  public void multiply(Matrix a, Matrix b, Matrix y, int m, int k, int n) {
    // The inner loop runs along the rows of b.
    Matrix rows = b.columnStride == 1 ? b : contiguous(b, k, n);
    for (int i = 0; i < m; i++) {
      Arrays.fill(y.values, y.at(i, 0), y.at(i, n), 0);
      int p = 0;
      // Four rows of b at a time: y is read and written a quarter as often.
      for (; p + 3 < k; p += 4) {
        addRows(a.get(i, p), a.get(i, p + 1), a.get(i, p + 2), a.get(i, p + 3), rows, p, y, i, n);
      }
      for (; p < k; p++) {
        addRow(a.get(i, p), rows, p, y, i, n);
      }
    }
  }

  private static void addRows(
      double a0, double a1, double a2, double a3, Matrix rows, int p, Matrix y, int i, int n) {
    double[] b = rows.values;
    double[] sum = y.values;
    int b0 = rows.at(p, 0);
    int b1 = rows.at(p + 1, 0);
    int b2 = rows.at(p + 2, 0);
    int b3 = rows.at(p + 3, 0);
    int at = y.at(i, 0);
    for (int j = 0; j < n; j++) {
      sum[at + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
    }
  }

  private static void addRow(double a0, Matrix rows, int p, Matrix y, int i, int n) {
    double[] b = rows.values;
    double[] sum = y.values;
    int b0 = rows.at(p, 0);
    int at = y.at(i, 0);
    for (int j = 0; j < n; j++) {
      sum[at + j] += a0 * b[b0 + j];
    }
  }

  private static Matrix contiguous(Matrix x, int rows, int columns) {
    double[] copy = Tape.allocate(rows * columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        copy[i * columns + j] = x.get(i, j);
      }
    }
    return new Matrix(copy, 0, columns, 1);
  }

  @Override
  public void add(double[] a, int fromA, double[] b, int fromB, double[] y, int fromY, int n) {
    for (int i = 0; i < n; i++) {
      y[fromY + i] = a[fromA + i] + b[fromB + i];
    }
  }

  @Override
  public void sub(double[] a, int fromA, double[] b, int fromB, double[] y, int fromY, int n) {
    for (int i = 0; i < n; i++) {
      y[fromY + i] = a[fromA + i] - b[fromB + i];
    }
  }

  @Override
  public void mul(double[] a, int fromA, double[] b, int fromB, double[] y, int fromY, int n) {
    for (int i = 0; i < n; i++) {
      y[fromY + i] = a[fromA + i] * b[fromB + i];
    }
  }

  @Override
  public void div(double[] a, int fromA, double[] b, int fromB, double[] y, int fromY, int n) {
    for (int i = 0; i < n; i++) {
      y[fromY + i] = a[fromA + i] / b[fromB + i];
    }
  }

  @Override
  public void exp(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = StrictMath.exp(x[i]);
    }
  }

  @Override
  public void expm1(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = StrictMath.expm1(x[i]);
    }
  }

  @Override
  public void tanh(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = StrictMath.tanh(x[i]);
    }
  }

  @Override
  public void sigmoid(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      // e^x of a large x would overflow; e^−|x| never does.
      double e = StrictMath.exp(-Math.abs(x[i]));
      y[i] = x[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
  }

  @Override
  public void mask(
      double[] x, int fromX, double[] condition, int fromC, double[] y, int fromY, int n) {
    for (int i = 0; i < n; i++) {
      y[fromY + i] = condition[fromC + i] != 0 ? x[fromX + i] : 0;
    }
  }

  @Override
  public String description() {
    return "reference, plain loops";
  }
}
