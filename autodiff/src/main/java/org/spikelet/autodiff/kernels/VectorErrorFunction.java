package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.ErrorFunction.LIMIT;
import static org.spikelet.autodiff.kernels.ErrorFunction.ONE_OVER_ROOT_TWO_PI;
import static org.spikelet.autodiff.kernels.ErrorFunction.P;
import static org.spikelet.autodiff.kernels.ErrorFunction.Q;
import static org.spikelet.autodiff.kernels.ErrorFunction.ROOT_HALF;
import static org.spikelet.autodiff.kernels.ErrorFunction.SATURATED;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ErrorFunction} with the Vector API, without a branch:
 *
 * <pre>
 * erf x = c + c · (P(c²) + (far 1 − far |x|))      c = max(−1, min(x, 1))
 * far x = e^(−t²) · Q(14.4 / (t + 3) − 2.6)        t = max(1, min(x, 6))
 * </pre>
 *
 * <p>Where |x| ≤ 1 nothing is left of the difference; beyond, c is ±1. So both polynomials are at
 * work for every element.
 */
final class VectorErrorFunction {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** e^(−1) and far 1 as they are computed, to the bit. */
  private static final double BELL_ONE = bellOne();

  private static final double FAR_ONE = farOne();

  private VectorErrorFunction() {}

  /** y = 2/√π ∫₀ˣ e^(−t²) dt. */
  static void erf(Stretch e, int n) {
    erf(1, e, n);
  }

  /** y = ½ x (1 + erf(x/√2)). */
  static void gelu(Stretch e, int n) {
    erf(ROOT_HALF, e, n);
    gelu(e.x, e.y, n);
  }

  /** y = ½ (1 + erf(x/√2)) + x e^(−x²/2) / √2π, with one exponential for both. */
  static void geluSlope(Stretch e, int n) {
    prepare(e.x, ROOT_HALF, e.y, e.z, n);
    bell(e.x, e.z, n);
    VectorExponential.exp(e.z, e.z, e, n);
    far(e.y, e.z, n);
    near(e.x, ROOT_HALF, e.y, n);
    slope(e.x, e.y, e.z, n);
  }

  private static double bellOne() {
    Stretch e = new Stretch();
    e.x[0] = -1;
    VectorExponential.exp(e, 1);
    return e.y[0];
  }

  private static double farOne() {
    Stretch e = new Stretch();
    e.x[0] = 1;
    far(1, e, 1);
    return e.y[0];
  }

  /** y = erf(scale · x). */
  private static void erf(double scale, Stretch e, int n) {
    far(scale, e, n);
    near(e.x, scale, e.y, n);
  }

  /** y = far(scale · x). */
  private static void far(double scale, Stretch e, int n) {
    prepare(e.x, scale, e.y, e.z, n);
    VectorExponential.exp(e.z, e.z, e, n);
    far(e.y, e.z, n);
  }

  /** y = t, z = −t². */
  private static void prepare(double[] x, double scale, double[] y, double[] z, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector t = DoubleVector.fromArray(S, x, i).mul(scale).abs().min(SATURATED).max(1);
      t.intoArray(y, i);
      t.mul(t).neg().intoArray(z, i);
    }
  }

  /** y = e · Q, y being t before; e = e^(−t²), or more where t is 1. */
  private static void far(double[] y, double[] e, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector t = DoubleVector.fromArray(S, y, i);
      DoubleVector u = DoubleVector.broadcast(S, 14.4).div(t.add(3)).sub(2.6);
      DoubleVector q = DoubleVector.zero(S);
      for (double a : Q) {
        q = q.fma(u, DoubleVector.broadcast(S, a));
      }
      DoubleVector bell = DoubleVector.fromArray(S, e, i).min(BELL_ONE);
      bell.mul(q).intoArray(y, i);
    }
  }

  /** y = c + c · (P(c²) + (far 1 − y)). */
  private static void near(double[] x, double scale, double[] y, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector c = DoubleVector.fromArray(S, x, i).mul(scale).min(1).max(-1);
      DoubleVector s = c.mul(c);
      DoubleVector p = DoubleVector.zero(S);
      for (double a : P) {
        p = p.fma(s, DoubleVector.broadcast(S, a));
      }
      p = p.sub(DoubleVector.fromArray(S, y, i).sub(FAR_ONE));
      c.add(c.mul(p)).intoArray(y, i);
    }
  }

  private static void gelu(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector half = DoubleVector.fromArray(S, x, i).max(-LIMIT).mul(0.5);
      half.mul(DoubleVector.fromArray(S, y, i).add(1)).intoArray(y, i);
    }
  }

  /** z = −½ c², c being x within the limits. */
  private static void bell(double[] x, double[] z, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector c = DoubleVector.fromArray(S, x, i).min(LIMIT).max(-LIMIT);
      c.mul(c).mul(-0.5).intoArray(z, i);
    }
  }

  /** y = ½ (1 + y) + c z / √2π. */
  private static void slope(double[] x, double[] y, double[] z, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector c = DoubleVector.fromArray(S, x, i).min(LIMIT).max(-LIMIT);
      DoubleVector density = c.mul(ONE_OVER_ROOT_TWO_PI).mul(DoubleVector.fromArray(S, z, i));
      DoubleVector.fromArray(S, y, i).add(1).mul(0.5).add(density).intoArray(y, i);
    }
  }
}
