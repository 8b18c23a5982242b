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
 * erf x = c + c · (P(c²) + far |x| − far 1)        c = max(−1, min(x, 1))
 * far x = 1 − e^(−t²) · Q(14.4 / (t + 3) − 2.6)    t = max(1, min(x, 6))
 * </pre>
 *
 * <p>Where |x| ≤ 1 nothing is left of the difference; beyond, c is ±1. So both polynomials are at
 * work for every element, over a stretch that stays in the first cache.
 */
final class VectorErrorFunction {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Whole vectors of any size. */
  private static final int LENGTH = 256;

  /** The exponential is that of the vector kernels, whichever are in use. */
  private static final Kernels KERNELS = new VectorKernels();

  private static final ThreadLocal<VectorErrorFunction> OF_THREAD =
      ThreadLocal.withInitial(VectorErrorFunction::new);

  private final double[] x = new double[LENGTH];
  private final double[] y = new double[LENGTH];
  private final double[] e = new double[LENGTH];

  /** far 1 as it is computed, to the bit. */
  private final double farOne;

  private VectorErrorFunction() {
    x[0] = 1;
    prepare(x, 1, y, e, 1);
    far(y, e, 1);
    farOne = y[0];
  }

  /** y = 2/√π ∫₀ˣ e^(−t²) dt. */
  static void erf(double[] x, double[] y, int from, int to) {
    VectorErrorFunction f = OF_THREAD.get();
    for (int start = from; start < to; start += LENGTH) {
      int n = f.read(x, start, to);
      f.erf(1, n);
      System.arraycopy(f.y, 0, y, start, n);
    }
  }

  /** y = ½ x (1 + erf(x/√2)). */
  static void gelu(double[] x, double[] y, int from, int to) {
    VectorErrorFunction f = OF_THREAD.get();
    for (int start = from; start < to; start += LENGTH) {
      int n = f.read(x, start, to);
      f.erf(ROOT_HALF, n);
      gelu(f.x, f.y, n);
      System.arraycopy(f.y, 0, y, start, n);
    }
  }

  /** y = ½ (1 + erf(x/√2)) + x e^(−x²/2) / √2π. */
  static void geluSlope(double[] x, double[] y, int from, int to) {
    VectorErrorFunction f = OF_THREAD.get();
    for (int start = from; start < to; start += LENGTH) {
      int n = f.read(x, start, to);
      f.erf(ROOT_HALF, n);
      limit(f.x, f.e, n);
      KERNELS.exp(f.e, f.e, 0, n);
      slope(f.x, f.y, f.e, n);
      System.arraycopy(f.y, 0, y, start, n);
    }
  }

  private int read(double[] array, int from, int to) {
    int n = Math.min(LENGTH, to - from);
    System.arraycopy(array, from, x, 0, n);
    return n;
  }

  /** y = erf(scale · x) for n elements; what stands behind them, up to a whole vector, is lost. */
  private void erf(double scale, int n) {
    prepare(x, scale, y, e, n);
    far(y, e, n);
    near(x, scale, y, farOne, n);
  }

  /** y = t, e = e^(−t²). */
  private static void prepare(double[] x, double scale, double[] y, double[] e, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector t = DoubleVector.fromArray(S, x, i).mul(scale).abs().min(SATURATED).max(1);
      t.intoArray(y, i);
      t.mul(t).neg().intoArray(e, i);
    }
    KERNELS.exp(e, e, 0, n);
  }

  /** y = 1 − e · Q, y being t before. */
  private static void far(double[] y, double[] e, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector t = DoubleVector.fromArray(S, y, i);
      DoubleVector u = DoubleVector.broadcast(S, 14.4).div(t.add(3)).sub(2.6);
      DoubleVector q = DoubleVector.zero(S);
      for (double a : Q) {
        q = q.fma(u, DoubleVector.broadcast(S, a));
      }
      DoubleVector.broadcast(S, 1).sub(DoubleVector.fromArray(S, e, i).mul(q)).intoArray(y, i);
    }
  }

  /** y = c + c · (P(c²) + y − farOne). */
  private static void near(double[] x, double scale, double[] y, double farOne, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector c = DoubleVector.fromArray(S, x, i).mul(scale).min(1).max(-1);
      DoubleVector s = c.mul(c);
      DoubleVector p = DoubleVector.zero(S);
      for (double a : P) {
        p = p.fma(s, DoubleVector.broadcast(S, a));
      }
      p = p.add(DoubleVector.fromArray(S, y, i).sub(farOne));
      c.add(c.mul(p)).intoArray(y, i);
    }
  }

  private static void gelu(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector half = DoubleVector.fromArray(S, x, i).max(-LIMIT).mul(0.5);
      half.mul(DoubleVector.fromArray(S, y, i).add(1)).intoArray(y, i);
    }
  }

  /** x = c / √2π, e = −½ c², c being x within the limits. */
  private static void limit(double[] x, double[] e, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector c = DoubleVector.fromArray(S, x, i).min(LIMIT).max(-LIMIT);
      c.mul(ONE_OVER_ROOT_TWO_PI).intoArray(x, i);
      c.mul(c).mul(-0.5).intoArray(e, i);
    }
  }

  /** y = ½ (1 + y) + x · e. */
  private static void slope(double[] x, double[] y, double[] e, int n) {
    for (int i = 0; i < n; i += W) {
      DoubleVector density = DoubleVector.fromArray(S, x, i).mul(DoubleVector.fromArray(S, e, i));
      DoubleVector.fromArray(S, y, i).add(1).mul(0.5).add(density).intoArray(y, i);
    }
  }
}
