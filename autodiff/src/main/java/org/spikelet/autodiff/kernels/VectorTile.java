package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of the {@linkplain VectorProduct product}, y = or += a · b for some rows × some vectors,
 * whose sums stay in registers while k runs: what it reads, and where the result goes.
 *
 * <pre>
 *                          b: for each p the vectors of a panel
 *                          ┌────┬────┬────┐
 *                          │ b₀ │ b₁ │ b₂ │  p = 0 … k−1
 *                          └────┴────┴────┘
 *    a: for each p   ┌──┐  ┌────┬────┬────┐
 *    the values of   │a₀│  │ c₀₀│ c₀₁│ c₀₂│   c += aᵢ · b, a fused multiply-add for each
 *    some rows       │a₁│  │ c₁₀│ c₁₁│ c₁₂│   vector. Two of them can begin in a cycle, and
 *                    │… │  │ …  │    │    │   a sum has to wait 4 cycles for its last one:
 *                    │a₅│  │ c₅₀│ c₅₁│ c₅₂│   so 8 sums at least keep the units busy.
 *                    └──┘  └────┴────┴────┘
 * </pre>
 *
 * <p>With 32 registers, as AVX-512 has them, 6 rows × 3 vectors hold 18 sums, 3 vectors of b and a
 * value of a, and load 9 times for 18 multiply-adds; with 16 registers 6 rows × 2 vectors hold 12,
 * and load 8 times.
 *
 * <p>a is read where it lies, by rows or by columns, from a first row on; those behind the last one
 * are computed as it is. The sum is always added to what is old: that is y itself, or a row that is
 * the same for all, of stride 0: a bias, or zeros. With a branch instead, Java 17 would keep
 * vectors in objects, 50 times slower; so does Java 25 where the loop reads a field, of {@code a}
 * or of this.
 */
final class VectorTile {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final double[] ZEROS = new double[3 * W];

  /** b: for each p the vectors of a panel, so far after those of the last. */
  double[] b = {};

  int fromB;
  int stepB;

  private double[] old = {};
  private int fromOld;
  private int strideOld;
  private double[] y = {};
  private int fromY;
  private int strideY;

  /** Zeros to add to. */
  static Matrix zeros(int rows, int columns) {
    return Matrix.zeros(ZEROS, rows, columns);
  }

  /** The result, y from row i and column j on, is what is old there and the product. */
  void aim(Matrix old, Matrix y, int i, int j) {
    this.old = old.values;
    this.fromOld = old.at(i, j);
    this.strideOld = old.rowStride;
    this.y = y.values;
    this.fromY = y.at(i, j);
    this.strideY = y.rowStride;
  }

