package org.spikelet.autodiff;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product with the Vector API.
 *
 * <p>y is covered with tiles of 5 rows × 2 vectors, whose sums stay in registers while k runs:
 *
 * <pre>
 *                       b, packed: for each p the 2 vectors of a panel
 *                       ┌────┬────┐
 *                       │ b₀ │ b₁ │  p = 0 … k−1
 *                       └────┴────┘
 *    a, packed:   ┌──┐  ┌────┬────┐
 *    for each p   │a₀│  │ c₀₀│ c₀₁│   c += aᵢ · b, a fused multiply-add for each vector:
 *    the 5 values │a₁│  │ c₁₀│ c₁₁│   10 of them for 2 loads of b and 5 of a, more than the
 *    of a strip   │a₂│  │ c₂₀│ c₂₁│   4 cycles' latency × 2 a cycle that keep the units busy
 *                 │a₃│  │ c₃₀│ c₃₁│
 *                 │a₄│  │ c₄₀│ c₄₁│
 *                 └──┘  └────┴────┘
 * </pre>
 *
 * <p>Before, a and b are copied block by block ({@link VectorPacking}), in the order in which the
 * tiles read them, and filled up with zeros at the edges: then transposed matrices cost nothing
 * more, and a panel of b and a strip of a stay in the first cache, a block of strips in the second.
 * The tiles of a panel go into a column c, which is then written or added to y at once: a tile that
 * read y by itself would wait for memory in each of its rows.
 *
 * <p>For every element the products are summed for p = 0, 1, … in this order, each step rounded
 * once, and after 256 of them the sum is added to y. So its bits depend neither on the size of the
 * vectors nor on how y is divided among threads.
 *
 * <p>Source: Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
 */
final class VectorProduct {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Rows and columns of a tile: 10 sums, 2 vectors of b and 1 of a fit into 16 registers. */
  static final int ROWS = 5;

  static final int COLUMNS = 2 * W;

  /** How much of k, of the rows and of the columns is packed at a time: whole strips and panels. */
  private static final int BLOCK_K = 256;

  private static final int BLOCK_ROWS = 60;
  private static final int BLOCK_COLUMNS = 1024;

  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  /** What a thread packs into; grown to what its products need. */
  private static final class Buffers {
    private double[] strips = {};
    private double[] panels = {};
    private final double[] c = new double[BLOCK_ROWS * COLUMNS];

    double[] strips(int size) {
      strips = strips.length < size ? new double[size] : strips;
      return strips;
    }

    double[] panels(int size) {
      panels = panels.length < size ? new double[size] : panels;
      return panels;
    }
  }

  /** y = a · b; a: m × k, b: k × n, y: m × n with contiguous rows. */
  void multiply(Matrix a, Matrix b, Matrix y, int m, int k, int n) {
    long work = (long) m * Math.min(k, BLOCK_K) * Math.min(n, BLOCK_COLUMNS);
    int p = 0;
    do { // at least once, for without a single product y is 0
      int depth = Math.min(BLOCK_K, k - p);
      for (int j = 0; j < n; j += BLOCK_COLUMNS) {
        int columns = Math.min(BLOCK_COLUMNS, n - j);
        double[] panels = BUFFERS.get().panels(depth * (columns + COLUMNS - 1));
        if (Workers.isWorthwhile(work)) {
          multiplyTogether(work, a, b, y, p, depth, j, columns, m, panels);
        } else {
          VectorPacking.panels(b, b.at(p, j), depth, columns, panels, 0);
          multiplyRows(a, panels, y, p, depth, j, columns, 0, m);
        }
      }
      p += BLOCK_K;
    } while (p < k);
  }

  /** Several threads pack b, and then each packs rows of a and multiplies them by all of b. */
  private static void multiplyTogether(
      long work,
      Matrix a,
      Matrix b,
      Matrix y,
      int p,
      int depth,
      int j,
      int columns,
      int m,
      double[] panels) {
    Workers.run(
        work,
        columns,
        COLUMNS,
        (from, to) ->
            VectorPacking.panels(b, b.at(p, j + from), depth, to - from, panels, from * depth));
    Workers.run(
        work, m, ROWS, (from, to) -> multiplyRows(a, panels, y, p, depth, j, columns, from, to));
  }

