package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Functions of one tensor have the values of {@code Math}, and do not overflow where they need not.
 */
class UnaryTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double[] NUMBERS = {
    -30, -3.75, -1, -0.5, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.25, 0.5, 1, 2, 3.75, 30
  };

  private record Pair(UnaryOperator<Tensor> operation, DoubleUnaryOperator ofNumbers) {}

  private static final Map<String, Pair> OPERATIONS =
      Map.ofEntries(
          Map.entry("neg", new Pair(Tensor::neg, x -> 0 - x)),
          Map.entry("exp", new Pair(Tensor::exp, Math::exp)),
          Map.entry(
              "log of 2 + x²", new Pair(x -> x.square().add(2).log(), x -> Math.log(x * x + 2))),
          Map.entry("sqrt of x²", new Pair(x -> x.square().sqrt(), x -> Math.sqrt(x * x))),
          Map.entry("square", new Pair(Tensor::square, x -> x * x)),
          Map.entry("abs", new Pair(Tensor::abs, x -> x < 0 ? -x : x)),
          Map.entry("sign", new Pair(Tensor::sign, x -> x < 0 ? -1 : x > 0 ? 1 : 0)),
          Map.entry("sin", new Pair(Tensor::sin, Math::sin)),
          Map.entry("cos", new Pair(Tensor::cos, Math::cos)),
          Map.entry("tanh", new Pair(Tensor::tanh, Math::tanh)),
          Map.entry("sigmoid", new Pair(Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)))),
          Map.entry("relu", new Pair(Tensor::relu, x -> x < 0 ? 0 : x)),
          Map.entry("softplus", new Pair(Tensor::softplus, x -> Math.log1p(Math.exp(x)))),
          Map.entry("clip", new Pair(x -> x.clip(-2, 1), x -> x < -2 ? -2 : x > 1 ? 1 : x)));

  @TestFactory
  Stream<DynamicTest> valuesAreThoseOfMath() {
    return OPERATIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      double[] y =
                          entry.getValue().operation.apply(Tensor.vector(NUMBERS)).toArray();
                      for (int i = 0; i < y.length; i++) {
                        double expected = entry.getValue().ofNumbers.applyAsDouble(NUMBERS[i]);
                        assertThat(y[i])
                            .as("at %s", NUMBERS[i])
                            .isCloseTo(expected, offset(4 * Math.ulp(expected)));
                      }
                    }));
  }

  @Test
  void sigmoidDoesNotOverflow() {
    Tensor x = Tensor.vector(-INFINITY, -1e300, -1000, 700, 1000, 1e300, INFINITY);
    assertThat(x.sigmoid().toArray()).containsExactly(0, 0, 0, 1, 1, 1, 1);
    // e^720 overflows, e^−720 does not.
    assertThat(Tensor.scalar(-720).sigmoid().item()).isEqualTo(StrictMath.exp(-720)).isPositive();
  }

  @Test
  void softplusDoesNotOverflow() {
    Tensor x = Tensor.vector(-INFINITY, -1000, -700, 700, 1000, 1e300, INFINITY);
    assertThat(x.softplus().toArray())
        .containsExactly(0, 0, StrictMath.exp(-700), 700, 1000, 1e300, INFINITY);
  }

  @Test
  void tanhSaturates() {
    Tensor x = Tensor.vector(-INFINITY, -1e300, 1e300, INFINITY);
    assertThat(x.tanh().toArray()).containsExactly(-1, -1, 1, 1);
  }

  @Test
  void saturatedFunctionsHaveFiniteGradients() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(-INFINITY, -1000, 1000, INFINITY));
      assertThat(tape.gradients(x.sigmoid().sum()).of(x).toArray()).containsExactly(0, 0, 0, 0);
      assertThat(tape.gradients(x.tanh().sum()).of(x).toArray()).containsExactly(0, 0, 0, 0);
      assertThat(tape.gradients(x.softplus().sum()).of(x).toArray()).containsExactly(0, 0, 1, 1);
      assertThat(tape.gradients(x.erf().sum()).of(x).toArray()).containsExactly(0, 0, 0, 0);
    }
  }

  @Test
  void infinitiesOfPlainFunctions() {
    assertThat(Tensor.vector(-INFINITY, INFINITY, 1000).exp().toArray())
        .containsExactly(0, INFINITY, INFINITY);
    assertThat(Tensor.vector(0, INFINITY).log().toArray()).containsExactly(-INFINITY, INFINITY);
    assertThat(Tensor.vector(-INFINITY, INFINITY).clip(-1, 1).toArray()).containsExactly(-1, 1);
    assertThat(Tensor.vector(-INFINITY, INFINITY).clip(0, INFINITY).toArray())
        .containsExactly(0, INFINITY);
  }
}
