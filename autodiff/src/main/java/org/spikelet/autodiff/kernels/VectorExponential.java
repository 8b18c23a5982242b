package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential and what is made of it. With n = ⌊x / ln 2⌉ and r = x − n ln 2, so that |r| ≤ ½
 * ln 2,
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
 */
final class VectorExponential {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** The first 32 bits of ln 2, so that n times it is exact, and the rest. */
  static final double LN2_HIGH = 0.6931471803691238;

  static final double LN2_LOW = 1.9082149292705877e-10;

  /** 1.5 · 2⁵²: adding it rounds to an integer, which then stands in the lowest bits. */
  static final double ROUND = 0x1.8p52;

  static final long ONE = Double.doubleToRawLongBits(1.0);

  /** Where the exponent stands. */
  static final int EXPONENT = 52;

  private static final double LOG2_E = 1.4426950408889634;

  private VectorExponential() {}

  static void exp(Stretch e, int n) {
    exp(e.x, e.y, e, n);
  }

  /** y = eˣ; y may be x. */
  static void exp(double[] x, double[] y, Stretch e, int n) {
    exponential(x, n, e.q, e.s, e.t);
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(e.q[i], e.s[i], e.s[i]) * e.t[i];
    }
  }

  static void expm1(Stretch e, int n) {
    exponential(e.x, n, e.q, e.s, e.t);
    for (int i = 0; i < n; i++) {
      double value = Math.fma(e.q[i], e.s[i], e.s[i] - 1 / e.t[i]) * e.t[i];
      e.y[i] = Math.copySign(value, e.x[i]); // −0 stays −0
    }
  }

  static void tanh(Stretch e, int n) {
    for (int i = 0; i < n; i++) {
      e.y[i] = Math.min(2 * Math.abs(e.x[i]), 40); // at 20 tanh is 1 to the last bit
    }
    exponential(e.y, n, e.q, e.s, e.t);
    for (int i = 0; i < n; i++) {
      double scale = e.s[i] * e.t[i];
      double expm1 = Math.fma(e.q[i], scale, scale - 1);
      e.y[i] = Math.copySign(expm1 / (expm1 + 2), e.x[i]);
    }
  }

  static void sigmoid(Stretch e, int n) {
    ofMinusSize(e, n);
    for (int i = 0; i < n; i++) {
      e.y[i] = (e.x[i] >= 0 ? 1 : e.z[i]) / (1 + e.z[i]);
    }
  }

  /** z = e^−|x|, which never overflows. */
  static void ofMinusSize(Stretch e, int n) {
    for (int i = 0; i < n; i++) {
      e.z[i] = -Math.abs(e.x[i]);
    }
    exp(e.z, e.z, e, n);
  }

  /**
   * Writes q, s and t so that eˣ = (1 + q) · s · t; s and t are powers of 2 that do not overflow.
   */
  private static void exponential(double[] x, int count, double[] q, double[] s, double[] t) {
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
}
