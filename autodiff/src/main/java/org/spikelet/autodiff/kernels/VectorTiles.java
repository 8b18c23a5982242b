package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorProduct}: y = old + a · b for a tile of some rows × some vectors,
 * whose sums stay in registers while k runs.
 *
 * <pre>
 *                          b, packed: for each p the vectors of a panel
 *                          ┌────┬────┬────┐
 *                          │ b₀ │ b₁ │ b₂ │  p = 0 … k−1
 *                          └────┴────┴────┘
 *    a: for each p   ┌──┐  ┌────┬────┬────┐
 *    the values of   │a₀│  │ c₀₀│ c₀₁│ c₀₂│   c += aᵢ · b, a fused multiply-add for each
 *    a strip of      │a₁│  │ c₁₀│ c₁₁│ c₁₂│   vector. Two of them can begin in a cycle, and
 *    rows            │… │  │ …  │    │    │   a sum has to wait 4 cycles for its last one:
 *                    │a₇│  │ c₇₀│ c₇₁│ c₇₂│   so 8 sums at least keep the units busy.
 *                    └──┘  └────┴────┴────┘
 * </pre>
 *
 * <p>With 32 registers, as AVX-512 has them, 8 rows × 3 vectors hold 24 sums, 3 vectors of b and a
 * value of a, and load 11 times for 24 multiply-adds; with 16 registers 5 rows × 2 vectors hold 10,
 * and load 7 times.
 *
 * <p>The last sum is added to what is old: that is y itself, or zeros of stride 0. With a branch
 * instead, Java 17 would keep vectors in objects, 50 times slower. The step along b is a constant,
 * for only then are its loads not checked one by one.
 */
final class VectorTiles {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorTiles() {}

