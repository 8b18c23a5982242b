package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;

/**
 * The matrix product with the Vector API: y is covered with {@linkplain VectorTile tiles}.
 *
 * <pre>
 *                b: panels of some vectors; the last one may be narrower
 *                ┌───────┬───────┬─────┬─┬───┐
 *                │       │       │     │ │   │  at most 256 rows at a time
 *                └───────┴───────┴─────┴─┴───┘
 *    a: 6        ┌───────┬───────┬─────┬─┬───┐
 *    rows  ┌──┐  │ tile  │       │     │ │   │
 *          ├──┤  ├───────┼───────┼─────┼─┼───┤  a panel at a time, from the first rows to the
 *          ├──┤  ├───────┼───────┼─────┼─┼───┤  last; the last tiles begin where they just fit
 *          └──┘  └───────┴───────┴─────┴─┴───┘
 * </pre>
 *
 * <p>a is read where it lies. So is b for few rows of a. For many it is copied first ({@link
 * VectorPanels}), panel by panel, in the order in which the tiles read it, so that a panel stays in
 * the first cache; so is a transposed one, whose vectors lie nowhere, and one that is narrower than
 * a tile.
 *
 * <p>For every element the products are summed for p = 0, 1, … in this order, each step rounded
 * once, and after 256 of them the sum is added to y. So its bits depend neither on the size of the
 * vectors and tiles nor on how y is divided among threads.
 *
 * <p>Source: Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
 */
final class VectorProduct {

  static final int W = DoubleVector.SPECIES_PREFERRED.length();

  /** A tile's rows and columns: 18 sums get by with 32 registers, 12 with 16. */
  static final int ROWS = 6;

  static final int COLUMNS = W >= 8 ? 3 * W : 2 * W;

  /** How much of k and of the columns is packed at a time: whole panels. */
  private static final int BLOCK_K = 256;

  private static final int BLOCK_COLUMNS = 1024 / COLUMNS * COLUMNS;

  /** Up to so many rows of a, copying b would take longer than it saves. */
  private static final int FEW = 100;

  /** So many sums stay in the second cache. */
  private static final int FEW_SUMS = 1 << 17;

  private static final ThreadLocal<VectorRows> ROWS_OF_THREAD =
      ThreadLocal.withInitial(VectorRows::new);

  private VectorProduct() {}

  /** Whether a product of this a can be added to something else than y: if k is one block. */
  static boolean adds(Matrix a) {
    return a.rows > 1 && a.columns > 1 && a.columns <= BLOCK_K;
  }

  /** y = a · b; a: m × k, b: k × n, y: m × n with contiguous rows. */
  static void multiply(Matrix a, Matrix b, Matrix y) {
    multiply(a, b, VectorTile.zeros(y.rows, y.columns), y);
  }

  /** y = old + a · b; what is old is zeros, unless the product {@link #adds}. */
  static void multiply(Matrix a, Matrix b, Matrix old, Matrix y) {
    if (y.rows == 1 && a.columns <= BLOCK_K) {
      VectorRowProduct.multiply(a, b, y);
      return;
    }
    if (a.columns == 1 && b.columnStride == 1) {
      VectorOuterProduct.multiply(a, b, y);
      return;
    }
    boolean divide = Threads.isWorthwhile((long) y.rows * y.columns * a.columns);
    int blocks = Math.max(1, (a.columns + BLOCK_K - 1) / BLOCK_K); // without any, y would not be 0
    boolean few = (long) blocks * y.rows * y.columns <= FEW_SUMS;
    if (blocks > 1 && (y.rows == 1 || (divide && few))) {
      multiplyBlocksApart(a, b, y, blocks);
      return;
    }
    for (int p = 0; p < blocks; p++) {
      multiplyBlock(a, b, p, p > 0 ? y : old, y, divide);
    }
  }

  /**
   * Few sums of many products: the blocks of k are divided among the threads if it is worthwhile,
   * each with sums of its own, which are added to y in the order of k.
   */
  private static void multiplyBlocksApart(Matrix a, Matrix b, Matrix y, int blocks) {
    int size = y.rows * y.columns;
    double[] sums = Memory.allocate((blocks - 1) * size);
    Threads.run(
        (long) size * a.columns,
        blocks,
        1,
        (from, to) -> {
          for (int p = from; p < to; p++) {
            Matrix part = p == 0 ? y : Matrix.of(sums, (p - 1) * size, y.rows, y.columns);
            multiplyBlock(a, b, p, VectorTile.zeros(y.rows, y.columns), part, false);
          }
        });
    for (int p = 1; p < blocks; p++) {
      for (int i = 0; i < y.rows; i++) {
        int row = y.at(i, 0);
        int from = (p - 1) * size + i * y.columns;
        Kernels.ACTIVE.add(y.values, sums, from, y.values, row, row + y.columns);
      }
    }
  }

  /** y = old + the p-th block of columns of a · that of rows of b. */
  private static void multiplyBlock(
      Matrix a, Matrix b, int p, Matrix old, Matrix y, boolean divide) {
    int first = p * BLOCK_K;
    int depth = Math.min(BLOCK_K, a.columns - first);
    Matrix left = a.part(0, first, a.rows, depth);
    if (y.rows == 1) {
      VectorRowProduct.multiply(left, b.part(first, 0, depth, b.columns), y);
      return;
    }
    for (int j = 0; j < y.columns; j += BLOCK_COLUMNS) {
      int columns = Math.min(BLOCK_COLUMNS, y.columns - j);
      Matrix right = b.part(first, j, depth, columns);
      multiplyPanels(
          left, right, old.part(0, j, y.rows, columns), y.part(0, j, y.rows, columns), divide);
    }
  }

  private static void multiplyPanels(Matrix a, Matrix b, Matrix old, Matrix y, boolean divide) {
    VectorPanels panels = new VectorPanels(b, a.rows <= FEW, ROWS_OF_THREAD.get()::packed);
    if (divide) {
      // Several threads pack b, and then each multiplies rows of a by all of b.
      Threads.divide(panels.toPack(), COLUMNS, panels::pack);
      Threads.divide(
          a.rows, ROWS, (from, to) -> ROWS_OF_THREAD.get().multiply(a, panels, old, y, from, to));
    } else {
      panels.pack(0, panels.toPack());
      ROWS_OF_THREAD.get().multiply(a, panels, old, y, 0, a.rows);
    }
  }
}
