package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;

/**
 * The matrix product with the Vector API: y is covered with {@linkplain VectorTile tiles}.
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
  static final int ROWS = W >= 8 ? 8 : 5;

  static final int COLUMNS = W >= 8 ? 3 * W : 2 * W;

  /** How much of k and of the columns is packed at a time: whole panels. */
  private static final int BLOCK_K = 256;

  private static final int BLOCK_COLUMNS = 1024 / COLUMNS * COLUMNS;

  private static final ThreadLocal<VectorRows> ROWS_OF_THREAD =
      ThreadLocal.withInitial(VectorRows::new);

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
    double[] panels = ROWS_OF_THREAD.get().panels(b.rows * (b.columns + W - 1));
    Threads.Part rows = (from, to) -> ROWS_OF_THREAD.get().multiply(a, panels, add, y, from, to);
    if (Threads.isWorthwhile((long) a.rows * b.rows * b.columns)) {
      // Several threads pack b, and then each packs rows of a and multiplies them by all of b.
      Threads.divide(b.columns, COLUMNS, (from, to) -> VectorPacking.panels(b, from, to, panels));
      Threads.divide(a.rows, ROWS, rows);
    } else {
      VectorPacking.panels(b, 0, b.columns, panels);
      rows.run(0, a.rows);
    }
  }

  /** Returns the width of the next panel, for so many columns that are left. */
  static int width(int left) {
    return left > COLUMNS - W ? COLUMNS : (left + W - 1) / W * W;
  }
}
