package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Functions of one tensor have the values of their reference, and do not overflow where they need
 * not.
 */
class UnaryTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double[] NUMBERS = {
    -30, -3.75, -1, -0.5, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.25, 0.5, 1, 2, 3.75, 30
  };

  @TestFactory
  Stream<DynamicTest> valuesAreThoseOfTheirReference() {
    return OperationTable.UNARY.stream()
        .map(row -> dynamicTest(row.name(), () -> row.assertValues(NUMBERS)));
  }

  @Test
  void clipStopsAtItsLimits() {
    for (double x : NUMBERS) {
      double expected = x < -2 ? -2 : x > 1 ? 1 : x;
      assertThat(Tensor.scalar(x).clip(-2, 1).item()).isEqualTo(expected);
    }
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
