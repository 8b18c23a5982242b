package org.spikelet.autodiff.kernels;

/**
 * A matrix within an array: element (i, j) lies at from + i · rowStride + j · columnStride, so that
 * a transposed matrix, or a part of one, is the same array read in another way.
 */
public final class Matrix {

  final double[] values;
  final int from;
  final int rows;
  final int columns;
  final int rowStride;
  final int columnStride;

  private Matrix(
      double[] values, int from, int rows, int columns, int rowStride, int columnStride) {
    this.values = values;
    this.from = from;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /** The matrix whose rows are all the same, the first elements of an array. */
  static Matrix repeated(double[] row, int rows, int columns) {
    return new Matrix(row, 0, rows, columns, 0, 1);
  }

  /** Zeros, all of them the first of an array. */
  static Matrix zeros(double[] zeros, int rows, int columns) {
    return new Matrix(zeros, 0, rows, columns, 0, 0);
  }

  /** The row-major matrix that begins at an index of an array. */
  public static Matrix of(double[] values, int from, int rows, int columns) {
    return new Matrix(values, from, rows, columns, columns, 1);
  }

  /** The same elements with rows and columns exchanged. */
  public Matrix transpose() {
    return new Matrix(values, from, columns, rows, columnStride, rowStride);
  }

  /** The part of so many rows and columns that begins at row i and column j. */
  public Matrix part(int i, int j, int rows, int columns) {
    return rows == this.rows && columns == this.columns
        ? this
        : new Matrix(values, at(i, j), rows, columns, rowStride, columnStride);
  }

  /** Copies all elements into a matrix of the same size, if the rows of both are contiguous. */
  public void copyTo(Matrix target) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, at(i, 0), target.values, target.at(i, 0), columns);
    }
  }

  int at(int i, int j) {
    return from + i * rowStride + j * columnStride;
  }

  double get(int i, int j) {
    return values[at(i, j)];
  }
}
