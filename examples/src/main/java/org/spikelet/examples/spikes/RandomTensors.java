package org.spikelet.examples.spikes;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Random matrices. */
final class RandomTensors {

  private RandomTensors() {}

  /** Returns rows × columns normal numbers of mean 0. */
  static Tensor normal(RandomGenerator random, double deviation, int rows, int columns) {
    return fill(rows, columns, unused -> deviation * random.nextGaussian());
  }

  /**
   * Returns rows × columns numbers from Student's t distribution with 2 degrees of freedom, whose
   * tails are so heavy that its variance is infinite.
   *
   * <p>By inversion: with u uniform and a = 2u − 1, t = a · √(2 / (1 − a²)) (Shaw 2006, equation
   * 36).
   */
  static Tensor studentT2(RandomGenerator random, int rows, int columns) {
    return fill(
        rows,
        columns,
        unused -> {
          double a = 2 * random.nextDouble() - 1;
          return a * Math.sqrt(2 / (1 - a * a));
        });
  }

  private static Tensor fill(int rows, int columns, DoubleUnaryOperator draw) {
    double[] values = IntStream.range(0, rows * columns).asDoubleStream().map(draw).toArray();
    return Tensor.of(Shape.of(rows, columns), values);
  }
}
