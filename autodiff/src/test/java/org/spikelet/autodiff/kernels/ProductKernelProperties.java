package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Both kernels multiply matrices of any size, transposed or not, and the vector ones to the bit.
 */
class ProductKernelProperties {

  private static final Kernels VECTOR = new VectorKernels();
  private static final Kernels REFERENCE = new ReferenceKernels();

  /** Operands and what stands in y before, all somewhere inside larger arrays. */
  private static final class Case {
    final int m;
    final int k;
    final int n;
    final Matrix a;
    final Matrix b;
    final int stride;
    final int from;
    final double[] start;

    Case(int m, int k, int n, boolean transposeA, boolean transposeB, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      this.m = m;
      this.k = k;
      this.n = n;
      from = random.nextInt(5);
      stride = n + random.nextInt(3);
      a = matrix(numbers(random, from + m * k), from, m, k, transposeA);
      b = matrix(numbers(random, from + k * n), from, k, n, transposeB);
      start = numbers(random, from + m * stride + 3);
    }

    private static Matrix matrix(
        double[] values, int from, int rows, int columns, boolean transposed) {
      return transposed
          ? Matrix.of(values, from, columns, rows).transpose()
          : Matrix.of(values, from, rows, columns);
    }

    private static double[] numbers(SplittableRandom random, int count) {
      return random.doubles(count, -1, 1).toArray();
    }

    /** The same with both operands multiplied by a number. */
    Case times(double factor) {
      Arrays.setAll(a.values, i -> a.values[i] * factor);
      Arrays.setAll(b.values, i -> b.values[i] * factor);
      return this;
    }

    double[] multiply(Kernels kernels) {
      double[] y = start.clone();
      kernels.multiply(a, b, Matrix.of(y, from, m, stride).part(0, 0, m, n));
      return y;
    }

    double[] affine(Kernels kernels, double[] bias) {
      double[] y = Case.numbers(new SplittableRandom(m), m * n); // to be written over
      kernels.affine(a, b, bias, y);
      return y;
    }

    /** The product, and then the bias added to each row of it. */
    double[] thenAdded(Kernels kernels, double[] bias) {
      double[] y = new double[m * n];
      kernels.multiply(a, b, Matrix.of(y, 0, m, n));
      Arrays.setAll(y, i -> y[i] + bias[i % n]);
      return y;
    }

