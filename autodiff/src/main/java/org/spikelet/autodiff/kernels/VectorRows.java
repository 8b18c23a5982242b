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

  /**
   * The tiles of a panel. At the last rows and columns of y they begin where they just fit, and
   * some elements are computed again. That is done where these may be: not where the product is
   * added to y. There, and where y is smaller than a tile, the tile is computed apart.
   */
  private void multiplyPanel(int j, int width, int from, int to) {
    boolean again = old.values != y.values;
    int start = VectorPanels.start(j, width, y.columns);
    int height = width == W ? NARROW : ROWS;
    for (int i = from; i < to; i += height) {
      int top = again ? Math.max(from, Math.min(i, to - height)) : i;
      boolean whole = top + height <= to && (again || start == j) && fits(width, top + height, to);
      if (whole) {
        tile.aim(old, y, top, start);
      } else {
        tile.aim(VectorTile.zeros(height, width), Matrix.of(edge, 0, height, width), 0, 0);
      }
      if (width == W) {
        tile.tile8x1(a, top, to - 1);
      } else if (width == 2 * W) {
        tile.tile6x2(a, top, to - 1);
      } else {
        tile.tile6x3(a, top, to - 1);
      }
      if (!whole) {
        copyEdge(top, Math.min(top + height, to), start, j, width);
      }
    }
  }

  /**
   * Whether y has room for a tile so wide that ends before a row. What a row of the tile writes
   * behind that of y, the next rows put right, as long as there are any.
   */
  private boolean fits(int width, int end, int to) {
    int more = width - y.columns;
    return more <= 0
        || (old.values != y.values && y.rowStride == y.columns && more <= (to - end) * y.columns);
  }

  /** What of a tile computed apart belongs to y: rows from one to another, columns from j on. */
  private void copyEdge(int from, int to, int start, int j, int width) {
    int end = Math.min(start + width, y.columns);
    for (int i = from; i < to; i++) {
      for (int q = j; q < end; q++) {
        y.values[y.at(i, q)] = old.get(i, q) + edge[(i - from) * width + q - start];
      }
    }
  }
}
