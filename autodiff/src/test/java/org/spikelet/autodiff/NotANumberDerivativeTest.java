package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What compares with NaN has no derivative: NaN, not the 0 or ½ of a comparison that is false. */
class NotANumberDerivativeTest {

  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS =
      Map.of(
          "relu", Tensor::relu,
          "abs", Tensor::abs,
          "clip", x -> x.clip(-1, 5),
          "clip below", x -> x.clip(-INFINITY, 5),
          "clip nothing", x -> x.clip(-INFINITY, INFINITY),
          "softplus", Tensor::softplus,
          "gelu", Tensor::gelu,
          "maximum with a number", x -> x.maximum(1),
          "minimum with a number", x -> x.minimum(5));

  private static final Map<String, UnaryOperator<Tensor>> REDUCTIONS =
      Map.of(
          "max", x -> x.max(1),
          "min", x -> x.min(1),
          "maxKeepDims", x -> x.maxKeepDims(1),
          "minKeepDims", x -> x.minKeepDims(-1),
          "softmax", x -> x.softmax(1).square(),
          "logSoftmax", x -> x.logSoftmax(1),
          "logSumExp", x -> x.logSumExp(1));

  private static double[] gradient(UnaryOperator<Tensor> f, Tensor at) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(at);
      return tape.gradients(f.apply(x).sum()).of(x).toArray();
    }
  }

  @TestFactory
  Stream<DynamicTest> functionsHaveItInItsPlace() {
    return FUNCTIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      double[] dx = gradient(entry.getValue(), Tensor.vector(2, NAN, 2));
                      assertThat(dx[0]).isNotNaN().isEqualTo(dx[2]);
                      assertThat(dx[1]).isNaN();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> reductionsHaveItInItsGroup() {
    Tensor rows =
        Tensor.matrix(
            new double[] {1, 2, 3},
            new double[] {NAN, 1, 2},
            new double[] {1, 9, NAN},
            new double[] {NAN, NAN, INFINITY});
    return REDUCTIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      double[] dx = gradient(entry.getValue(), rows);
                      for (int i = 0; i < dx.length; i++) {
                        assertThat(Double.isNaN(dx[i])).as("element %s", i).isEqualTo(i >= 3);
                      }
                    }));
  }

  @Test
  void theSumWithNotANumberOfTheIssue() {
    Tensor offset = Tensor.vector(NAN, 1);
    assertThat(gradient(x -> x.add(offset).max(), Tensor.vector(0, 0))).containsExactly(NAN, NAN);
    assertThat(gradient(x -> x.add(offset).min(), Tensor.vector(0, 0))).containsExactly(NAN, NAN);
  }

  @Test
  void maximumAndMinimumHaveItOnBothSides() {
    for (BinaryOperator<Tensor> f :
        List.<BinaryOperator<Tensor>>of(Tensor::maximum, Tensor::minimum)) {
      try (Tape tape = Tape.record()) {
        Tensor a = tape.watch(Tensor.vector(NAN, 1, NAN, 1, 2));
        Tensor b = tape.watch(Tensor.vector(1, NAN, NAN, 1, 2));
        Gradients gradients = tape.gradients(f.apply(a, b).sum());
        assertThat(gradients.of(a).toArray()).containsExactly(NAN, NAN, NAN, 0.5, 0.5);
        assertThat(gradients.of(b).toArray()).containsExactly(NAN, NAN, NAN, 0.5, 0.5);
      }
    }
  }

  /** There the derivative by a number from 0 on is the constant 0. */
  @Test
  void aPowerOfZeroHasItWhereTheExponentIs() {
    try (Tape tape = Tape.record()) {
      Tensor p = tape.watch(Tensor.vector(NAN, 0, 2));
      Tensor x = tape.watch(Tensor.vector(0, 0, 0));
      Gradients first = tape.recordedGradients(x.pow(p).sum());
      assertThat(first.of(p).toArray()).containsExactly(NAN, 0, 0);
      assertThat(first.of(x).toArray()).containsExactly(NAN, 0, 0);
      assertThat(tape.gradients(first.of(p).sum()).of(p).toArray()).containsExactly(NAN, 0, 0);
      assertThat(tape.gradients(first.of(x).sum()).of(p).toArray()).containsExactly(NAN, 0, 0);
    }
  }

  @Test
  void aBroadcastOperandGathersIt() {
    try (Tape tape = Tape.record()) {
      Tensor a = tape.watch(Tensor.matrix(new double[] {1, NAN}, new double[] {5, 6}));
      Tensor b = tape.watch(Tensor.vector(2, 3));
      Gradients gradients = tape.gradients(a.maximum(b).sum());
      assertThat(gradients.of(a).toArray()).containsExactly(0, NAN, 1, 1);
      assertThat(gradients.of(b).toArray()).containsExactly(1, NAN);
    }
  }

  @Test
  void itIsStillThereInTheSecondDerivative() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(NAN, 2));
      Tensor first = tape.recordedGradients(x.relu().square().sum()).of(x);
      assertThat(first.toArray()).containsExactly(NAN, 4);
      assertThat(tape.gradients(first.sum()).of(x).toArray()).containsExactly(NAN, 2);
    }
  }

  @Test
  void comparisonsMakeConstantsThatChooseAsBefore() {
    Tensor x = Tensor.vector(NAN, 2);
    assertThat(gradient(v -> v.greaterThan(0).where(v.mul(3), v), x)).containsExactly(1, 3);
    assertThat(gradient(v -> v.mask(v.greaterThan(0)), x)).containsExactly(0, 1);
  }
}