    /**
     * Each element by itself: a₀·b₀ + a₁·b₁ + … in this order, rounded once a step, and the sum of
     * each 256 products added to y, which is 0 before.
     */
    double[] oneByOne() {
      double[] y = start.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          y[from + i * stride + j] = 0;
          for (int block = 0; block < k; block += 256) {
            double sum = 0;
            for (int p = block; p < Math.min(k, block + 256); p++) {
              sum = Math.fma(a.get(i, p), b.get(p, j), sum);
            }
            y[from + i * stride + j] += sum;
          }
        }
      }
      return y;
    }
  }

  @Property(tries = 500)
  void vectorProductsHaveTheBitsOfTheSumsOneByOne(
      @ForAll @IntRange(max = 37) int m,
      @ForAll @IntRange(max = 70) int k,
      @ForAll @IntRange(max = 70) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll long seed) {
    Case product = new Case(m, k, n, transposeA, transposeB, seed);
    assertThat(product.multiply(VECTOR)).containsExactly(product.oneByOne());
  }

  /** Narrower than a tile, whose rows then write over what stands before the next ones. */
  @Property(tries = 300)
  void soHaveNarrowProductsOfManyRows(
      @ForAll @IntRange(max = 200) int m,
      @ForAll @IntRange(min = 2, max = 20) int k,
      @ForAll @IntRange(min = 1, max = 30) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll long seed) {
    Case product = new Case(m, k, n, transposeA, transposeB, seed);
    assertThat(product.multiply(VECTOR)).containsExactly(product.oneByOne());
  }

  /** Sums of products of numbers below 1: k roundings of sums below k + 1. */
  @Property(tries = 300)
  void referenceProductsAgreeButForRounding(
      @ForAll @IntRange(max = 20) int m,
      @ForAll @IntRange(max = 40) int k,
      @ForAll @IntRange(max = 20) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll long seed) {
    Case product = new Case(m, k, n, transposeA, transposeB, seed);
    double rounding = 2 * (k + 1) * Math.ulp(k + 1.0);
    assertThat(product.multiply(REFERENCE)).containsExactly(product.oneByOne(), within(rounding));
  }

  /**
   * The sum of a block is added to that of the one before, whether b is copied or read in place.
   */
  @Property(tries = 30)
  void soHaveThoseOfSeveralBlocks(
      @ForAll @IntRange(min = 1, max = 140) int m,
      @ForAll @IntRange(min = 257, max = 300) int k,
      @ForAll @IntRange(min = 1, max = 50) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll long seed) {
    Case product = new Case(m, k, n, transposeA, transposeB, seed);
    assertThat(product.multiply(VECTOR)).containsExactly(product.oneByOne());
  }

  /** In one pass or in two, as it is better: for one row, one column, or several blocks, in two. */
  @Property(tries = 500)
  void affineHasTheBitsOfAProductAndASum(
      @ForAll @IntRange(max = 37) int m,
      @ForAll @IntRange(max = 70) int k,
      @ForAll @IntRange(max = 70) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll long seed) {
    Case product = new Case(m, k, n, transposeA, transposeB, seed);
    double[] bias = Case.numbers(new SplittableRandom(~seed), n);
    for (Kernels kernels : new Kernels[] {VECTOR, REFERENCE}) {
      assertThat(product.affine(kernels, bias)).containsExactly(product.thenAdded(kernels, bias));
    }
  }

  /** Where all products underflow, and the bias is −0, too: −0 + 0 + −0 is 0. */
  @Property(tries = 200)
  void soItHasWhereProductsUnderflow(
      @ForAll @IntRange(max = 20) int m,
      @ForAll @IntRange(min = 1, max = 5) int k,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll boolean transposeB,
      @ForAll long seed) {
    Case product = new Case(m, k, n, false, transposeB, seed).times(1e-200);
    double[] bias = new double[n];
    Arrays.setAll(bias, j -> j % 3 == 0 ? 0.0 : -0.0);
    for (Kernels kernels : new Kernels[] {VECTOR, REFERENCE}) {
      assertThat(product.affine(kernels, bias)).containsExactly(product.thenAdded(kernels, bias));
    }
  }

  @Example
  void soHasALargeAffineMap() {
    for (int k : new int[] {90, 256, 257, 600}) {
      Case product = new Case(211, k, 1043, false, k == 256, k);
      double[] bias = Case.numbers(new SplittableRandom(k), product.n);
      assertThat(product.affine(VECTOR, bias)).containsExactly(product.thenAdded(VECTOR, bias));
    }
  }

  /** A sum that begins at 0 is never −0: fma(−1, 0, 0) is 0. */
  @Property(tries = 50)
  void zerosHaveTheSignOfASum(
      @ForAll @IntRange(min = 1, max = 9) int m, @ForAll @IntRange(min = 1, max = 20) int n) {
    double[] column = new double[m];
    double[] row = new double[n];
    Arrays.setAll(column, i -> i % 2 == 0 ? -1 : 0.0);
    Arrays.setAll(row, j -> j % 3 == 0 ? 0.0 : j % 3 == 1 ? -0.0 : 1);
    double[] y = new double[m * n];
    VECTOR.multiply(Matrix.of(column, 0, m, 1), Matrix.of(row, 0, 1, n), Matrix.of(y, 0, m, n));
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isEqualTo(Double.valueOf(Math.fma(column[i / n], row[i % n], 0.0)));
    }
  }

  /**
   * Where all products underflow, too: fma(−1e−200, 1e−200, 0) is −0, and added to 0 it is 0. Or to
   * the smallest numbers.
   */
  @Property(tries = 200)
  void productsThatUnderflowHaveTheSameBits(
      @ForAll @IntRange(max = 9) int m,
      @ForAll @IntRange(min = 1, max = 5) int k,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll boolean transposeB,
      @ForAll boolean toZero,
      @ForAll long seed) {
    double factor = toZero ? 1e-200 : 1e-161;
    Case product = new Case(m, k, n, false, transposeB, seed).times(factor);
    assertThat(product.multiply(VECTOR)).containsExactly(product.oneByOne());
  }

  /** More than one block in every direction, and enough work to be divided among threads. */
  @Example
  void productsOfSeveralBlocksHaveTheSameBits() {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        Case wide = new Case(99, 301, 1043, transposeA, transposeB, 1);
        assertThat(wide.multiply(VECTOR)).containsExactly(wide.oneByOne());
        Case tall = new Case(1001, 515, 23, transposeA, transposeB, 2);
        assertThat(tall.multiply(VECTOR)).containsExactly(tall.oneByOne());
        Case deep = new Case(37, 1501, 29, transposeA, transposeB, 3); // blocks of k apart
        assertThat(deep.multiply(VECTOR)).containsExactly(deep.oneByOne());
      }
    }
  }

  /** What fills up the blocks must not turn an infinity into NaN. */
  @Example
  void infinityAndNanReachTheirOwnRowAndColumnOnly() {
    for (int[] size : new int[][] {{5, 9}, {50, 7}, {50, 100}, {101, 13}}) {
      int m = size[0];
      int n = size[1];
      double[] a = new double[m * 3];
      double[] b = new double[3 * n];
      Arrays.fill(a, 1);
      Arrays.fill(b, 1);
      a[4 * 3 + 1] = Double.POSITIVE_INFINITY;
      b[n - 1] = Double.NaN;
      for (Kernels kernels : new Kernels[] {VECTOR, REFERENCE}) {
        double[] y = new double[m * n];
        kernels.multiply(Matrix.of(a, 0, m, 3), Matrix.of(b, 0, 3, n), Matrix.of(y, 0, m, n));
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double expected = j == n - 1 ? Double.NaN : i == 4 ? Double.POSITIVE_INFINITY : 3;
            assertThat(y[i * n + j]).as("%s, %s", i, j).isEqualTo(Double.valueOf(expected));
          }
        }
      }
    }
  }
}
