package course;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Chapter 5: numbers in rows and columns, and broadcasting's adjoint. A matrix never changes. */
public final class Matrix {
  private final int rows;
  private final int columns;
  private final double[] data; // row by row

  private Matrix(int rows, int columns, double[] data) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /** Returns a matrix with these numbers, row by row. */
  public static Matrix of(int rows, int columns, double... data) {
    if (data.length != rows * columns) {
      throw new IllegalArgumentException(
          rows + "×" + columns + " has no room for " + data.length + " numbers");
    }
    return new Matrix(rows, columns, data.clone());
  }

  /** Returns a matrix of one number, everywhere. */
  public static Matrix filled(int rows, int columns, double number) {
    double[] data = new double[rows * columns];
    Arrays.fill(data, number);
    return new Matrix(rows, columns, data);
  }

  /** Returns f of each number. */
  public Matrix map(DoubleUnaryOperator f) {
    return new Matrix(rows, columns, Arrays.stream(data).map(f).toArray());
  }

  /**
   * Returns f of each number of this and its partner in b.
   *
   * <p>A side of length 1 stands for as many equal rows or columns as the other matrix has.
   */
  public Matrix zip(Matrix b, DoubleBinaryOperator f) {
    int m = common(rows, b.rows);
    int n = common(columns, b.columns);
    double[] result = new double[m * n];
    // Gap zip: for each row and column of the result find the number of this and that of b; a
    // matrix with one row has its partner always in row 0, and so with columns.
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double left = at(rows == 1 ? 0 : i, columns == 1 ? 0 : j);
        double right = b.at(b.rows == 1 ? 0 : i, b.columns == 1 ? 0 : j);
        result[i * n + j] = f.applyAsDouble(left, right);
      }
    }
    return new Matrix(m, n, result);
    // End of gap.
  }

  private static int common(int a, int b) {
    if (a != b && a != 1 && b != 1) {
      throw new IllegalArgumentException("sides of length " + a + " and " + b + " do not match");
    }
    return a == 1 ? b : a;
  }

  /**
   * Returns the sums over what broadcasting had repeated.
   *
   * @param m as many rows as this has, or 1
   * @param n as many columns as this has, or 1
   */
  public Matrix sumTo(int m, int n) {
    double[] result = new double[m * n];
    // Gap sumTo: each number of this goes where broadcasting had it from, and is added there.
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[(m == 1 ? 0 : i) * n + (n == 1 ? 0 : j)] += at(i, j);
      }
    }
    return new Matrix(m, n, result);
    // End of gap.
  }

  /** Returns the matrix with rows and columns exchanged. */
  public Matrix transpose() {
    double[] result = new double[data.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = at(i, j);
      }
    }
    return new Matrix(columns, rows, result);
  }

  /** Returns the number in row i and column j, both counted from 0. */
  public double at(int i, int j) {
    return data[i * columns + j];
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns. */
  public int columns() {
    return columns;
  }

  /** Returns a copy of the numbers, row by row. */
  public double[] toArray() {
    return data.clone();
  }

  @Override
  public String toString() {
    return rows + "×" + columns + " " + Arrays.toString(data);
  }
}
