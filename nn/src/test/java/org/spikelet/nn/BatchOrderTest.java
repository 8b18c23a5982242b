package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** A batch is a set of rows: their order changes loss and gradients by rounding at most. */
class BatchOrderTest {

  private static final int ROWS = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aNetWithBatchNorm(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Module net =
        Sequential.of(
            Dense.of(4, 8, random),
            BatchNorm.of(8),
            Activation.RELU,
            Dense.of(8, 6, random),
            BatchNorm.of(6),
            LayerNorm.of(6),
            Activation.GELU,
            Dense.of(6, 3, random));
    Tensor classes = Tensor.vector(random.ints(ROWS, 0, 3).asDoubleStream().toArray());
    check(net, Losses::crossEntropy, classes, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRegression(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Module net = Sequential.of(Dense.of(4, 8, random), Activation.TANH, Dense.of(8, 2, random));
    Tensor targets = Tensor.of(Shape.of(ROWS, 2), random.doubles(ROWS * 2).toArray());
    check(net, Losses::meanSquaredError, targets, seed);
  }

  private static void check(Module net, BinaryOperator<Tensor> loss, Tensor targets, long seed) {
    double[] values = new SplittableRandom(seed).doubles(ROWS * 4L, -2, 2).toArray();
    Tensor inputs = Tensor.of(Shape.of(ROWS, 4), values);
    int[] order = order(seed);
    double[] once = lossAndGradients(net, loss, inputs, targets);
    double[] permuted =
        lossAndGradients(net, loss, inputs.gatherRows(order), targets.gatherRows(order));
    assertThat(once).hasSizeGreaterThan(50);
    assertThat(permuted).containsExactly(once, within(1e-13));
  }

  private static int[] order(long seed) {
    List<Integer> order = Arrays.asList(IntStream.range(0, ROWS).boxed().toArray(Integer[]::new));
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[] lossAndGradients(
      Module net, BinaryOperator<Tensor> loss, Tensor inputs, Tensor targets) {
    try (Tape tape = Tape.record()) {
      Tensor value = loss.apply(net.forward(inputs), targets);
      Gradients gradients = tape.gradients(value);
      double[] all = value.reshape(1).toArray();
      for (Parameter parameter : net.parameters()) {
        double[] g = gradients.of(parameter).toArray();
        int from = all.length;
        all = Arrays.copyOf(all, from + g.length);
        System.arraycopy(g, 0, all, from, g.length);
      }
      return all;
    }
  }
}
