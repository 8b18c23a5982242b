package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Functions that have limits have them in value and two derivatives, up to ±∞. */
class FarOutTest {

  private static final double[] POINTS = {
    0,
    -0.0,
    1e-300,
    -1e-300,
    30,
    -30,
    800,
    -800,
    1e155,
    -1e155,
    1e308,
    -1e308,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  /** Functions with bounded derivatives. */
  private static final Map<String, UnaryOperator<Tensor>> BOUNDED =
      Map.of(
          "tanh", Tensor::tanh,
          "sigmoid", Tensor::sigmoid,
          "softplus", Tensor::softplus,
          "erf", Tensor::erf,
          "gelu", Tensor::gelu,
          "relu", Tensor::relu,
          "abs", Tensor::abs,
          "clip", x -> x.clip(-3, 1e200));

  @TestFactory
  Stream<DynamicTest> derivativesAreNumbers() {
    return BOUNDED.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      try (Tape tape = Tape.record()) {
                        Tensor x = tape.watch(Tensor.vector(POINTS));
                        Tensor y = entry.getValue().apply(x);
                        Tensor first = tape.recordedGradients(y.sum()).of(x);
                        // Even where the first one is constant, the sum with 2x depends on x.
                        Tensor second = tape.gradients(first.add(x.mul(2)).sum()).of(x).sub(2);
                        for (int i = 0; i < POINTS.length; i++) {
                          assertThat(y.at(i)).as("at %s", POINTS[i]).isNotNaN();
                          assertThat(first.at(i)).as("at %s", POINTS[i]).isBetween(-1.13, 1.13);
                          assertThat(second.at(i)).as("at %s", POINTS[i]).isBetween(-1.0, 1.0);
                        }
                      }
                    }));
  }

  @Test
  void theSlopeOfErfIsZeroFarOut() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(27.2, 27.3, 28, 1e155, 1e308, -1e308));
      Tensor first = tape.recordedGradients(x.erf().sum()).of(x);
      assertThat(first.toArray()[0]).isPositive();
      assertThat(first.slice(0, 2, 6).toArray()).containsOnly(0);
      assertThat(tape.gradients(first.sum()).of(x).slice(0, 2, 6).add(0).toArray()).containsOnly(0);
    }
  }

  @Test
  void besideInfinityNoFiniteNumberHasAShare() {
    try (Tape tape = Tape.record()) {
      double infinity = Double.POSITIVE_INFINITY;
      Tensor x = tape.watch(Tensor.vector(infinity, 800, Double.MAX_VALUE, 1, -infinity));
      Tensor sum = x.logSumExp(0);
      assertThat(sum.item()).isEqualTo(infinity);
      assertThat(tape.gradients(sum).of(x).slice(0, 1, 5).toArray()).containsOnly(0);
      assertThat(x.softmax(0).slice(0, 1, 5).toArray()).containsOnly(0);
      assertThat(x.logSoftmax(0).slice(0, 1, 5).toArray()).containsOnly(-infinity);
    }
  }

  /** What softmax leaves to the others beside a certain one is not lost in 1 + 4e−18. */
  @Test
  void aNearlyCertainClassHasATinyLoss() {
    double tiny = StrictMath.exp(-40);
    assertThat(Tensor.vector(40, 0).logSoftmax(0).toArray()).containsExactly(-tiny, -40);
    assertThat(Tensor.vector(0, -40).logSumExp(0).item()).isEqualTo(tiny);
    assertThat(Tensor.vector(-40, 0, -700).logSumExp(0).item()).isEqualTo(tiny);
    assertThat(Tensor.vector(700, 0).logSoftmax(0).at(0)).isEqualTo(-StrictMath.exp(-700));
    Tensor columns = Tensor.matrix(new double[] {0, 50}, new double[] {50, 0});
    assertThat(columns.logSoftmax(0).get(1, 0)).isEqualTo(-StrictMath.exp(-50));
    assertThat(columns.logSoftmax(0).get(0, 1)).isEqualTo(-StrictMath.exp(-50));
  }

  /** Just above and below where the others are summed without the largest. */
  @Test
  void theLossOfACertainClassFallsSteadily() {
    double before = Double.POSITIVE_INFINITY;
    for (double margin = 12; margin < 16; margin += 1. / 64) {
      double loss = -Tensor.vector(margin, 0).logSoftmax(0).at(0);
      double expected = StrictMath.log1p(StrictMath.exp(-margin));
      assertThat(Math.abs(loss / expected - 1)).isLessThan(3e-10);
      assertThat(loss).isLessThan(before);
      before = loss;
    }
  }
}
