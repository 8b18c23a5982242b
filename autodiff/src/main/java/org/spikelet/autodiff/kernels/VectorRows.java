package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.VectorProduct.COLUMNS;
import static org.spikelet.autodiff.kernels.VectorProduct.ROWS;
import static org.spikelet.autodiff.kernels.VectorProduct.W;

/**
 * The part of a {@linkplain VectorProduct product} that one thread computes: rows of y, tile by
 * tile, for a block of b that is packed.
 */
final class VectorRows {

  /** Rows of a tile that is one vector wide. */
  private static final int NARROW = 8;

  /** How many rows of a are packed at a time: whole strips. */
  private static final int BLOCK_ROWS = 8 * ROWS;

  /** So many columns of y are many tiles for each strip. */
  private static final int MANY = 128;

  private final VectorTile tile = new VectorTile();

  /** A tile at the edge of y, from which what belongs to y is copied. */
  private final double[] edge = new double[NARROW * COLUMNS];

  /** Grown to what the products of this thread need. */
  private double[] panels = {};

  private double[] strips = {};

  private Matrix a = Matrix.of(edge, 0, 0, 0);
  private Matrix y = a;
  private boolean add;

  /** Returns an array for at least so many elements of packed panels. */
  double[] panels(int size) {
    panels = panels.length < size ? new double[size] : panels;
    return panels;
  }

  /** Rows of y, from one to another: = or, to add, += those of a · b. */
  void multiply(Matrix a, double[] packed, boolean add, Matrix y, int from, int to) {
    this.a = a;
    this.y = y;
    this.add = add;
    tile.b = packed;
    tile.k = a.columns;
    int left = y.columns % COLUMNS;
    int wide = left <= W ? y.columns - left : y.columns;
    for (int i = from; i < to && wide > 0; i += BLOCK_ROWS) {
      multiplyStrips(i, Math.min(i + BLOCK_ROWS, to), wide);
    }
    if (wide < y.columns) {
      multiplyNarrow(from, to, wide);
    }
  }

  /** Rows of y, in the columns of panels of several vectors. */
  private void multiplyStrips(int from, int to, int wide) {
    int k = a.columns;
    // Whole strips of a transposed matrix lie as tiles read them, but far apart: for many tiles
    // they are packed all the same.
    boolean asTheyLie = a.rowStride == 1 && y.columns < MANY;
    int first = asTheyLie ? to - (to - from) % ROWS : from;
    int size = k * (to - first + ROWS - 1);
    strips = strips.length < size ? new double[size] : strips;
    VectorPacking.strips(a, first, to, strips);
    int width = COLUMNS;
    for (int j = 0; j < wide; j += width) {
      width = VectorProduct.width(y.columns - j);
      tile.fromB = j * k;
      for (int i = from; i < to; i += ROWS) {
        boolean packed = i >= first;
        tile.a = packed ? strips : a.values;
        tile.fromA = packed ? (i - first) * k : a.at(i, 0);
        tile.stepA = packed ? ROWS : a.columnStride;
        Matrix part = y.part(i, j, Math.min(ROWS, to - i), Math.min(width, y.columns - j));
        boolean whole = aim(part, ROWS, width);
        if (W < 8) {
          tile.tile5x2();
        } else if (width == COLUMNS) {
          tile.tile8x3();
        } else {
          tile.tile8x2();
        }
        if (!whole) {
          copyEdge(part, width);
        }
      }
    }
  }

  /** Rows of y, in the last columns, no more than a vector: for them packing a is not worth it. */
  private void multiplyNarrow(int from, int to, int j) {
    tile.fromB = j * a.columns;
    for (int i = from; i < to; i += NARROW) {
      Matrix part = y.part(i, j, Math.min(NARROW, to - i), y.columns - j);
      boolean whole = aim(part, NARROW, W);
      tile.tile8x1(a, i, i + part.rows - 1);
      if (!whole) {
        copyEdge(part, W);
      }
    }
  }

  /** Says where a tile goes, and whether to y itself, which it does if y has room for all of it. */
  private boolean aim(Matrix part, int rows, int width) {
    boolean whole = part.rows == rows && part.columns == width;
    if (!whole) {
      tile.write(edge, 0, width);
    } else if (add) {
      tile.add(part.values, part.from, part.rowStride);
    } else {
      tile.write(part.values, part.from, part.rowStride);
    }
    return whole;
  }

  private void copyEdge(Matrix part, int width) {
    for (int i = 0; i < part.rows; i++) {
      int at = part.at(i, 0);
      for (int q = 0; q < part.columns; q++) {
        double sum = edge[i * width + q];
        part.values[at + q] = add ? part.values[at + q] + sum : sum;
      }
    }
  }
}