  /** y = old + a · b for 8 rows × 3 vectors; a: from an index on, for each p 8 values in a row. */
  static void tile8x3(
      double[] a, int fromA, int step, int k, double[] b, int fromB, Rows old, Rows y) {
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
    DoubleVector c60 = DoubleVector.zero(S);
    DoubleVector c61 = DoubleVector.zero(S);
    DoubleVector c62 = DoubleVector.zero(S);
    DoubleVector c70 = DoubleVector.zero(S);
    DoubleVector c71 = DoubleVector.zero(S);
    DoubleVector c72 = DoubleVector.zero(S);
    int end = fromB + k * 3 * W;
    for (int atB = fromB, atA = fromA; atB < end; atB += 3 * W, atA += step) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, atB);
      DoubleVector b1 = DoubleVector.fromArray(S, b, atB + W);
      DoubleVector b2 = DoubleVector.fromArray(S, b, atB + 2 * W);
      DoubleVector x = DoubleVector.broadcast(S, a[atA]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = DoubleVector.broadcast(S, a[atA + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = DoubleVector.broadcast(S, a[atA + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = DoubleVector.broadcast(S, a[atA + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = DoubleVector.broadcast(S, a[atA + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = DoubleVector.broadcast(S, a[atA + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      x = DoubleVector.broadcast(S, a[atA + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      c62 = x.fma(b2, c62);
      x = DoubleVector.broadcast(S, a[atA + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      c72 = x.fma(b2, c72);
    }
    double[] from = old.values;
    double[] to = y.values;
    int f = old.at;
    int t = y.at;
    c00.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c01.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c02.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += old.stride;
    t += y.stride;
    c10.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c11.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c12.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += old.stride;
    t += y.stride;
    c20.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c21.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c22.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += old.stride;
    t += y.stride;
    c30.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c31.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c32.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += old.stride;
    t += y.stride;
    c40.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c41.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c42.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += old.stride;
    t += y.stride;
    c50.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c51.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c52.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += old.stride;
    t += y.stride;
    c60.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c61.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c62.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
    f += old.stride;
    t += y.stride;
    c70.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c71.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    c72.add(DoubleVector.fromArray(S, from, f + 2 * W)).intoArray(to, t + 2 * W);
  }

  /** y = old + a · b for 8 rows × 2 vectors; a: from an index on, for each p 8 values in a row. */
  static void tile8x2(
      double[] a, int fromA, int step, int k, double[] b, int fromB, Rows old, Rows y) {
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
    DoubleVector c60 = DoubleVector.zero(S);
    DoubleVector c61 = DoubleVector.zero(S);
    DoubleVector c70 = DoubleVector.zero(S);
    DoubleVector c71 = DoubleVector.zero(S);
    int end = fromB + k * 2 * W;
    for (int atB = fromB, atA = fromA; atB < end; atB += 2 * W, atA += step) {
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
      x = DoubleVector.broadcast(S, a[atA + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = DoubleVector.broadcast(S, a[atA + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = DoubleVector.broadcast(S, a[atA + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
    }
    double[] from = old.values;
    double[] to = y.values;
    int f = old.at;
    int t = y.at;
    c00.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c01.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c10.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c11.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c20.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c21.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c30.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c31.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c40.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c41.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c50.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c51.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c60.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c61.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c70.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c71.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
  }

  /** y = old + a · b for 5 rows × 2 vectors; a: from an index on, for each p 5 values in a row. */
  static void tile5x2(
      double[] a, int fromA, int step, int k, double[] b, int fromB, Rows old, Rows y) {
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
    int end = fromB + k * 2 * W;
    for (int atB = fromB, atA = fromA; atB < end; atB += 2 * W, atA += step) {
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
    double[] from = old.values;
    double[] to = y.values;
    int f = old.at;
    int t = y.at;
    c00.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c01.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c10.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c11.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c20.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c21.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c30.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c31.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
    f += old.stride;
    t += y.stride;
    c40.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    c41.add(DoubleVector.fromArray(S, from, f + W)).intoArray(to, t + W);
  }

  /**
   * y = old + a · b for 8 rows × 1 vector, where a is not packed.
   *
   * @param last the last row that there is; those after it are computed as this one
   */
  static void tile8x1(Matrix a, int row, int last, double[] b, int fromB, Rows old, Rows y) {
    double[] x = a.values;
    int a0 = a.at(row, 0);
    int a1 = a.at(Math.min(row + 1, last), 0);
    int a2 = a.at(Math.min(row + 2, last), 0);
    int a3 = a.at(Math.min(row + 3, last), 0);
    int a4 = a.at(Math.min(row + 4, last), 0);
    int a5 = a.at(Math.min(row + 5, last), 0);
    int a6 = a.at(Math.min(row + 6, last), 0);
    int a7 = a.at(Math.min(row + 7, last), 0);
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c60 = DoubleVector.zero(S);
    DoubleVector c70 = DoubleVector.zero(S);
    int step = a.columnStride;
    int k = a.columns;
    int end = fromB + k * W;
    for (int atB = fromB, atA = 0; atB < end; atB += W, atA += step) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, atB);
      c00 = DoubleVector.broadcast(S, x[a0 + atA]).fma(b0, c00);
      c10 = DoubleVector.broadcast(S, x[a1 + atA]).fma(b0, c10);
      c20 = DoubleVector.broadcast(S, x[a2 + atA]).fma(b0, c20);
      c30 = DoubleVector.broadcast(S, x[a3 + atA]).fma(b0, c30);
      c40 = DoubleVector.broadcast(S, x[a4 + atA]).fma(b0, c40);
      c50 = DoubleVector.broadcast(S, x[a5 + atA]).fma(b0, c50);
      c60 = DoubleVector.broadcast(S, x[a6 + atA]).fma(b0, c60);
      c70 = DoubleVector.broadcast(S, x[a7 + atA]).fma(b0, c70);
    }
    double[] from = old.values;
    double[] to = y.values;
    int f = old.at;
    int t = y.at;
    c00.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += old.stride;
    t += y.stride;
    c10.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += old.stride;
    t += y.stride;
    c20.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += old.stride;
    t += y.stride;
    c30.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += old.stride;
    t += y.stride;
    c40.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += old.stride;
    t += y.stride;
    c50.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += old.stride;
    t += y.stride;
    c60.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
    f += old.stride;
    t += y.stride;
    c70.add(DoubleVector.fromArray(S, from, f)).intoArray(to, t);
  }

  /** Where rows lie in an array: the first at an index, and each so far after the one before. */
  static final class Rows {
    double[] values = {};
    int at;
    int stride;

    void set(double[] values, int at, int stride) {
      this.values = values;
      this.at = at;
      this.stride = stride;
    }
  }
}
