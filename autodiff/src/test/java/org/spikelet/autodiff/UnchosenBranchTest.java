package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A branch that was not taken has no influence, even through infinities and NaN. */
class UnchosenBranchTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /** Gradient of f at x when the gradient of every output is infinite; −0 counts as 0. */
  private static double[] underInfiniteUpstream(UnaryOperator<Tensor> f, double... x) {
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(Tensor.vector(x));
      Tensor y = f.apply(leaf);
      return tape.gradients(y, Tensor.full(y.shape(), INFINITY)).of(leaf).add(0.0).toArray();
    }
  }

  @Test
  void infiniteUpstreamStopsAtTheFlatSideOfRelu() {
    assertThat(underInfiniteUpstream(Tensor::relu, -1, 0, 1)).containsExactly(0, 0, INFINITY);
  }

  @Test
  void infiniteUpstreamStopsOutsideTheRangeOfClip() {
    assertThat(underInfiniteUpstream(x -> x.clip(0, 1), -1, 0.5, 2))
        .containsExactly(0, INFINITY, 0);
  }

  @Test
  void infiniteUpstreamStopsAtTheSmallerOperandOfMaximum() {
    Tensor other = Tensor.vector(1, 1);
    assertThat(underInfiniteUpstream(x -> x.maximum(other), 0, 2)).containsExactly(0, INFINITY);
    assertThat(underInfiniteUpstream(other::maximum, 0, 2)).containsExactly(0, INFINITY);
  }

  @Test
  void infiniteUpstreamStopsAtTheLargerOperandOfMinimum() {
    Tensor other = Tensor.vector(1, 1);
    assertThat(underInfiniteUpstream(x -> x.minimum(other), 0, 2)).containsExactly(INFINITY, 0);
    assertThat(underInfiniteUpstream(other::minimum, 0, 2)).containsExactly(INFINITY, 0);
  }

  @Test
  void infiniteUpstreamStopsAtAllButTheLargestOfMax() {
    assertThat(underInfiniteUpstream(Tensor::max, 1, 3, 2)).containsExactly(0, INFINITY, 0);
    assertThat(underInfiniteUpstream(Tensor::min, 1, 3, 2)).containsExactly(INFINITY, 0, 0);
  }

  @Test
  void infiniteUpstreamStopsAtAMask() {
    Tensor mask = Tensor.vector(0, 1);
    assertThat(underInfiniteUpstream(x -> x.mask(mask), 5, 5)).containsExactly(0, INFINITY);
  }

  @Test
  void maskHidesWhateverIsThere() {
    Tensor hidden = Tensor.vector(NAN, INFINITY, -INFINITY, 4);
    assertThat(hidden.mask(Tensor.vector(0, 0, 0, 1)).toArray()).containsExactly(0, 0, 0, 4);
  }

  @Test
  void whereHidesTheValueThatWasNotChosen() {
    Tensor y = Tensor.vector(1, 0).where(Tensor.vector(3, NAN), Tensor.vector(NAN, 4));
    assertThat(y.toArray()).containsExactly(3, 4);
  }

  @Test
  void whereHidesTheGradientThatWasNotChosen() {
    Tensor positive = Tensor.vector(0, 1);
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(-4, 4));
      // √−4 is NaN; where alone cannot help, because the rule of sqrt divides 0 by NaN.
      Tensor safe = positive.where(x, Tensor.scalar(1)).sqrt();
      Tensor y = positive.where(safe, Tensor.scalar(0));
      assertThat(y.toArray()).containsExactly(0, 2);
      assertThat(tape.gradients(y.sum()).of(x).toArray()).containsExactly(0, 0.25);
    }
  }

  @Test
  void whereStopsAnInfiniteOrUndefinedUpstream() {
    try (Tape tape = Tape.record()) {
      Tensor a = tape.watch(Tensor.vector(1, 1));
      Tensor b = tape.watch(Tensor.vector(2, 2));
      Gradients gradients =
          tape.gradients(Tensor.vector(1, 0).where(a, b), Tensor.vector(INFINITY, NAN));
      assertThat(gradients.of(a).toArray()).containsExactly(INFINITY, 0);
      assertThat(gradients.of(b).toArray()).containsExactly(0, NAN);
    }
  }

  @Test
  void anyConditionButZeroChoosesTheFirst() {
    Tensor condition = Tensor.vector(-1, 0.0, -0.0, 1e-300, NAN);
    Tensor y = condition.where(Tensor.scalar(1), Tensor.scalar(2));
    assertThat(y.toArray()).containsExactly(1, 2, 2, 1, 1);
  }

  @Test
  void theConditionItselfGetsNoGradient() {
    try (Tape tape = Tape.record()) {
      Tensor condition = tape.watch(Tensor.scalar(1));
      Tensor a = tape.watch(Tensor.scalar(5));
      Gradients gradients = tape.gradients(condition.where(a, Tensor.scalar(0)).mask(condition));
      assertThat(gradients.of(condition).item()).isZero();
      assertThat(gradients.of(a).item()).isEqualTo(1);
    }
  }
}