  /** Some rows of y, from one to another, in the columns from j on: y = or += a · panels. */
  private static void multiplyRows(
      Matrix a, double[] panels, Matrix y, int p, int depth, int j, int columns, int from, int to) {
    Buffers own = BUFFERS.get();
    for (int i = from; i < to; i += BLOCK_ROWS) {
      int rows = Math.min(BLOCK_ROWS, to - i);
      double[] strips = own.strips(depth * (rows + ROWS - 1));
      VectorPacking.strips(a, a.at(i, p), rows, depth, strips);
      multiplyBlock(
          strips, panels, own.c, depth, p > 0, y.values, y.at(i, j), y.rowStride, rows, columns);
    }
  }

  private static void multiplyBlock(
      double[] strips,
      double[] panels,
      double[] c,
      int depth,
      boolean add,
      double[] y,
      int fromY,
      int stride,
      int rows,
      int columns) {
    for (int j = 0; j < columns; j += COLUMNS) {
      for (int i = 0; i < rows; i += ROWS) {
        tile(strips, i * depth, panels, j * depth, depth, c, i * COLUMNS);
      }
      if (j + COLUMNS > columns) {
        writeEdge(c, add, y, fromY + j, stride, rows, columns - j);
      } else if (add) {
        addPanel(c, y, fromY + j, stride, rows);
      } else {
        writePanel(c, y, fromY + j, stride, rows);
      }
    }
  }

  /** y = c, where c has the rows of a panel one after another. */
  private static void writePanel(double[] c, double[] y, int fromY, int stride, int rows) {
    for (int i = 0, atC = 0, atY = fromY; i < rows; i++, atC += COLUMNS, atY += stride) {
      DoubleVector.fromArray(S, c, atC).intoArray(y, atY);
      DoubleVector.fromArray(S, c, atC + W).intoArray(y, atY + W);
    }
  }

  /** y += c. */
  private static void addPanel(double[] c, double[] y, int fromY, int stride, int rows) {
    for (int i = 0, atC = 0, atY = fromY; i < rows; i++, atC += COLUMNS, atY += stride) {
      DoubleVector y0 = DoubleVector.fromArray(S, y, atY);
      DoubleVector y1 = DoubleVector.fromArray(S, y, atY + W);
      DoubleVector.fromArray(S, c, atC).add(y0).intoArray(y, atY);
      DoubleVector.fromArray(S, c, atC + W).add(y1).intoArray(y, atY + W);
    }
  }

  /** y = c or y += c for the last panel, of fewer columns than the others. */
  private static void writeEdge(
      double[] c, boolean add, double[] y, int fromY, int stride, int rows, int width) {
    for (int i = 0, atC = 0, atY = fromY; i < rows; i++, atC += COLUMNS, atY += stride) {
      for (int j = 0; j < width; j++) {
        y[atY + j] = add ? y[atY + j] + c[atC + j] : c[atC + j];
      }
    }
  }

  /** c = a · b for one tile; a: 5 × k, b: k × 2 vectors, c: all packed. */
  private static void tile(
      double[] a, int fromA, double[] b, int fromB, int k, double[] c, int at) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c21 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c31 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c41 = DoubleVector.zero(S);
    int end = fromB + k * COLUMNS;
    for (int atB = fromB, atA = fromA; atB < end; atB += COLUMNS, atA += ROWS) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, atB);
      DoubleVector b1 = DoubleVector.fromArray(S, b, atB + W);
      DoubleVector x = DoubleVector.broadcast(S, a[atA]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[atA + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(S, a[atA + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = DoubleVector.broadcast(S, a[atA + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = DoubleVector.broadcast(S, a[atA + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
    }
    c00.intoArray(c, at + 0 * W);
    c01.intoArray(c, at + 1 * W);
    c10.intoArray(c, at + 2 * W);
    c11.intoArray(c, at + 3 * W);
    c20.intoArray(c, at + 4 * W);
    c21.intoArray(c, at + 5 * W);
    c30.intoArray(c, at + 6 * W);
    c31.intoArray(c, at + 7 * W);
    c40.intoArray(c, at + 8 * W);
    c41.intoArray(c, at + 9 * W);
  }
}
