package org.spikelet.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * The value of one node of a graph at five points in a row: its inputs x, and x ± δd, x ± 2δd for
 * some direction d.
 *
 * <p>The fourth difference of the five tells how far central differences can be trusted: their
 * error in a second derivative is about h²/6 times the fourth derivative. It is large near a kink,
 * too.
 *
 * @param values five tensors of one shape
 * @param largest how large a value may be
 */
record Neighbourhood(List<Tensor> values, double largest) {

  private static final double STEP = 0.05;
  private static final int MOST_ELEMENTS = 32;
  private static final int MOST_AXES = 4;

  /** With δ = 0.05, the fourth derivative is then at most about 800. */
  private static final double ROUGHEST = 0.005;

  /** Returns the neighbourhood of an input; the number makes directions of inputs differ. */
  static Neighbourhood of(Tensor input, int number, double largest) {
    SplittableRandom random = new SplittableRandom(number);
    double[] direction =
        random
            .doubles(input.size(), 0.75, 1)
            .map(length -> random.nextBoolean() ? length : -length)
            .toArray();
    Tensor d = Tensor.of(input.shape(), direction);
    return new Neighbourhood(
        IntStream.rangeClosed(-2, 2).mapToObj(k -> input.add(d.mul(k * STEP))).toList(), largest);
  }

  /**
   * Returns the neighbourhood of a function's value, unless the function refuses the operands or is
   * not admitted there: along the line through the inputs, and also where the operands move freely,
   * for x − x does not move along the line, and is no place to take a square root.
   */
  static Optional<Neighbourhood> of(
      Function<List<Tensor>, Tensor> function, List<Neighbourhood> operands, Terrain terrain) {
    try {
      double largest = operands.get(0).largest;
      Neighbourhood result = map(function, operands);
      List<Neighbourhood> free =
          IntStream.range(0, operands.size())
              .mapToObj(k -> of(operands.get(k).values.get(2), k, largest))
              .toList();
      return terrain.admits(result) && terrain.admits(map(function, free))
          ? Optional.of(result)
          : Optional.empty();
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static Neighbourhood map(
      Function<List<Tensor>, Tensor> function, List<Neighbourhood> operands) {
    return new Neighbourhood(
        IntStream.range(0, 5)
            .mapToObj(k -> operands.stream().map(x -> x.values.get(k)).toList())
            .map(function)
            .toList(),
        operands.get(0).largest);
  }

  Shape shape() {
    return values.get(0).shape();
  }

  boolean small() {
    return shape().rank() <= MOST_AXES && shape().size() <= MOST_ELEMENTS;
  }

  /** Whether no element of the value itself is larger than this, or NaN. */
  boolean within(double largest) {
    return Arrays.stream(values.get(2).toArray()).allMatch(v -> Math.abs(v) <= largest);
  }

  /** Whether central differences can be trusted here. */
  boolean tame() {
    if (!small() || shape().size() == 0) {
      return false;
    }
    double[][] v = values.stream().map(Tensor::toArray).toArray(double[][]::new);
    for (int i = 0; i < shape().size(); i++) {
      double rough = v[0][i] - 4 * v[1][i] + 6 * v[2][i] - 4 * v[3][i] + v[4][i];
      // A NaN fails every comparison.
      if (!(Math.abs(rough) <= ROUGHEST)) {
        return false;
      }
      for (double[] at : v) {
        if (!(Math.abs(at[i]) <= largest)) {
          return false;
        }
      }
    }
    return true;
  }
}
