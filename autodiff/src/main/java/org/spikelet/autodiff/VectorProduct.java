package org.spikelet.autodiff;

import java.util.Arrays;
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
 * <p>Before, a and b are copied block by block, in the order in which the tiles read them, and
 * filled up with zeros at the edges: then transposed matrices cost nothing more, and a panel of b
 * and a strip of a stay in the first cache, a block of strips in the second. The tiles of a panel
 * go into a column c, which is then written or added to y at once: a tile that read y by itself
 * would wait for memory in each of its rows.
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
  private static final int ROWS = 5;

  private static final int COLUMNS = 2 * W;

  /** How much of k, of the rows and of the columns is packed at a time. */
  private static final int BLOCK_K = 256;

  private static final int BLOCK_ROWS = 60;
  private static final int BLOCK_COLUMNS = 1024;

  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  /** What a thread packs into; grown to what its products need. */
  private static final class Buffers {
    private double[] a = {};
    private double[] b = {};
    private final double[] c = new double[BLOCK_ROWS * COLUMNS];

    void grow(int m, int k, int n) {
      int sizeA = Math.min(m + ROWS - 1, BLOCK_ROWS) * Math.min(k, BLOCK_K);
      int sizeB = Math.min(n + COLUMNS - 1, BLOCK_COLUMNS) * Math.min(k, BLOCK_K);
      a = a.length < sizeA ? new double[sizeA] : a;
      b = b.length < sizeB ? new double[sizeB] : b;
    }
  }

  /** y = a · b; a: m × k, b: k × n, y: m × n with contiguous rows. */
  void multiply(Matrix a, Matrix b, Matrix y, int m, int k, int n) {
    long work = (long) m * k * n;
    if (!Workers.isWorthwhile(work)) {
      multiplyHere(a, b, y, m, k, n);
    } else if (n >= m) {
      Workers.run(
          work, n, COLUMNS, (j, end) -> multiplyHere(a, b.from(0, j), y.from(0, j), m, k, end - j));
    } else {
      Workers.run(
          work, m, ROWS, (i, end) -> multiplyHere(a.from(i, 0), b, y.from(i, 0), end - i, k, n));
    }
  }

  private static void multiplyHere(Matrix a, Matrix b, Matrix y, int m, int k, int n) {
    Buffers buffers = BUFFERS.get();
    buffers.grow(m, k, n);
    int p = 0;
    do { // at least once, for without a single product y is 0
      int depth = Math.min(BLOCK_K, k - p);
      for (int j = 0; j < n; j += BLOCK_COLUMNS) {
        int columns = Math.min(BLOCK_COLUMNS, n - j);
        packPanels(b, b.at(p, j), depth, columns, buffers.b);
        for (int i = 0; i < m; i += BLOCK_ROWS) {
          int rows = Math.min(BLOCK_ROWS, m - i);
          packStrips(a, a.at(i, p), rows, depth, buffers.a);
          multiplyBlock(buffers, depth, p > 0, y.values, y.at(i, j), y.rowStride, rows, columns);
        }
      }
      p += BLOCK_K;
    } while (p < k);
  }

  private static void multiplyBlock(
      Buffers buffers,
      int depth,
      boolean add,
      double[] y,
      int fromY,
      int stride,
      int rows,
      int columns) {
    double[] c = buffers.c;
    for (int j = 0; j < columns; j += COLUMNS) {
      for (int i = 0; i < rows; i += ROWS) {
        tile(buffers.a, i * depth, buffers.b, j * depth, depth, c, i * COLUMNS);
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

  /** Copies a: m × k in strips of 5 rows: for each p the p-th elements of the strip. */
  private static void packStrips(Matrix a, int from, int m, int k, double[] y) {
    double[] x = a.values;
    for (int i = 0; i < m; i += ROWS) {
      int at = i * k;
      int x0 = from + i * a.rowStride;
      int x1 = x0 + a.rowStride;
      int x2 = x1 + a.rowStride;
      int x3 = x2 + a.rowStride;
      int x4 = x3 + a.rowStride;
      if (i + ROWS > m) {
        packEdge(x, x0, a.rowStride, a.columnStride, m - i, k, y, at, ROWS);
      } else if (a.columnStride == 1) {
        for (int p = 0; p < k; p++) {
          y[at + p * ROWS] = x[x0 + p];
          y[at + p * ROWS + 1] = x[x1 + p];
          y[at + p * ROWS + 2] = x[x2 + p];
          y[at + p * ROWS + 3] = x[x3 + p];
          y[at + p * ROWS + 4] = x[x4 + p];
        }
      } else {
        for (int p = 0, column = 0; p < k; p++, column += a.columnStride) {
          y[at + p * ROWS] = x[x0 + column];
          y[at + p * ROWS + 1] = x[x1 + column];
          y[at + p * ROWS + 2] = x[x2 + column];
          y[at + p * ROWS + 3] = x[x3 + column];
          y[at + p * ROWS + 4] = x[x4 + column];
        }
      }
    }
  }

  /** Copies b: k × n in panels of 2 vectors: for each p the p-th row of the panel. */
  private static void packPanels(Matrix b, int from, int k, int n, double[] y) {
    for (int j = 0; j < n; j += COLUMNS) {
      int at = j * k;
      int start = from + j * b.columnStride;
      if (j + COLUMNS > n) {
        packEdge(b.values, start, b.columnStride, b.rowStride, n - j, k, y, at, COLUMNS);
      } else if (b.columnStride == 1) {
        packPanel(b.values, start, b.rowStride, k, y, at);
      } else {
        for (int q = 0; q < COLUMNS; q += 4) {
          packFourColumns(b, start + q * b.columnStride, k, y, at + q);
        }
      }
    }
  }

  private static void packPanel(double[] x, int from, int stride, int k, double[] y, int at) {
    for (int p = 0, row = from; p < k; p++, row += stride) {
      DoubleVector.fromArray(S, x, row).intoArray(y, at + p * COLUMNS);
      DoubleVector.fromArray(S, x, row + W).intoArray(y, at + p * COLUMNS + W);
    }
  }

  /** Four columns of a transposed matrix, which are rows of the array. */
  private static void packFourColumns(Matrix b, int x0, int k, double[] y, int at) {
    double[] x = b.values;
    int x1 = x0 + b.columnStride;
    int x2 = x1 + b.columnStride;
    int x3 = x2 + b.columnStride;
    for (int p = 0; p < k; p++) {
      y[at + p * COLUMNS] = x[x0 + p];
      y[at + p * COLUMNS + 1] = x[x1 + p];
      y[at + p * COLUMNS + 2] = x[x2 + p];
      y[at + p * COLUMNS + 3] = x[x3 + p];
    }
  }

  /** The last strip or panel, with fewer lines than the others, filled up with zeros. */
  private static void packEdge(
      double[] x,
      int from,
      int lineStride,
      int step,
      int lines,
      int k,
      double[] y,
      int at,
      int group) {
    Arrays.fill(y, at, at + k * group, 0);
    for (int q = 0; q < lines; q++) {
      int line = from + q * lineStride;
      for (int p = 0; p < k; p++) {
        y[at + p * group + q] = x[line + p * step];
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
