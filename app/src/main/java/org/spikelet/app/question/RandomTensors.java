package org.spikelet.app.question;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Initializer;

/** Random matrices, the same on every JDK. */
public final class RandomTensors {

  private RandomTensors() {}

  /** Returns rows × columns normal numbers of mean 0. */
  public static Tensor normal(RandomGenerator random, double deviation, int rows, int columns) {
    // Not nextGaussian: its numbers differ between versions of the JDK.
    return Initializer.normal(0, deviation).draw(rows, columns, random);
  }

  /**
   * Returns rows × columns numbers from Student's t distribution with 2 degrees of freedom, whose
   * tails are so heavy that its variance is infinite.
   *
   * <p>By inversion: with u uniform and a = 2u − 1, t = a · √(2 / (1 − a²)) (Shaw 2006, equation
   * 36).
   */
  public static Tensor studentT2(RandomGenerator random, int rows, int columns) {
    double[] values =
        DoubleStream.generate(() -> 2 * random.nextDouble() - 1)
            .limit((long) rows * columns)
            .map(a -> a * Math.sqrt(2 / (1 - a * a)))
            .toArray();
    return Tensor.of(Shape.of(rows, columns), values);
  }
}
