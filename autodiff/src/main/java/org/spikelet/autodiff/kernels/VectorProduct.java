package org.spikelet.autodiff.kernels;

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

  /** What a thread packs into, grown to what its products need. */
  private static final class Buffers {
    private double[] panels = {};

    /** Strips of so many rows of a, from a first one on, and the sums of a panel for them. */
    private double[] strips = {};

    private final double[] c = new double[BLOCK_ROWS * COLUMNS];
    private int first;
    private int rows;
    private int depth;

    double[] panels(int size) {
      panels = panels.length < size ? new double[size] : panels;
      return panels;
    }

    void packStrips(Matrix a, int first, int rows) {
      this.first = first;
      this.rows = rows;
      depth = a.columns;
      int size = depth * (rows + ROWS - 1);
      strips = strips.length < size ? new double[size] : strips;
      VectorPacking.strips(a, first, rows, strips);
    }
  }

  private VectorProduct() {}

  /** y = a · b; a: m × k, b: k × n, y: m × n with contiguous rows. */
  static void multiply(Matrix a, Matrix b, Matrix y) {
    int p = 0;
    do { // at least once, for without a single product y is 0
      int depth = Math.min(BLOCK_K, a.columns - p);
      Matrix left = a.part(0, p, a.rows, depth);
      for (int j = 0; j < y.columns; j += BLOCK_COLUMNS) {
        int columns = Math.min(BLOCK_COLUMNS, y.columns - j);
        multiplyBlock(left, b.part(p, j, depth, columns), y.part(0, j, y.rows, columns), p);
      }
      p += BLOCK_K;
    } while (p < a.columns);
  }

  /**
   * y = or += a · b for a block of b that is packed as a whole.
   *
   * @param before how many products of each sum y holds already; with none it is written
   */
  private static void multiplyBlock(Matrix a, Matrix b, Matrix y, int before) {
    int depth = b.rows;
    double[] panels = BUFFERS.get().panels(depth * (b.columns + COLUMNS - 1));
    if (Threads.isWorthwhile((long) a.rows * depth * b.columns)) {
      // Several threads pack b, and then each packs rows of a and multiplies them by all of b.
      Threads.divide(
          b.columns,
          COLUMNS,
          (from, to) ->
              VectorPacking.panels(b.part(0, from, depth, to - from), panels, from * depth));
      Threads.divide(a.rows, ROWS, (from, to) -> multiplyRows(a, panels, y, before, from, to));
    } else {
      VectorPacking.panels(b, panels, 0);
      multiplyRows(a, panels, y, before, 0, a.rows);
    }
  }

  /** Some rows of y, from one to another. */
  private static void multiplyRows(
      Matrix a, double[] panels, Matrix y, int before, int from, int to) {
    Buffers own = BUFFERS.get();
    for (int i = from; i < to; i += BLOCK_ROWS) {
      own.packStrips(a, i, Math.min(BLOCK_ROWS, to - i));
      multiplyStrips(own, panels, y, before);
    }
  }

  private static void multiplyStrips(Buffers own, double[] panels, Matrix y, int before) {
    for (int j = 0; j < y.columns; j += COLUMNS) {
      for (int i = 0; i < own.rows; i += ROWS) {
        tile(own, i, panels, j);
      }
      if (j + COLUMNS > y.columns) {
        writeEdge(own, y, j, before);
      } else if (before > 0) {
        addPanel(own, y, j);
      } else {
        writePanel(own, y, j);
      }
    }
  }

  /** y = c in the columns from j on, where c has the rows of a panel one after another. */
  private static void writePanel(Buffers own, Matrix y, int j) {
    double[] c = own.c;
    double[] values = y.values;
    int end = own.rows * COLUMNS;
    for (int atC = 0, atY = y.at(own.first, j); atC < end; atC += COLUMNS, atY += y.rowStride) {
      DoubleVector.fromArray(S, c, atC).intoArray(values, atY);
      DoubleVector.fromArray(S, c, atC + W).intoArray(values, atY + W);
    }
  }

  /** y += c. */
  private static void addPanel(Buffers own, Matrix y, int j) {
    double[] c = own.c;
    double[] values = y.values;
    int end = own.rows * COLUMNS;
    for (int atC = 0, atY = y.at(own.first, j); atC < end; atC += COLUMNS, atY += y.rowStride) {
      DoubleVector y0 = DoubleVector.fromArray(S, values, atY);
      DoubleVector y1 = DoubleVector.fromArray(S, values, atY + W);
      DoubleVector.fromArray(S, c, atC).add(y0).intoArray(values, atY);
      DoubleVector.fromArray(S, c, atC + W).add(y1).intoArray(values, atY + W);
    }
  }

  /** y = c or y += c for the last panel, of fewer columns than the others. */
  private static void writeEdge(Buffers own, Matrix y, int j, int before) {
    double[] c = own.c;
    int width = y.columns - j;
    for (int i = 0, atC = 0; i < own.rows; i++, atC += COLUMNS) {
      int atY = y.at(own.first + i, j);
      for (int q = 0; q < width; q++) {
        y.values[atY + q] = before > 0 ? y.values[atY + q] + c[atC + q] : c[atC + q];
      }
    }
  }

  /** c = a · b for the tile of strip i and panel j; a: 5 × k, b: k × 2 vectors, c: all packed. */
  private static void tile(Buffers own, int i, double[] b, int j) {
    double[] a = own.strips;
    double[] c = own.c;
    int k = own.depth;
    int fromB = j * k;
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
    for (int atB = fromB, atA = i * k; atB < end; atB += COLUMNS, atA += ROWS) {
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
    int at = i * COLUMNS;
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
