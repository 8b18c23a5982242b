package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.VectorExponential.ROUND;

import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sine and cosine. With n = ⌊x · 2/π⌉ and r + l = x − n π/2, so that |r| ≤ π/4 and l is what r
 * lacks, both series are computed for every element, and n mod 4 says which one it is:
 *
 * <pre>
 * sin(r + l) = r + (l (1 − z/2) − r z (1/3! − z/5! + … − z⁷/17!))                          z = r²
 * cos(r + l) = 1 − z/2 + (z² (1/4! − z/6! + … + z⁶/16!) − r l)
 * sin x = sin r, cos r, −sin r, −cos r                                             n mod 4 = 0 … 3
 * cos x = sin(x + π/2)
 * </pre>
 *
 * <p>What is left of the series is below 2⁻⁵⁷. π/2 is subtracted in three parts (Cody and Waite
 * 1980, chapter 8), each of a whole double, for a product and a difference rounded once are exact
 * here. That holds for |x| ≤ 2³⁰; beyond, the elements are StrictMath's. Both are within 1 ulp of
 * the exact value; NaN stays NaN.
 */
final class VectorSine {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Up to here n π/2 is right. */
  static final double LIMIT = 0x1p30;

  /** π/2 as the sum of three doubles, each the nearest to what the ones before leave. */
  private static final double PI_HALF = Math.PI / 2;

  private static final double PI_HALF_2 = 6.123233995736766e-17;
  private static final double PI_HALF_3 = -1.4973849048591698e-33;

  private static final double TWO_OVER_PI = 2 / Math.PI;

  /** 1/17!, 1/15!, …, 1/3!, and 1/16!, 1/14!, …, 1/4!. */
  private static final double[] SINE = overFactorials(17, 3);

  private static final double[] COSINE = overFactorials(16, 4);

  private VectorSine() {}

  /** The factorials are exact. */
  private static double[] overFactorials(int from, int to) {
    return IntStream.iterate(from, n -> n >= to, n -> n - 2)
        .mapToDouble(
            n -> 1 / IntStream.rangeClosed(2, n).asDoubleStream().reduce(1, (a, b) -> a * b))
        .toArray();
  }

  static void sin(Stretch e, int n) {
    sine(e.x, 0, e.y, n);
    e.elsewhere(-LIMIT, LIMIT, Function.SIN, n);
  }

  static void cos(Stretch e, int n) {
    sine(e.x, 1, e.y, n);
    e.elsewhere(-LIMIT, LIMIT, Function.COS, n);
  }

  /** y = sin(x + quarters · π/2). */
  private static void sine(double[] x, long quarters, double[] y, int count) {
    for (int i = 0; i < count; i += W) {
      DoubleVector given = DoubleVector.fromArray(S, x, i);
      DoubleVector rounded = given.mul(TWO_OVER_PI).add(ROUND);
      DoubleVector n = rounded.sub(ROUND);
      DoubleVector a = n.fma(DoubleVector.broadcast(S, -PI_HALF), given); // exact
      DoubleVector b = n.mul(PI_HALF_2);
      DoubleVector r = a.sub(b);
      // What the product and the difference lost, and the third part.
      DoubleVector l = n.fma(DoubleVector.broadcast(S, -PI_HALF_2), b);
      DoubleVector back = a.sub(r);
      l = l.add(a.sub(r.add(back))).add(back.sub(b));
      l = n.fma(DoubleVector.broadcast(S, -PI_HALF_3), l);
      DoubleVector z = r.mul(r);
      DoubleVector minus = z.neg(); // the signs of the series alternate
      DoubleVector sine = DoubleVector.zero(S);
      for (double c : SINE) {
        sine = sine.fma(minus, DoubleVector.broadcast(S, c));
      }
      DoubleVector cosine = DoubleVector.zero(S);
      for (double c : COSINE) {
        cosine = cosine.fma(minus, DoubleVector.broadcast(S, c));
      }
      DoubleVector half = z.mul(0.5);
      DoubleVector w = half.neg().add(1);
      sine = r.add(l.mul(w).sub(r.mul(z).mul(sine)));
      DoubleVector rest = w.neg().add(1).sub(half); // what w lacks
      cosine = w.add(rest.add(z.mul(z).mul(cosine).sub(r.mul(l))));
      LongVector quadrant = rounded.reinterpretAsLongs().add(quarters);
      LongVector signOfR = r.reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector signed = sine.reinterpretAsLongs().or(signOfR); // the sine of −0 is −0
      LongVector even = quadrant.and(1).sub(1); // all bits, or none
      LongVector chosen = cosine.reinterpretAsLongs().bitwiseBlend(signed, even);
      LongVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 62);
      chosen.lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles().intoArray(y, i);
    }
  }
}
