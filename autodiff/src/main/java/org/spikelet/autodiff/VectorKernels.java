package org.spikelet.autodiff;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
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
 * chapter 6). All results are within 2 ulp of the exact ones, NaN stays NaN.
 *
 * <p>Every loop that takes values from a vector which it changes is written out, without helpers
 * that take or return vectors where a call might not be inlined: on JDK 17 such vectors go to the
 * heap.
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

  private final VectorProduct product = new VectorProduct();

  @Override
  public void multiply(Matrix a, Matrix b, Matrix y, int m, int k, int n) {
    product.multiply(a, b, y, m, k, n);
  }

  @Override
  public void exp(double[] x, double[] y, int from, int to) {
    int i = from;
    for (; i <= to - W; i += W) {
      exp(DoubleVector.fromArray(S, x, i)).intoArray(y, i);
    }
    if (i < to) {
      double[] last = last(x, i, to);
      exp(DoubleVector.fromArray(S, last, 0)).intoArray(last, 0);
      System.arraycopy(last, 0, y, i, to - i);
    }
  }

  @Override
  public void expm1(double[] x, double[] y, int from, int to) {
    int i = from;
    for (; i <= to - W; i += W) {
      expm1(DoubleVector.fromArray(S, x, i)).intoArray(y, i);
    }
    if (i < to) {
      double[] last = last(x, i, to);
      expm1(DoubleVector.fromArray(S, last, 0)).intoArray(last, 0);
      System.arraycopy(last, 0, y, i, to - i);
    }
  }

  @Override
  public void tanh(double[] x, double[] y, int from, int to) {
    int i = from;
    for (; i <= to - W; i += W) {
      tanh(DoubleVector.fromArray(S, x, i)).intoArray(y, i);
    }
    if (i < to) {
      double[] last = last(x, i, to);
      tanh(DoubleVector.fromArray(S, last, 0)).intoArray(last, 0);
      System.arraycopy(last, 0, y, i, to - i);
    }
  }

  @Override
  public void sigmoid(double[] x, double[] y, int from, int to) {
    int i = from;
    for (; i <= to - W; i += W) {
      sigmoid(DoubleVector.fromArray(S, x, i)).intoArray(y, i);
    }
    if (i < to) {
      double[] last = last(x, i, to);
      sigmoid(DoubleVector.fromArray(S, last, 0)).intoArray(last, 0);
      System.arraycopy(last, 0, y, i, to - i);
    }
  }

  /** The elements left over, in an array of a whole vector's length. */
  private static double[] last(double[] x, int from, int to) {
    double[] last = new double[W];
    System.arraycopy(x, from, last, 0, to - from);
    return last;
  }

  private static DoubleVector exp(DoubleVector x) {
    // Beyond these bounds the result is ∞ or 0 anyway; 2ⁿ in two factors, so that neither
    // overflows.
    DoubleVector bounded = x.max(-746).min(710);
    DoubleVector n = bounded.mul(LOG2_E).add(ROUND).sub(ROUND);
    DoubleVector half = n.mul(0.5).add(ROUND).sub(ROUND);
    DoubleVector scale = power(half);
    return q(bounded, n).fma(scale, scale).mul(power(n.sub(half)));
  }

  private static DoubleVector expm1(DoubleVector x) {
    DoubleVector bounded = x.max(-746).min(710);
    DoubleVector n = bounded.mul(LOG2_E).add(ROUND).sub(ROUND);
    DoubleVector half = n.mul(0.5).add(ROUND).sub(ROUND);
    DoubleVector rest = power(n.sub(half));
    DoubleVector scale = power(half);
    DoubleVector y = q(bounded, n).fma(scale, scale.sub(power(half.sub(n)))).mul(rest);
    return y.blend(x, x.compare(VectorOperators.EQ, 0)); // −0 stays −0
  }

  private static DoubleVector tanh(DoubleVector x) {
    DoubleVector size = x.abs();
    // At 20 the result is 1 to the last bit.
    DoubleVector twice = size.min(20).mul(2);
    DoubleVector n = twice.mul(LOG2_E).add(ROUND).sub(ROUND);
    DoubleVector scale = power(n);
    DoubleVector expm1 = q(twice, n).fma(scale, scale.sub(1));
    DoubleVector y = expm1.div(expm1.add(2));
    VectorMask<Double> negative = x.compare(VectorOperators.LT, 0);
    return y.blend(y.neg(), negative).blend(x, x.compare(VectorOperators.EQ, 0));
  }

  private static DoubleVector sigmoid(DoubleVector x) {
    // e^x of a large x would overflow; e^−|x| never does.
    DoubleVector e = exp(x.abs().neg());
    DoubleVector numerator = e.blend(1, x.compare(VectorOperators.GE, 0));
    return numerator.div(e.add(1));
  }

  /** eʳ − 1, with r = x − n ln 2. */
  private static DoubleVector q(DoubleVector x, DoubleVector n) {
    DoubleVector r = n.fma(broadcast(-LN2_LOW), n.fma(broadcast(-LN2_HIGH), x));
    DoubleVector sum = broadcast(1. / 6227020800L);
    sum = sum.fma(r, broadcast(1. / 479001600));
    sum = sum.fma(r, broadcast(1. / 39916800));
    sum = sum.fma(r, broadcast(1. / 3628800));
    sum = sum.fma(r, broadcast(1. / 362880));
    sum = sum.fma(r, broadcast(1. / 40320));
    sum = sum.fma(r, broadcast(1. / 5040));
    sum = sum.fma(r, broadcast(1. / 720));
    sum = sum.fma(r, broadcast(1. / 120));
    sum = sum.fma(r, broadcast(1. / 24));
    sum = sum.fma(r, broadcast(1. / 6));
    sum = sum.fma(r, broadcast(0.5));
    return sum.fma(r.mul(r), r);
  }

  /** 2ⁿ for integers n from −1022 to 1023: n is moved into the bits of the exponent. */
  private static DoubleVector power(DoubleVector n) {
    LongVector bits = n.add(ROUND).reinterpretAsLongs();
    return bits.lanewise(VectorOperators.LSHL, EXPONENT).add(ONE).reinterpretAsDoubles();
  }

  private static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(S, value);
  }

  @Override
  public void mask(
      double[] x, int fromX, double[] condition, int fromC, double[] y, int fromY, int n) {
    int i = 0;
    for (; i <= n - W; i += W) {
      DoubleVector c = DoubleVector.fromArray(S, condition, fromC + i);
      DoubleVector.fromArray(S, x, fromX + i)
          .blend(0, c.compare(VectorOperators.EQ, 0))
          .intoArray(y, fromY + i);
    }
    for (; i < n; i++) {
      y[fromY + i] = condition[fromC + i] != 0 ? x[fromX + i] : 0;
    }
  }

  @Override
  public String description() {
    return "vector, " + S.vectorBitSize() + " bits";
  }
}
