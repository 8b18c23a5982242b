package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's version: as many elements at once as the processor's vectors hold.
 *
 * <p>It uses only operations that IEEE 754 defines to the last bit. The API's own exponential and
 * hyperbolic tangent are left alone: before the JIT compiler has seen a loop they give other bits
 * than after, so a training could not be repeated. Here both come from one polynomial. With n = ⌊x
 * / ln 2⌉ and r = x − n ln 2, so that |r| ≤ ½ ln 2,
 *
 * <pre>
 * q = eʳ − 1 = r + r² (1/2! + r/3! + … + r¹¹/13!)      Taylor's series; what is left is below 2⁻⁵⁷
 * eˣ = 2ⁿ + 2ⁿ q
 * eˣ − 1 = (2ⁿ − 1) + 2ⁿ q
 * tanh x = ±(e^(2|x|) − 1) / (e^(2|x|) + 1)
 * </pre>
 *
 * <p>r is exact to twice the precision, n ln 2 being subtracted in two parts (Cody and Waite 1980,
 * chapter 6). The results are within 2 ulp of StrictMath's, those of tanh within 4; NaN stays NaN.
 *
 * <p>Loops over vectors are written out, without helpers that take or return vectors: where the JIT
 * compiler does not inline one, the vectors go to the heap. So the polynomial is a loop of its own,
 * over a stretch that stays in the first cache, and what the functions do with it are others.
 */
final class VectorKernels implements Kernels {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private static final double LOG2_E = 1.4426950408889634;

  /** The first 32 bits of ln 2, so that n times it is exact, and the rest. */
  private static final double LN2_HIGH = 0.6931471803691238;

  private static final double LN2_LOW = 1.9082149292705877e-10;

  /** 1.5 · 2⁵²: adding it rounds to an integer, which then stands in the lowest bits. */
  private static final double ROUND = 0x1.8p52;

  private static final long ONE = Double.doubleToRawLongBits(1.0);
  private static final int EXPONENT = 52;

  private static final ThreadLocal<Stretch> STRETCH = ThreadLocal.withInitial(Stretch::new);

  /**
   * A part of an array on which the exponential is computed: eˣ = (1 + q) · s · t. The part is
   * copied to where the others begin, too: else the JIT compiler cannot tell that a loop's arrays
   * do not overlap, and makes no vectors of it.
   */
  private static final class Stretch {
    private static final int LENGTH = 256;

    private final double[] x = new double[LENGTH];
    private final double[] y = new double[LENGTH];
    private final double[] q = new double[LENGTH];
    private final double[] s = new double[LENGTH];
    private final double[] t = new double[LENGTH];

    /** Copies from an index of an array, at most up to another, and returns how many. */
    private int read(double[] array, int from, int to) {
      int n = Math.min(LENGTH, to - from);
      System.arraycopy(array, from, x, 0, n);
      return n;
    }
  }

  @Override
  public void multiply(Matrix a, Matrix b, Matrix y) {
    VectorProduct.multiply(a, b, y);
  }

  @Override
  public void affine(Matrix a, Matrix b, double[] bias, double[] y) {
    if (VectorProduct.adds(a)) {
      double[] row = Memory.allocate(bias.length + VectorProduct.COLUMNS); // a tile may read more
      for (int j = 0; j < bias.length; j++) {
        row[j] = bias[j] + 0; // −0 + −0 would be −0, where a product has underflowed
      }
      Matrix product = Matrix.of(y, 0, a.rows, bias.length);
      VectorProduct.multiply(a, b, Matrix.repeated(row, a.rows, bias.length), product);
    } else {
      Kernels.super.affine(a, b, bias, y);
    }
  }

