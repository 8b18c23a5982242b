package org.spikelet.autodiff.kernels;

import java.util.function.DoubleBinaryOperator;

/** y = f(a, b), element by element. */
@FunctionalInterface
public interface BinaryLoop {

  /**
   * Computes y[i] = f(a[i], b[fromB + i − from]) from one index (inclusive) to another (exclusive):
   * a is read where y is written, b anywhere. a may be y.
   */
  void run(double[] a, double[] b, int fromB, double[] y, int from, int to);

  /** Makes a loop of a function of two numbers. */
  static BinaryLoop each(DoubleBinaryOperator f) {
    return (a, b, fromB, y, from, to) -> {
      for (int i = from, j = fromB; i < to; i++, j++) {
        y[i] = f.applyAsDouble(a[i], b[j]);
      }
    };
  }
}
