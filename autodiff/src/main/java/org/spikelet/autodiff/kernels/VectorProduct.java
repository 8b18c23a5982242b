package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;

/**
 * The matrix product with the Vector API: y is covered with {@linkplain VectorTiles tiles}.
 *
 * <p>Before, a and b are copied block by block ({@link VectorPacking}) in the order in which the
 * tiles read them, so that transposed matrices cost nothing more, and a panel of b and a strip of a
 * stay in the first cache, a block of strips in the second:
 *
 * <pre>
 *                    b: panels of some vectors, and single ones for the columns that are left
 *                    ┌───────┬───────┬───────┬──┬──┐
 *                    │       │       │       │  │  │  at most 256 rows at a time
 *                    └───────┴───────┴───────┴──┴──┘
 *    a: strips  ┌─┐  ┌───────┬───────┬───────┬──┬──┐
 *    of 8 or 5  │ │  │ tile  │       │       │  │  │
 *    rows       ├─┤  ├───────┼───────┼───────┼──┼──┤  a panel at a time, from the first strip to
 *               │ │  │       │       │       │  │  │  the last
 *               └─┘  └───────┴───────┴───────┴──┴──┘
 * </pre>
 *
 * <p>For every element the products are summed for p = 0, 1, … in this order, each step rounded
 * once, and after 256 of them the sum is added to y. So its bits depend neither on the size of the
 * vectors and tiles nor on how y is divided among threads.
 *
 * <p>Source: Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
 */
final class VectorProduct {

  static final int W = DoubleVector.SPECIES_PREFERRED.length();

  /** A tile's rows and columns: 24 sums need 32 registers, 10 get by with 16. */
  static final int ROWS = W == 8 ? 8 : 5;

  static final int COLUMNS = W == 8 ? 3 * W : 2 * W;

  /** Rows of a tile that is one vector wide. */
  private static final int NARROW = 8;

  /** How much of k, of the rows and of the columns is packed at a time: whole strips and panels. */
  private static final int BLOCK_K = 256;

  private static final int BLOCK_ROWS = 8 * ROWS;
  private static final int BLOCK_COLUMNS = 1024 / COLUMNS * COLUMNS;

  /** So many columns of y are many tiles for each strip. */
  private static final int MANY = 128;

  private static final double[] ZEROS = new double[COLUMNS];

  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  /** What a thread works with: arrays grow to what its products need. */
  private static final class Buffers {
    private double[] panels = {};
    private double[] strips = {};

    /** A tile at the edge of y, from which what belongs to y is copied. */
    private final double[] tile = new double[NARROW * COLUMNS];

    private final VectorTiles.Rows old = new VectorTiles.Rows();
    private final VectorTiles.Rows y = new VectorTiles.Rows();

    double[] panels(int size) {
      panels = panels.length < size ? new double[size] : panels;
      return panels;
    }

    double[] strips(int size) {
      strips = strips.length < size ? new double[size] : strips;
      return strips;
    }
  }

  private VectorProduct() {}

  /** y = a · b; a: m × k, b: k × n, y: m × n with contiguous rows. */
  static void multiply(Matrix a, Matrix b, Matrix y) {
    if (y.rows == 1 && a.columns <= BLOCK_K) {
      RowProduct.multiply(a, b, y);
      return;
    }
    int p = 0;
    do { // at least once, for without a single product y is 0
      int depth = Math.min(BLOCK_K, a.columns - p);
      Matrix left = a.part(0, p, a.rows, depth);
      for (int j = 0; j < y.columns; j += BLOCK_COLUMNS) {
        int columns = Math.min(BLOCK_COLUMNS, y.columns - j);
        multiplyBlock(left, b.part(p, j, depth, columns), y.part(0, j, y.rows, columns), p > 0);
      }
      p += BLOCK_K;
    } while (p < a.columns);
  }

  /** y = or, to add, += a · b for a block of b that is packed as a whole. */
  private static void multiplyBlock(Matrix a, Matrix b, Matrix y, boolean add) {
    double[] panels = BUFFERS.get().panels(b.rows * (b.columns + W - 1));
    if (Threads.isWorthwhile((long) a.rows * b.rows * b.columns)) {
      // Several threads pack b, and then each packs rows of a and multiplies them by all of b.
      Threads.divide(b.columns, COLUMNS, (from, to) -> VectorPacking.panels(b, from, to, panels));
      Threads.divide(a.rows, ROWS, (from, to) -> multiplyRows(a, panels, y, add, from, to));
    } else {
      VectorPacking.panels(b, 0, b.columns, panels);
      multiplyRows(a, panels, y, add, 0, a.rows);
    }
  }

