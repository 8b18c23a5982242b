package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.VectorExponential.EXPONENT;
import static org.spikelet.autodiff.kernels.VectorExponential.LN2_HIGH;
import static org.spikelet.autodiff.kernels.VectorExponential.LN2_LOW;
import static org.spikelet.autodiff.kernels.VectorExponential.ONE;

import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The logarithm and what is made of it. With x = 2ᵏ m, so that √½ ≤ m &lt; √2, f = m − 1, s = f /
 * (2 + f) and z = s²,
 *
 * <pre>
 * ln m = 2 artanh s = 2s + s R = f − (f²/2 − s (f²/2 + R))
 * R = z (2/3 + z 2/5 + … + z⁹ 2/21)                    Taylor's series; what is left is below 2⁻⁵⁷
 * ln x = k ln 2 + ln m
 * ln(1 + x) = ln u + c / u                             u = 1 + x rounded, c the error of that sum
 * ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)
 * </pre>
 *
 * <p>f is exact; ln 2 is added in two parts (Cody and Waite 1980, chapter 5). LOG and LOG1P are
 * within 1 ulp of the exact value, SOFTPLUS within 2. What is not a positive normal number, x or u,
 * is left to StrictMath.
 */
final class VectorLogarithm {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** 2/21, 2/19, …, 2/3. */
  private static final double[] R =
      IntStream.iterate(21, n -> n > 1, n -> n - 2).mapToDouble(n -> 2. / n).toArray();

  private static final double[] ZEROS = new double[Stretch.LENGTH];

  private static final long ROOT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));
  private static final long FRACTION = (1L << EXPONENT) - 1;

  /** 2⁵²: an integer n in its lowest bits makes it 2⁵² + n. */
  private static final long INTEGER = Double.doubleToRawLongBits(0x1p52);

  private static final int BIAS = Double.MAX_EXPONENT;

  private VectorLogarithm() {}

  static void log(Stretch e, int n) {
    logarithm(e.x, ZEROS, e.y, n);
    e.elsewhere(Double.MIN_NORMAL, Double.MAX_VALUE, Function.LOG, n);
  }

  static void log1p(Stretch e, int n) {
    log1p(e.x, e, n);
    e.elsewhere(Math.nextUp(-1.0), Double.MAX_VALUE, Function.LOG1P, n);
  }

  static void softplus(Stretch e, int n) {
    VectorExponential.ofMinusSize(e, n);
    log1p(e.z, e, n);
    for (int i = 0; i < n; i++) {
      e.y[i] += Math.max(e.x[i], 0); // NaN of NaN
    }
  }

  /** y = ln(1 + x). */
  private static void log1p(double[] x, Stretch e, int n) {
    for (int i = 0; i < n; i++) {
      double u = 1 + x[i];
      double one = u - x[i]; // up to rounding
      e.s[i] = u;
      e.t[i] = ((1 - one) + (x[i] - (u - one))) / u;
    }
    logarithm(e.s, e.t, e.y, n);
    for (int i = 0; i < n; i++) {
      e.y[i] = Math.copySign(e.y[i], x[i]); // −0 stays −0
    }
  }

  /** y = ln x + c for normal numbers x. */
  private static void logarithm(double[] x, double[] c, double[] y, int count) {
    for (int i = 0; i < count; i += W) {
      // So added to, the exponent is larger by one from √2 on, and what stands below it by √½ less.
      LongVector bits = DoubleVector.fromArray(S, x, i).reinterpretAsLongs().add(ONE - ROOT_HALF);
      LongVector exponent = bits.lanewise(VectorOperators.LSHR, EXPONENT);
      DoubleVector k = exponent.or(INTEGER).reinterpretAsDoubles().sub(0x1p52 + BIAS);
      DoubleVector f = bits.and(FRACTION).add(ROOT_HALF).reinterpretAsDoubles().sub(1);
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector r = DoubleVector.zero(S);
      for (double a : R) {
        r = r.fma(z, DoubleVector.broadcast(S, a));
      }
      DoubleVector half = f.mul(0.5).mul(f);
      DoubleVector low = k.fma(DoubleVector.broadcast(S, LN2_LOW), DoubleVector.fromArray(S, c, i));
      DoubleVector ln = f.sub(half.sub(s.fma(r.fma(z, half), low)));
      k.fma(DoubleVector.broadcast(S, LN2_HIGH), ln).intoArray(y, i);
    }
  }
}
