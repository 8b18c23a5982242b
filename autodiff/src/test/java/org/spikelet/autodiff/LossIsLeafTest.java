package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A leaf may be the loss itself: its gradient is the one upstream. */
class LossIsLeafTest {

  private final Parameter w = Parameter.of("w", Tensor.scalar(3));

  @Test
  void aParameter() {
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(w);
      assertThat(gradients.of(w).item()).isEqualTo(1);
      assertThat(gradients.contains(w)).isTrue();
      assertThat(tape.tracks(w)).isTrue();
      assertThat(tape.recordedGradients(w).of(w).item()).isEqualTo(1);
    }
  }

  @Test
  void aParameterThatWasUsedBefore() {
    try (Tape tape = Tape.record()) {
      Tensor y = w.square();
      assertThat(tape.gradients(w).of(w).item()).isEqualTo(1);
      assertThat(tape.gradients(y).of(w).item()).isEqualTo(6);
    }
  }

  @Test
  void aParameterOfAnyShape() {
    Parameter vector = Parameter.of("v", Tensor.vector(1, 2));
    Parameter one = Parameter.of("one", Tensor.vector(1));
    try (Tape tape = Tape.record()) {
      Tensor upstream = Tensor.vector(5, 7);
      assertThat(tape.gradients(vector, upstream).of(vector).toArray()).containsExactly(5, 7);
      assertThat(tape.gradients(one).of(one).toArray()).containsExactly(1);
      assertThatThrownBy(() -> tape.gradients(vector)).hasMessageContaining("one element");
    }
  }

  @Test
  void aWatchedTensor() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor other = tape.watch(Tensor.scalar(4));
      Gradients gradients = tape.gradients(x);
      assertThat(gradients.of(x).item()).isEqualTo(1);
      assertThat(gradients.of(other).item()).isZero();
      assertThat(gradients.of(w).item()).isZero();
    }
  }

  @Test
  void aParameterOnAnInnerTape() {
    try (Tape outer = Tape.record();
        Tape inner = Tape.record()) {
      assertThat(inner.gradients(w).of(w).item()).isEqualTo(1);
      assertThat(outer.size()).isZero();
    }
  }

  @Test
  void changedAfterwardsItIsRefused() {
    try (Tape tape = Tape.record()) {
      assertThat(tape.gradients(w).of(w).item()).isEqualTo(1);
      w.update(values -> values[0] = 4);
      assertThatThrownBy(() -> tape.gradients(w)).hasMessageContaining("'w' was changed");
    }
  }

  @Test
  void aFrozenParameterIsAConstant() {
    Parameter frozen = Parameter.frozen("runningMean", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      assertThatThrownBy(() -> tape.gradients(frozen))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("gradients: the loss is the frozen parameter 'runningMean', a constant");
      assertThatThrownBy(() -> tape.gradients(Tensor.scalar(1)))
          .hasMessageContaining("depends on no parameter");
    }
  }
}