  /** Some rows of y, from one to another. */
  private static void multiplyRows(
      Matrix a, double[] panels, Matrix y, boolean add, int from, int to) {
    Buffers own = BUFFERS.get();
    int left = y.columns % COLUMNS;
    int wide = left <= W ? y.columns - left : y.columns;
    for (int i = from; i < to && wide > 0; i += BLOCK_ROWS) {
      multiplyStrips(
          own, a, panels, y.part(0, 0, y.rows, wide), add, i, Math.min(i + BLOCK_ROWS, to));
    }
    if (wide < y.columns) {
      multiplyNarrow(own, a, panels, y, add, wide, from, to);
    }
  }

  /** Rows of y, in the columns of panels of several vectors. */
  private static void multiplyStrips(
      Buffers own, Matrix a, double[] panels, Matrix y, boolean add, int from, int to) {
    int k = a.columns;
    // Whole strips of a transposed matrix lie as tiles read them, but far apart: for many tiles
    // they are packed all the same.
    boolean asTheyLie = a.rowStride == 1 && y.columns < MANY;
    int first = asTheyLie ? to - (to - from) % ROWS : from;
    double[] strips = own.strips(k * (to - first + ROWS - 1));
    VectorPacking.strips(a, first, to, strips);
    int width = COLUMNS;
    for (int j = 0; j < y.columns; j += width) {
      width = width(y.columns - j);
      for (int i = from; i < to; i += ROWS) {
        int rows = Math.min(ROWS, to - i);
        int columns = Math.min(width, y.columns - j);
        boolean whole = rows == ROWS && columns == width;
        aim(own, y, i, j, width, whole, add);
        if (i < first) {
          tile(own, a.values, a.at(i, 0), a.columnStride, k, panels, j * k, width);
        } else {
          tile(own, strips, (i - first) * k, ROWS, k, panels, j * k, width);
        }
        if (!whole) {
          copyEdge(own.tile, width, y.part(i, j, rows, columns), add);
        }
      }
    }
  }

  private static void tile(
      Buffers own, double[] a, int fromA, int step, int k, double[] panels, int fromB, int width) {
    if (W < 8) {
      VectorTiles.tile5x2(a, fromA, step, k, panels, fromB, own.old, own.y);
    } else if (width == COLUMNS) {
      VectorTiles.tile8x3(a, fromA, step, k, panels, fromB, own.old, own.y);
    } else {
      VectorTiles.tile8x2(a, fromA, step, k, panels, fromB, own.old, own.y);
    }
  }

  /** Rows of y, in the last columns, no more than a vector: for them packing a is not worth it. */
  private static void multiplyNarrow(
      Buffers own, Matrix a, double[] panels, Matrix y, boolean add, int j, int from, int to) {
    int columns = y.columns - j;
    for (int i = from; i < to; i += NARROW) {
      int rows = Math.min(NARROW, to - i);
      boolean whole = rows == NARROW && columns == W;
      aim(own, y, i, j, W, whole, add);
      VectorTiles.tile8x1(a, i, i + rows - 1, panels, j * a.columns, own.old, own.y);
      if (!whole) {
        copyEdge(own.tile, W, y.part(i, j, rows, columns), add);
      }
    }
  }

  /** Returns the width of the next panel, for so many columns that are left. */
  static int width(int left) {
    return left > COLUMNS - W ? COLUMNS : (left + W - 1) / W * W;
  }

  /** Says where a tile goes: if y has room for all of it to y, else to the buffer. */
  private static void aim(
      Buffers own, Matrix y, int i, int j, int width, boolean whole, boolean add) {
    int at = y.at(i, j);
    own.y.set(whole ? y.values : own.tile, whole ? at : 0, whole ? y.rowStride : width);
    boolean adds = whole && add;
    own.old.set(adds ? y.values : ZEROS, adds ? at : 0, adds ? y.rowStride : 0);
  }

  /** y = or += the first rows and columns of a tile of some width. */
  private static void copyEdge(double[] tile, int width, Matrix y, boolean add) {
    for (int i = 0; i < y.rows; i++) {
      int at = y.at(i, 0);
      for (int q = 0; q < y.columns; q++) {
        double sum = tile[i * width + q];
        y.values[at + q] = add ? y.values[at + q] + sum : sum;
      }
    }
  }
}
