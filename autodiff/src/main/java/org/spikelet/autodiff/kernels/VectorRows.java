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
  private double[] packed = {};

  private final Matrix nothing = Matrix.of(edge, 0, 0, 0);
  private Matrix a = nothing;
  private Matrix y = nothing;
  private Matrix old = nothing;

  /** Returns an array for at least so many elements of packed panels. */
  double[] packed(int size) {
    packed = packed.length < size ? new double[size] : packed;
    return packed;
  }

  /** Rows of y, from one to another: those of what is old (y, a bias, or zeros) + a · b. */
  void multiply(Matrix a, VectorPanels b, Matrix old, Matrix y, int from, int to) {
    this.a = a;
    this.y = y;
    this.old = old;
    for (int i = from; i < to; i += BLOCK_ROWS) {
      int end = Math.min(i + BLOCK_ROWS, to);
      int width = COLUMNS;
      for (int j = 0; j < y.columns; j += width) {
        width = VectorPanels.width(y.columns - j);
        b.aim(tile, j, width);
        multiplyPanel(j, width, i, end);
      }
    }
    forget();
  }

  /** The thread keeps this, and would keep the operands of its last product from the collector. */
  private void forget() {
    a = nothing;
    old = nothing;
    y = nothing;
    tile.b = edge;
    tile.aim(nothing, nothing, 0, 0);
  }

  private void multiplyPanel(int j, int width, int from, int to) {
    int columns = Math.min(width, y.columns - j);
    int height = width == W ? NARROW : ROWS;
    for (int i = from; i < to; i += height) {
      int rows = Math.min(height, to - i);
      boolean whole = rows == height && columns == width;
      if (whole) {
        tile.aim(old, y, i, j);
      } else {
        tile.aim(VectorTile.zeros(height, width), Matrix.of(edge, 0, height, width), 0, 0);
      }
      if (width == W) {
        tile.tile8x1(a, i, to - 1);
      } else if (width == 2 * W) {
        tile.tile6x2(a, i, to - 1);
      } else {
        tile.tile6x3(a, i, to - 1);
      }
      if (!whole) {
        copyEdge(old.part(i, j, rows, columns), y.part(i, j, rows, columns), width);
      }
    }
  }

  private void copyEdge(Matrix old, Matrix part, int width) {
    double[] to = part.values;
    for (int i = 0; i < part.rows; i++) {
      int at = part.at(i, 0);
      for (int q = 0; q < part.columns; q++) {
        to[at + q] = old.get(i, q) + edge[i * width + q];
      }
    }
  }
}
