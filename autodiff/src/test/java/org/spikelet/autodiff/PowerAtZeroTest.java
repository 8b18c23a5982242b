package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** At x = 0 the derivatives of a power that do not exist are constants, 0 to every order. */
class PowerAtZeroTest {

  /** The value and the first three derivatives of f at 0. */
  private static double[] atZero(UnaryOperator<Tensor> f) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(0));
      double[] derivatives = new double[4];
      Tensor y = f.apply(x);
      for (int order = 0; order < derivatives.length; order++) {
        derivatives[order] = y.item();
        y = tape.tracks(y) ? tape.recordedGradients(y).of(x) : Tensor.scalar(0);
      }
      return derivatives;
    }
  }

  @Test
  void xToTheX() {
    assertThat(atZero(x -> x.pow(x))).containsExactly(1, 0, 0, 0);
  }

  @Test
  void powersWithNumbersForExponents() {
    assertThat(atZero(x -> x.pow(0))).containsExactly(1, 0, 0, 0);
    assertThat(atZero(x -> x.pow(1))).containsExactly(0, 1, 0, 0);
    assertThat(atZero(x -> x.pow(2))).containsExactly(0, 0, 2, 0);
    assertThat(atZero(x -> x.pow(3))).containsExactly(0, 0, 0, 6);
  }

  @Test
  void zeroToTheX() {
    assertThat(atZero(x -> Tensor.scalar(0).pow(x))).containsExactly(1, 0, 0, 0);
    assertThat(atZero(x -> Tensor.scalar(0).pow(x.add(2)))).containsExactly(0, 0, 0, 0);
  }

  @Test
  void awayFromZeroXToTheXIsAsItWas() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(1));
      Tensor first = tape.recordedGradients(x.pow(x)).of(x);
      assertThat(first.item()).isEqualTo(1); // xˣ (ln x + 1)
      assertThat(tape.gradients(first).of(x).item()).isEqualTo(2); // xˣ ((ln x + 1)² + 1/x)
    }
  }
}
