package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * At zeros, at ones, and where all elements are equal, most kinks are, and a rule may divide 0 by
 * 0. Where an operation has a finite value, its derivative may be infinite, but not NaN.
 */
class KinkDerivativeTest {

  private static final long SEEDS = 20;

  /** What the first operand is full of, and what the others are. */
  private static final double[] FIRST = {0.0, -0.0, 1};

  private static final double[] OTHERS = {0.0, -0.0, 1, -1, 2};

  /** A row for each operation of the table. */
  @TestFactory
  Stream<DynamicTest> noDerivativeIsNotANumber() {
    return OperationTable.signatures().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation,
                    () ->
                        LongStream.range(0, SEEDS)
                            .mapToObj(seed -> new Sample(Shape.of(2, 3), seed))
                            .forEach(s -> check(OperationTable.trial(operation, s)))));
  }

  private static void check(Trial trial) {
    for (double first : FIRST) {
      for (double other : OTHERS) {
        check(trial, first, other);
      }
    }
  }

  /** With an upstream of one sign, for infinite derivatives may be summed after broadcasting. */
  private static void check(Trial trial, double first, double other) {
    try (Tape tape = Tape.record()) {
      List<Tensor> in =
          IntStream.range(0, trial.inputs().size())
              .mapToObj(k -> Tensor.full(trial.inputs().get(k).shape(), k == 0 ? first : other))
              .map(tape::watch)
              .toList();
      Tensor y = trial.function().apply(in);
      if (tape.tracks(y) && Arrays.stream(y.toArray()).allMatch(Double::isFinite)) {
        Sample random = new Sample(y.shape(), 1);
        Gradients gradients = tape.gradients(y, random.positive(y.shape()));
        for (Tensor x : in) {
          assertThat(gradients.of(x).toArray())
              .as("derivative at %s and %s", first, other)
              .doesNotContain(Double.NaN);
        }
      }
    }
  }

  @Test
  void zeroByZeroInARuleIsFound() {
    UnaryOperator<Tensor> length =
        x -> {
          Tensor y = x.detach().abs();
          return Operation.enter("length", y, Operation.wrt(x, g -> g.mul(x.div(y))));
        };
    assertThatThrownBy(() -> check(Trial.of(length, Tensor.vector(1, 2))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("derivative at 0.0 and 0.0");
  }
}
