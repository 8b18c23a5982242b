package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;

/**
 * The matrix product with the Vector API: y is covered with {@linkplain VectorTile tiles}.
 *
 * <pre>
 *                b: panels of some vectors; the last one may be narrower
 *                ┌───────┬───────┬───────┬──┬──┐
 *                │       │       │       │  │  │  at most 256 rows at a time
 *                └───────┴───────┴───────┴──┴──┘
 *    a: 8 or 5   ┌───────┬───────┬───────┬──┬──┐
 *    rows  ┌──┐  │ tile  │       │       │  │  │
 *          ├──┤  ├───────┼───────┼───────┼──┼──┤  a panel at a time, from the first rows to
 *          │  │  │       │       │       │  │  │  the last
 *          └──┘  └───────┴───────┴───────┴──┴──┘
 * </pre>
 *
 * <p>a is read where it lies. So is b for few rows of a. For many it is copied first ({@link
 * VectorPanels}), panel by panel, in the order in which the tiles read it, so that a panel stays in
 * the first cache; so is a transposed one, whose vectors lie nowhere, and a panel that is not full.
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

  /** Up to so many rows of a, copying b would take longer than it saves. */
  private static final int FEW = 128;

  private static final ThreadLocal<VectorRows> ROWS_OF_THREAD =
      ThreadLocal.withInitial(VectorRows::new);

  private VectorProduct() {}

  /** y = a · b; a: m × k, b: k × n, y: m × n with contiguous rows. */
  static void multiply(Matrix a, Matrix b, Matrix y) {
    if (y.rows == 1 && a.columns <= BLOCK_K) {
      VectorRowProduct.multiply(a, b, y);
      return;
    }
    if (a.columns == 1 && b.columnStride == 1) {
      VectorOuterProduct.multiply(a, b, y);
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

  /** y = or, to add, += a · b for a block of b. */
  private static void multiplyBlock(Matrix a, Matrix b, Matrix y, boolean add) {
    VectorPanels panels = new VectorPanels(b, a.rows <= FEW, ROWS_OF_THREAD.get()::packed);
    if (Threads.isWorthwhile((long) a.rows * b.rows * b.columns)) {
      // Several threads pack b, and then each multiplies rows of a by all of b.
      Threads.divide(panels.toPack(), COLUMNS, panels::pack);
      Threads.divide(
          a.rows, ROWS, (from, to) -> ROWS_OF_THREAD.get().multiply(a, panels, y, add, from, to));
    } else {
      panels.pack(0, panels.toPack());
      ROWS_OF_THREAD.get().multiply(a, panels, y, add, 0, a.rows);
    }
  }
}
