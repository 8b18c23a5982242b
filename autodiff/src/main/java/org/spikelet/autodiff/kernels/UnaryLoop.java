package org.spikelet.autodiff.kernels;

import java.util.function.DoubleUnaryOperator;

/** y = f(x), element by element. */
@FunctionalInterface
public interface UnaryLoop {

  /** Computes the elements from one index (inclusive) to another (exclusive). */
  void run(double[] x, double[] y, int from, int to);

  /** Makes a loop of a function. */
  static UnaryLoop each(DoubleUnaryOperator f) {
    return (x, y, from, to) -> {
      for (int i = from; i < to; i++) {
        y[i] = f.applyAsDouble(x[i]);
      }
    };
  }

  /** Computes all elements, on several threads if there are many. */
  default void run(double[] x, double[] y) {
    if (Threads.isWorthwhile(Threads.PASS * y.length)) {
      Threads.divide(y.length, Threads.LINE, (from, to) -> run(x, y, from, to));
    } else { // without a lambda: small operations should allocate nothing
      run(x, y, 0, y.length);
    }
  }
}
