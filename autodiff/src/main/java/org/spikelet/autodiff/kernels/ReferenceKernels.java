package org.spikelet.autodiff.kernels;

import java.util.Arrays;

/** Plain loops in a fixed order with {@code StrictMath}: the same bits on every machine and JDK. */
final class ReferenceKernels implements Kernels {

  private final String description;

  ReferenceKernels() {
    this.description = "reference, plain loops";
  }

  /** Those in place of the vector ones, for a reason. */
  ReferenceKernels(String reason) {
    this.description = "reference, plain loops: " + reason;
  }

  @Override
  public void multiply(Matrix a, Matrix b, Matrix y) {
    Matrix rows = b.columnStride == 1 ? b : copy(b);
    for (int i = 0; i < y.rows; i++) {
      Arrays.fill(y.values, y.at(i, 0), y.at(i, y.columns), 0);
      int p = 0;
      // Four rows of b at a time: y is read and written a quarter as often.
      for (; p + 3 < a.columns; p += 4) {
        addFourRows(a, rows, y, i, p);
      }
      for (; p < a.columns; p++) {
        addRow(a, rows, y, i, p);
      }
    }
  }

  /** Row i of y += Σ a[i, q] · row q of b, for q from p to p + 3. */
  private static void addFourRows(Matrix a, Matrix b, Matrix y, int i, int p) {
    double a0 = a.get(i, p);
    double a1 = a.get(i, p + 1);
    double a2 = a.get(i, p + 2);
    double a3 = a.get(i, p + 3);
    double[] x = b.values;
    int b0 = b.at(p, 0);
    int b1 = b.at(p + 1, 0);
    int b2 = b.at(p + 2, 0);
    int b3 = b.at(p + 3, 0);
    double[] sum = y.values;
    int at = y.at(i, 0);
    for (int j = 0; j < y.columns; j++) {
      sum[at + j] += a0 * x[b0 + j] + a1 * x[b1 + j] + a2 * x[b2 + j] + a3 * x[b3 + j];
    }
  }

  /** Row i of y += a[i, p] · row p of b. */
  private static void addRow(Matrix a, Matrix b, Matrix y, int i, int p) {
    double a0 = a.get(i, p);
    double[] x = b.values;
    int b0 = b.at(p, 0);
    double[] sum = y.values;
    int at = y.at(i, 0);
    for (int j = 0; j < y.columns; j++) {
      sum[at + j] += a0 * x[b0 + j];
    }
  }

  /** The same matrix with contiguous rows, along which the inner loop runs. */
  private static Matrix copy(Matrix x) {
    double[] values = Memory.allocate(x.rows * x.columns);
    for (int i = 0; i < x.rows; i++) {
      for (int j = 0; j < x.columns; j++) {
        values[i * x.columns + j] = x.get(i, j);
      }
    }
    return Matrix.of(values, 0, x.rows, x.columns);
  }

  @Override
  public void add(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    for (int i = from, j = fromB; i < to; i++, j++) {
      y[i] = a[i] + b[j];
    }
  }

  @Override
  public void sub(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    for (int i = from, j = fromB; i < to; i++, j++) {
      y[i] = a[i] - b[j];
    }
  }

  @Override
  public void mul(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    for (int i = from, j = fromB; i < to; i++, j++) {
      y[i] = a[i] * b[j];
    }
  }

  @Override
  public void div(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    for (int i = from, j = fromB; i < to; i++, j++) {
      y[i] = a[i] / b[j];
    }
  }

  @Override
  public UnaryLoop loop(Function f) {
    return UnaryLoop.each(f.scalar);
  }

  @Override
  public void mask(double[] x, double[] condition, int fromC, double[] y, int from, int to) {
    for (int i = from, j = fromC; i < to; i++, j++) {
      y[i] = condition[j] != 0 ? x[i] : 0;
    }
  }

  @Override
  public void gate(double[] x, double[] condition, int fromC, double[] y, int from, int to) {
    for (int i = from, j = fromC; i < to; i++, j++) {
      double c = condition[j];
      y[i] = c == 0 ? 0 : Double.isNaN(c) ? c : x[i];
    }
  }

  @Override
  public String description() {
    return description;
  }
}
