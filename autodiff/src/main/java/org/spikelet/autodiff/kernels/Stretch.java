package org.spikelet.autodiff.kernels;

/**
 * A part of an array on which a function is computed step by step, short enough that it stays in
 * the first cache.
 *
 * <p>The part is copied, so that all arrays of a step begin at 0: else the JIT compiler cannot tell
 * that a loop's arrays do not overlap, and makes no vectors of it. What they hold behind the last
 * element is computed too, up to a whole vector, and never read.
 */
final class Stretch {

  /** Whole vectors of any size. */
  static final int LENGTH = 256;

  private static final ThreadLocal<Stretch> OF_THREAD = ThreadLocal.withInitial(Stretch::new);

  /** What the function is of. */
  final double[] x = new double[LENGTH];

  /** Its results. */
  final double[] y = new double[LENGTH];

  /** What lies between two steps. */
  final double[] z = new double[LENGTH];

  /** An exponential in three factors. */
  final double[] q = new double[LENGTH];

  final double[] s = new double[LENGTH];
  final double[] t = new double[LENGTH];

  /** Computes the first n of y from those of x. */
  @FunctionalInterface
  interface Steps {
    void run(Stretch e, int n);
  }

  /** Makes a loop over stretch after stretch. */
  static UnaryLoop loop(Steps steps) {
    return (x, y, from, to) -> {
      Stretch e = OF_THREAD.get();
      for (int start = from; start < to; start += LENGTH) {
        int n = Math.min(LENGTH, to - start);
        System.arraycopy(x, start, e.x, 0, n);
        steps.run(e, n);
        System.arraycopy(e.y, 0, y, start, n);
      }
    };
  }

  /** Computes y = f(x) one by one where x is not within two bounds, as NaN never is. */
  void elsewhere(double low, double high, Function f, int n) {
    for (int i = 0; i < n; i++) {
      if (!(x[i] >= low && x[i] <= high)) {
        y[i] = f.scalar.applyAsDouble(x[i]);
      }
    }
  }
}
