package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.VectorProduct.COLUMNS;
import static org.spikelet.autodiff.kernels.VectorProduct.ROWS;
import static org.spikelet.autodiff.kernels.VectorProduct.W;

/**
 * The part of a {@linkplain VectorProduct product} that one thread computes: rows of y, tile by
 * tile, for a block of b.
 */
final class VectorRows {

  /** Rows of a tile that is one vector wide. */
  private static final int NARROW = 8;

  /** So many rows of a stay in the second cache, while one panel after another passes by. */
  private static final int BLOCK_ROWS = 8 * ROWS;

  private final VectorTile tile = new VectorTile();

  /** A tile at the edge of y, from which what belongs to y is copied. */
  private final double[] edge = new double[NARROW * COLUMNS];

  /** Grown to what the products of this thread need. */
  private double[] panels = {};

  /** Returns an array for at least so many elements of packed panels. */
  double[] panels(int size) {
    panels = panels.length < size ? new double[size] : panels;
    return panels;
  }

  /**
   * Rows of y, from one to another: = or, to add, += those of a · b.
   *
   * @param firstPacked the first column of b that is read from its panels, not where it lies
   */
  void multiply(
      Matrix a,
      Matrix b,
      int firstPacked,
      double[] panels,
      Matrix y,
      boolean add,
      int from,
      int to) {
    for (int i = from; i < to; i += BLOCK_ROWS) {
      int end = Math.min(i + BLOCK_ROWS, to);
      int width = COLUMNS;
      for (int j = 0; j < y.columns; j += width) {
        width = VectorProduct.width(y.columns - j);
        boolean packed = j >= firstPacked;
        tile.b = packed ? panels : b.values;
        tile.fromB = packed ? j * b.rows : b.at(0, j);
        tile.stepB = packed ? width : b.rowStride;
        multiplyPanel(a, y, j, width, add, i, end);
      }
    }
  }

  private void multiplyPanel(Matrix a, Matrix y, int j, int width, boolean add, int from, int to) {
    int columns = Math.min(width, y.columns - j);
    int height = width == W ? NARROW : ROWS;
    for (int i = from; i < to; i += height) {
      int rows = Math.min(height, to - i);
      boolean whole = rows == height && columns == width;
      if (!whole) {
        tile.write(edge, 0, width);
      } else if (add) {
        tile.add(y.values, y.at(i, j), y.rowStride);
      } else {
        tile.write(y.values, y.at(i, j), y.rowStride);
      }
      if (width == W) {
        tile.tile8x1(a, i, to - 1);
      } else if (W < 8) {
        tile.tile5x2(a, i, to - 1);
      } else if (width == COLUMNS) {
        tile.tile8x3(a, i, to - 1);
      } else {
        tile.tile8x2(a, i, to - 1);
      }
      if (!whole) {
        copyEdge(y, i, j, rows, columns, width, add);
      }
    }
  }

  private void copyEdge(Matrix y, int i, int j, int rows, int columns, int width, boolean add) {
    double[] to = y.values;
    for (int r = 0; r < rows; r++) {
      int at = y.at(i + r, j);
      for (int q = 0; q < columns; q++) {
        double sum = edge[r * width + q];
        to[at + q] = add ? to[at + q] + sum : sum;
      }
    }
  }
}
