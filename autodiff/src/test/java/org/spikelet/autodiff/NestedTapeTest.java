package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The innermost tape records; the tapes around it wait. */
class NestedTapeTest {

  @Test
  void anInnerTapeDifferentiatesByItself() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape outer = Tape.record()) {
      Tensor y = w.square();
      double slope;
      try (Tape inner = Tape.record()) {
        slope = inner.gradients(w.mul(5)).of(w).item();
      }
      assertThat(slope).isEqualTo(5);
      assertThat(outer.gradients(y.mul(slope)).of(w).item()).isEqualTo(30);
    }
  }

  @Test
  void theOuterTapeSeesACopyFromInsideAsAConstant() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape outer = Tape.record()) {
      Tensor nine;
      try (Tape inner = Tape.record()) {
        nine = w.square().copy();
        assertThat(inner.size()).isEqualTo(2);
      }
      assertThat(outer.size()).isZero();
      assertThat(outer.gradients(nine.mul(w)).of(w).item()).isEqualTo(9);
    }
  }

  @Test
  void aRecordedTensorOfTheOuterTapeIsRefusedInside() {
    try (Tape outer = Tape.record()) {
      Tensor y = outer.watch(Tensor.scalar(3)).square();
      try (Tape inner = Tape.record()) {
        assertThat(inner.size()).isZero();
        assertThatThrownBy(() -> y.mul(2))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContainingAll("mul", "recorded on another tape", "detach()");
        assertThat(y.detach().mul(2).item()).isEqualTo(18);
        Tensor leaf = inner.watch(y);
        assertThat(inner.gradients(leaf.square()).of(leaf).item()).isEqualTo(18);
      }
      assertThat(y.mul(2).item()).isEqualTo(18);
    }
  }

  @Test
  void constantsOfTheOuterTapeMayBeUsedInside() {
    try (Tape outer = Tape.record()) {
      Tensor constant = Tensor.scalar(2).add(1);
      try (Tape inner = Tape.record()) {
        Tensor x = inner.watch(Tensor.scalar(4));
        assertThat(inner.gradients(x.mul(constant)).of(x).item()).isEqualTo(3);
      }
      assertThat(constant.item()).isEqualTo(3);
      assertThat(outer.size()).isZero();
    }
  }

  @Test
  void theOuterTapeMustWait() {
    try (Tape outer = Tape.record()) {
      Tensor x = outer.watch(Tensor.scalar(3));
      Tensor y = x.square();
      try (Tape inner = Tape.record()) {
        assertThat(inner.size()).isZero();
        String later = "a tape opened later is still open";
        assertThatThrownBy(() -> outer.gradients(y)).hasMessageContaining(later);
        assertThatThrownBy(() -> outer.watch(Tensor.scalar(1))).hasMessageContaining(later);
        assertThatThrownBy(outer::close)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(later);
      }
      assertThat(outer.gradients(y).of(x).item()).isEqualTo(6);
    }
  }

  @Test
  void aLossOfAnotherTapeIsRefused() {
    try (Tape outer = Tape.record()) {
      Tensor y = outer.watch(Tensor.scalar(3)).square();
      try (Tape inner = Tape.record()) {
        assertThatThrownBy(() -> inner.gradients(y))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("depends on no parameter");
      }
    }
  }
}
