package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.check.GradientCheck;

/**
 * Derivatives of a power whose factors leave the range of a double, though they themselves do not.
 */
class PowerBeyondRangeTest {

  /** The value and the first derivatives by the base, with an upstream gradient of 3. */
  private static double[] derivatives(double base, double exponent, int orders) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(base));
      Tensor y = x.pow(exponent).mul(3);
      double[] derivatives = new double[orders];
      for (int k = 0; k < orders; k++) {
        y = tape.tracks(y) ? tape.recordedGradients(y).of(x) : Tensor.scalar(0);
        derivatives[k] = y.item();
      }
      return derivatives;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {4.9e-324, -4.9e-324, 2e-308, 0, 1, -1e308, Double.NaN})
  void whereAPowerIsAPolynomialItsHigherDerivativesAreZero(double x) {
    assertThat(derivatives(x, 0, 3)).containsExactly(0, 0, 0);
    assertThat(derivatives(x, 1, 3)).containsExactly(3, 0, 0);
    assertThat(derivatives(x, 2, 3)).containsExactly(x * 2 * 3, 6, 0);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1e155", "-0.5, 1e155", "1e-300, 1e155", "2, -1e155", "1e300, -1e155"})
  void aVanishingPowerHasVanishingDerivatives(double x, double exponent) {
    double[] all = derivatives(x, exponent, 3);
    for (double derivative : all) {
      assertThat(derivative).isZero();
    }
  }

  @Test
  void theMixedDerivativeIsThere() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(4, 4.9e-324));
      Tensor p = tape.watch(Tensor.vector(0, 0));
      Tensor first = tape.recordedGradients(x.pow(p).sum()).of(x);
      assertThat(first.toArray()).containsExactly(0, 0);
      // 1/x, and 2e323 is more than a double can hold.
      assertThat(tape.gradients(first.sum()).of(p).toArray())
          .containsExactly(0.25, Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void whatIsConstantAtZeroIsSoWhateverFlowsBack() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(0, 2));
      Tensor y = x.pow(0).mul(Double.NaN).sum();
      assertThat(tape.gradients(y).of(x).toArray()).containsExactly(0, Double.NaN);
    }
  }

  @Test
  void allDerivativesToThirdOrderAtWholeExponents() {
    for (double exponent : new double[] {-1, 0, 1, 2, 3, 2.5}) {
      new GradientCheck()
          .withOrder(3)
          .withTolerance(1e-6, 1e-6)
          .check(
              "pow",
              in -> in.get(0).pow(in.get(1)),
              Tensor.vector(0.7, 1.9),
              Tensor.scalar(exponent));
    }
  }
}