  /** 6 rows × 3 vectors, of a from the first row on. */
  void tile6x3(Matrix a, int first, int last) {
    double[] x = a.values;
    int k = a.columns;
    int stepA = a.columnStride;
    int a0 = a.at(first, 0);
    int a1 = a.at(Math.min(first + 1, last), 0);
    int a2 = a.at(Math.min(first + 2, last), 0);
    int a3 = a.at(Math.min(first + 3, last), 0);
    int a4 = a.at(Math.min(first + 4, last), 0);
    int a5 = a.at(Math.min(first + 5, last), 0);
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c02 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c12 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c21 = DoubleVector.zero(S);
    DoubleVector c22 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c31 = DoubleVector.zero(S);
    DoubleVector c32 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c41 = DoubleVector.zero(S);
    DoubleVector c42 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c51 = DoubleVector.zero(S);
    DoubleVector c52 = DoubleVector.zero(S);
    double[] panel = b;
    int step = stepB;
    for (int p = 0, at = 0, atB = fromB; p < k; p++, at += stepA, atB += step) {
      DoubleVector b0 = DoubleVector.fromArray(S, panel, atB);
      DoubleVector b1 = DoubleVector.fromArray(S, panel, atB + W);
      DoubleVector b2 = DoubleVector.fromArray(S, panel, atB + 2 * W);
      DoubleVector v = DoubleVector.broadcast(S, x[a0 + at]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      v = DoubleVector.broadcast(S, x[a1 + at]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      v = DoubleVector.broadcast(S, x[a2 + at]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      c22 = v.fma(b2, c22);
      v = DoubleVector.broadcast(S, x[a3 + at]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      c32 = v.fma(b2, c32);
      v = DoubleVector.broadcast(S, x[a4 + at]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      c42 = v.fma(b2, c42);
      v = DoubleVector.broadcast(S, x[a5 + at]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      c52 = v.fma(b2, c52);
    }
    double[] from = old;
    double[] to = y;
    int f = fromOld;
    int t = fromY;
    c00.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c01.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c02.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += strideOld;
    t += strideY;
    c10.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c11.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c12.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += strideOld;
    t += strideY;
    c20.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c21.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c22.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += strideOld;
    t += strideY;
    c30.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c31.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c32.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += strideOld;
    t += strideY;
    c40.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c41.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c42.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += strideOld;
    t += strideY;
    c50.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c51.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c52.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
  }

  /** 6 rows × 2 vectors. */
  void tile6x2(Matrix a, int first, int last) {
    double[] x = a.values;
    int k = a.columns;
    int stepA = a.columnStride;
    int a0 = a.at(first, 0);
    int a1 = a.at(Math.min(first + 1, last), 0);
    int a2 = a.at(Math.min(first + 2, last), 0);
    int a3 = a.at(Math.min(first + 3, last), 0);
    int a4 = a.at(Math.min(first + 4, last), 0);
    int a5 = a.at(Math.min(first + 5, last), 0);
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
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c51 = DoubleVector.zero(S);
    double[] panel = b;
    int step = stepB;
    for (int p = 0, at = 0, atB = fromB; p < k; p++, at += stepA, atB += step) {
      DoubleVector b0 = DoubleVector.fromArray(S, panel, atB);
      DoubleVector b1 = DoubleVector.fromArray(S, panel, atB + W);
      DoubleVector v = DoubleVector.broadcast(S, x[a0 + at]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = DoubleVector.broadcast(S, x[a1 + at]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = DoubleVector.broadcast(S, x[a2 + at]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = DoubleVector.broadcast(S, x[a3 + at]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      v = DoubleVector.broadcast(S, x[a4 + at]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      v = DoubleVector.broadcast(S, x[a5 + at]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
    }
    double[] from = old;
    double[] to = y;
    int f = fromOld;
    int t = fromY;
    c00.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c01.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += strideOld;
    t += strideY;
    c10.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c11.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += strideOld;
    t += strideY;
    c20.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c21.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += strideOld;
    t += strideY;
    c30.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c31.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += strideOld;
    t += strideY;
    c40.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c41.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += strideOld;
    t += strideY;
    c50.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c51.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
  }

  /** 8 rows × 1 vector. */
  void tile8x1(Matrix a, int first, int last) {
    double[] x = a.values;
    int k = a.columns;
    int stepA = a.columnStride;
    int a0 = a.at(first, 0);
    int a1 = a.at(Math.min(first + 1, last), 0);
    int a2 = a.at(Math.min(first + 2, last), 0);
    int a3 = a.at(Math.min(first + 3, last), 0);
    int a4 = a.at(Math.min(first + 4, last), 0);
    int a5 = a.at(Math.min(first + 5, last), 0);
    int a6 = a.at(Math.min(first + 6, last), 0);
    int a7 = a.at(Math.min(first + 7, last), 0);
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c60 = DoubleVector.zero(S);
    DoubleVector c70 = DoubleVector.zero(S);
    double[] panel = b;
    int step = stepB;
    for (int p = 0, at = 0, atB = fromB; p < k; p++, at += stepA, atB += step) {
      DoubleVector b0 = DoubleVector.fromArray(S, panel, atB);
      c00 = DoubleVector.broadcast(S, x[a0 + at]).fma(b0, c00);
      c10 = DoubleVector.broadcast(S, x[a1 + at]).fma(b0, c10);
      c20 = DoubleVector.broadcast(S, x[a2 + at]).fma(b0, c20);
      c30 = DoubleVector.broadcast(S, x[a3 + at]).fma(b0, c30);
      c40 = DoubleVector.broadcast(S, x[a4 + at]).fma(b0, c40);
      c50 = DoubleVector.broadcast(S, x[a5 + at]).fma(b0, c50);
      c60 = DoubleVector.broadcast(S, x[a6 + at]).fma(b0, c60);
      c70 = DoubleVector.broadcast(S, x[a7 + at]).fma(b0, c70);
    }
    double[] from = old;
    double[] to = y;
    int f = fromOld;
    int t = fromY;
    c00.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += strideOld;
    t += strideY;
    c10.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += strideOld;
    t += strideY;
    c20.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += strideOld;
    t += strideY;
    c30.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += strideOld;
    t += strideY;
    c40.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += strideOld;
    t += strideY;
    c50.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += strideOld;
    t += strideY;
    c60.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += strideOld;
    t += strideY;
    c70.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
  }
}
