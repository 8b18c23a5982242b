package org.spikelet.autodiff;

/**
 * A matrix within an array: element (i, j) lies at from + i · rowStride + j · columnStride, so that
 * a transposed matrix is the same array read with the strides exchanged.
 */
final class Matrix {

  final double[] values;
  final int from;
  final int rowStride;
  final int columnStride;

  Matrix(double[] values, int from, int rowStride, int columnStride) {
    this.values = values;
    this.from = from;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /** A matrix of so many rows and columns, row-major, or the transpose of one that is. */
  static Matrix of(double[] values, int from, int rows, int columns, boolean transposed) {
    return transposed ? new Matrix(values, from, 1, rows) : new Matrix(values, from, columns, 1);
  }

  /** The part of this matrix that starts at row i and column j. */
  Matrix from(int i, int j) {
    return new Matrix(values, at(i, j), rowStride, columnStride);
  }

  int at(int i, int j) {
    return from + i * rowStride + j * columnStride;
  }

  double get(int i, int j) {
    return values[at(i, j)];
  }
}
