package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Where a function has no derivative, the value that is documented. */
class KinkTest {

  /** Gradient of Σ f(x) with respect to x; −0 counts as 0. */
  private static double[] slope(UnaryOperator<Tensor> f, double... x) {
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(Tensor.vector(x));
      return tape.gradients(f.apply(leaf).sum()).of(leaf).add(0.0).toArray();
    }
  }

  /** Derivatives of f(a, b) with respect to a and b. */
  private static double[] slopes(BinaryOperator<Tensor> f, double a, double b) {
    try (Tape tape = Tape.record()) {
      Tensor left = tape.watch(Tensor.scalar(a));
      Tensor right = tape.watch(Tensor.scalar(b));
      Gradients gradients = tape.gradients(f.apply(left, right));
      return new double[] {gradients.of(left).item(), gradients.of(right).item()};
    }
  }

  @Test
  void reluIsFlatAtZero() {
    assertThat(slope(Tensor::relu, -1, -0.0, 0.0, Double.MIN_VALUE, 1))
        .containsExactly(0, 0, 0, 1, 1);
  }

  @Test
  void absIsFlatAtZero() {
    assertThat(slope(x -> x.abs().mul(3), -2, 0, 2)).containsExactly(-3, 0, 3);
  }

  @Test
  void clipPassesTheGradientAtItsBoundsAndBetween() {
    assertThat(slope(x -> x.clip(-1, 2), Math.nextDown(-1.0), -1, 0, 2, Math.nextUp(2.0)))
        .containsExactly(0, 1, 1, 1, 0);
  }

  @Test
  void clipToASinglePointPassesTheGradientThere() {
    assertThat(slope(x -> x.clip(1, 1), 0, 1, 2)).containsExactly(0, 1, 0);
  }

  @Test
  void maximumSharesAnEqualPairInHalves() {
    assertThat(slopes(Tensor::maximum, 1, 1)).containsExactly(0.5, 0.5);
    assertThat(slopes(Tensor::maximum, 1, 2)).containsExactly(0, 1);
    assertThat(slopes(Tensor::maximum, 2, 1)).containsExactly(1, 0);
  }

  @Test
  void minimumSharesAnEqualPairInHalves() {
    assertThat(slopes(Tensor::minimum, 1, 1)).containsExactly(0.5, 0.5);
    assertThat(slopes(Tensor::minimum, 1, 2)).containsExactly(1, 0);
    assertThat(slopes(Tensor::minimum, 2, 1)).containsExactly(0, 1);
  }

  @Test
  void positiveAndNegativeZeroAreEqual() {
    assertThat(slopes(Tensor::maximum, -0.0, 0.0)).containsExactly(0.5, 0.5);
    assertThat(slopes(Tensor::minimum, -0.0, 0.0)).containsExactly(0.5, 0.5);
    assertThat(slope(Tensor::max, 0.0, -0.0)).containsExactly(0.5, 0.5);
  }

  @Test
  void maxSharesAmongAllThatAreLargest() {
    assertThat(slope(Tensor::max, 3, 1, 3, 3, 2)).containsExactly(1. / 3, 0, 1. / 3, 1. / 3, 0);
  }

  @Test
  void minSharesAmongAllThatAreSmallest() {
    assertThat(slope(Tensor::min, 1, 3, 1)).containsExactly(0.5, 0, 0.5);
  }

  @Test
  void maxSharesWithinEachGroupByItself() {
    UnaryOperator<Tensor> rowMaxima = x -> x.reshape(2, 3).max(1);
    assertThat(slope(rowMaxima, 5, 5, 4, 1, 2, 2)).containsExactly(0.5, 0.5, 0, 0, 0.5, 0.5);
    UnaryOperator<Tensor> outerMaximum = x -> x.reshape(2, 1, 3).max(0, 2);
    assertThat(slope(outerMaximum, 5, 5, 4, 1, 2, 5))
        .containsExactly(1. / 3, 1. / 3, 0, 0, 0, 1. / 3);
  }

  @Test
  void powIsFlatInTheBaseAtZeroToTheZero() {
    assertThat(slopes(Tensor::pow, 0, 0)).containsExactly(0, 0);
  }

  @Test
  void powOfZeroHasTheLimitInTheBaseAndIsFlatInTheExponent() {
    assertThat(slopes(Tensor::pow, 0, 1)).containsExactly(1, 0);
    assertThat(slopes(Tensor::pow, 0, 2)).containsExactly(0, 0);
    assertThat(slopes(Tensor::pow, 0, 0.5)).containsExactly(Double.POSITIVE_INFINITY, 0);
  }

  @Test
  void powWithExponentZeroIsFlatInTheBase() {
    assertThat(slopes(Tensor::pow, 2, 0)).containsExactly(0, Math.log(2));
  }

  @Test
  void squareByPowHasItsSecondDerivativeAtZero() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(0));
      Tensor first = tape.recordedGradients(x.pow(2)).of(x);
      assertThat(first.item()).isZero();
      assertThat(tape.gradients(first).of(x).item()).isEqualTo(2);
    }
  }

  @Test
  void powOfZeroIsNotUndefinedInANegativeExponent() {
    assertThat(slopes(Tensor::pow, 0, -1)[1]).isNotNaN();
  }
}