  @Override
  public void add(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).add(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] + b[j];
    }
  }

  /** Four rows at a time: y is read and written a quarter as often. */
  @Override
  public void addRows(double[] x, int at, int stride, int rows, double[] y, int from, int to) {
    int r = 0;
    for (; r + 3 < rows; r += 4) {
      int a = at + r * stride;
      int b = a + stride;
      int c = b + stride;
      int d = c + stride;
      int i = from;
      for (; i <= to - W; i += W, a += W, b += W, c += W, d += W) {
        DoubleVector sum = DoubleVector.fromArray(S, y, i).add(DoubleVector.fromArray(S, x, a));
        sum = sum.add(DoubleVector.fromArray(S, x, b)).add(DoubleVector.fromArray(S, x, c));
        sum.add(DoubleVector.fromArray(S, x, d)).intoArray(y, i);
      }
      for (; i < to; i++, a++, b++, c++, d++) {
        y[i] = y[i] + x[a] + x[b] + x[c] + x[d];
      }
    }
    Kernels.super.addRows(x, at + r * stride, stride, rows - r, y, from, to);
  }

  @Override
  public void sub(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).sub(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] - b[j];
    }
  }

  @Override
  public void mul(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).mul(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] * b[j];
    }
  }

  @Override
  public void div(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).div(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] / b[j];
    }
  }

  @Override
  public void exp(double[] x, double[] y, int from, int to) {
    Stretch e = STRETCH.get();
    for (int start = from; start < to; start += Stretch.LENGTH) {
      int n = e.read(x, start, to);
      exponential(e.x, n, e.q, e.s, e.t);
      for (int i = 0; i < n; i++) {
        e.y[i] = Math.fma(e.q[i], e.s[i], e.s[i]) * e.t[i];
      }
      System.arraycopy(e.y, 0, y, start, n);
    }
  }

  @Override
  public void expm1(double[] x, double[] y, int from, int to) {
    Stretch e = STRETCH.get();
    for (int start = from; start < to; start += Stretch.LENGTH) {
      int n = e.read(x, start, to);
      exponential(e.x, n, e.q, e.s, e.t);
      for (int i = 0; i < n; i++) {
        double value = Math.fma(e.q[i], e.s[i], e.s[i] - 1 / e.t[i]) * e.t[i];
        e.y[i] = Math.copySign(value, e.x[i]); // −0 stays −0
      }
      System.arraycopy(e.y, 0, y, start, n);
    }
  }

  @Override
  public void tanh(double[] x, double[] y, int from, int to) {
    Stretch e = STRETCH.get();
    for (int start = from; start < to; start += Stretch.LENGTH) {
      int n = e.read(x, start, to);
      for (int i = 0; i < n; i++) {
        e.y[i] = Math.min(2 * Math.abs(e.x[i]), 40); // at 20 tanh is 1 to the last bit
      }
      exponential(e.y, n, e.q, e.s, e.t);
      for (int i = 0; i < n; i++) {
        double scale = e.s[i] * e.t[i];
        double expm1 = Math.fma(e.q[i], scale, scale - 1);
        e.y[i] = Math.copySign(expm1 / (expm1 + 2), e.x[i]);
      }
      System.arraycopy(e.y, 0, y, start, n);
    }
  }

  @Override
  public void sigmoid(double[] x, double[] y, int from, int to) {
    Stretch e = STRETCH.get();
    for (int start = from; start < to; start += Stretch.LENGTH) {
      int n = e.read(x, start, to);
      for (int i = 0; i < n; i++) {
        e.y[i] = -Math.abs(e.x[i]); // e^x of a large x would overflow; e^−|x| never does
      }
      exponential(e.y, n, e.q, e.s, e.t);
      for (int i = 0; i < n; i++) {
        double value = Math.fma(e.q[i], e.s[i], e.s[i]) * e.t[i];
        e.y[i] = (e.x[i] >= 0 ? 1 : value) / (1 + value);
      }
      System.arraycopy(e.y, 0, y, start, n);
    }
  }

  /**
   * Writes q, s and t so that eˣ = (1 + q) · s · t; s and t are powers of 2 that do not overflow.
   */
  private static void exponential(double[] x, int count, double[] q, double[] s, double[] t) {
    // What the arrays hold behind the last is computed too, up to a whole vector, and never read.
    for (int i = 0; i < count; i += W) {
      // Beyond these bounds eˣ is 0 or ∞ anyway.
      DoubleVector bounded = DoubleVector.fromArray(S, x, i).max(-746).min(710);
      DoubleVector n = bounded.mul(LOG2_E).add(ROUND).sub(ROUND);
      DoubleVector r = n.fma(DoubleVector.broadcast(S, -LN2_HIGH), bounded);
      r = n.fma(DoubleVector.broadcast(S, -LN2_LOW), r);
      DoubleVector sum = DoubleVector.broadcast(S, 1. / 6227020800L);
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 479001600));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 39916800));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 3628800));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 362880));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 40320));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 5040));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 720));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 120));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 24));
      sum = sum.fma(r, DoubleVector.broadcast(S, 1. / 6));
      sum = sum.fma(r, DoubleVector.broadcast(S, 0.5));
      sum.fma(r.mul(r), r).intoArray(q, i);
      // n in two parts, each an integer in the lowest bits: moved to where the exponent stands it
      // is a power of 2.
      DoubleVector half = n.mul(0.5).add(ROUND);
      DoubleVector rest = n.sub(half.sub(ROUND)).add(ROUND);
      LongVector powerOfHalf = half.reinterpretAsLongs().lanewise(VectorOperators.LSHL, EXPONENT);
      LongVector powerOfRest = rest.reinterpretAsLongs().lanewise(VectorOperators.LSHL, EXPONENT);
      powerOfHalf.add(ONE).reinterpretAsDoubles().intoArray(s, i);
      powerOfRest.add(ONE).reinterpretAsDoubles().intoArray(t, i);
    }
  }

  @Override
  public void erf(double[] x, double[] y, int from, int to) {
    VectorErrorFunction.erf(x, y, from, to);
  }

  @Override
  public void gelu(double[] x, double[] y, int from, int to) {
    VectorErrorFunction.gelu(x, y, from, to);
  }

  @Override
  public void geluSlope(double[] x, double[] y, int from, int to) {
    VectorErrorFunction.geluSlope(x, y, from, to);
  }

  @Override
  public void mask(double[] x, double[] condition, int fromC, double[] y, int from, int to) {
    int i = from;
    int j = fromC;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector c = DoubleVector.fromArray(S, condition, j);
      DoubleVector.fromArray(S, x, i).blend(0, c.compare(VectorOperators.EQ, 0)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = condition[j] != 0 ? x[i] : 0;
    }
  }

  @Override
  public void gate(double[] x, double[] condition, int fromC, double[] y, int from, int to) {
    int i = from;
    int j = fromC;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector c = DoubleVector.fromArray(S, condition, j);
      DoubleVector open =
          DoubleVector.fromArray(S, x, i).blend(0, c.compare(VectorOperators.EQ, 0));
      open.blend(c, c.compare(VectorOperators.NE, c)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      double c = condition[j];
      y[i] = c == 0 ? 0 : Double.isNaN(c) ? c : x[i];
    }
  }

  @Override
  public String description() {
    return "vector, " + S.vectorBitSize() + " bits";
  }
}
