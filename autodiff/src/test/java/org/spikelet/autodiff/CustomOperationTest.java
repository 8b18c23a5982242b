package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.autodiff.Operation.wrt;

import org.junit.jupiter.api.Test;

/** Operations written by users are recorded like the library's own. */
class CustomOperationTest {

  /** y = 2x. */
  private static Tensor twice(Tensor x) {
    Tensor y = Tensor.scalar(2 * x.item());
    return Operation.enter("twice", y, wrt(x, g -> g.mul(2)));
  }

  @Test
  void isDifferentiated() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      Tensor y = twice(w.square());
      assertThat(y.item()).isEqualTo(18);
      assertThat(tape.gradients(y).of(w).item()).isEqualTo(12);
    }
  }

  @Test
  void isAPlainFunctionWithoutATapeOrWithoutALeaf() {
    assertThat(twice(Tensor.scalar(3)).item()).isEqualTo(6);
    try (Tape tape = Tape.record()) {
      Tensor y = twice(Tensor.scalar(3));
      assertThat(tape.size()).isZero();
      assertThat(y.item()).isEqualTo(6);
    }
  }

  @Test
  void anInputWithoutARuleIsAConstant() {
    try (Tape tape = Tape.record()) {
      Tensor a = tape.watch(Tensor.scalar(2));
      Tensor b = tape.watch(Tensor.scalar(3));
      Tensor product = Operation.enter("half", Tensor.scalar(6), wrt(a, g -> g.mul(b)));
      Gradients gradients = tape.gradients(product);
      assertThat(gradients.of(a).item()).isEqualTo(3);
      assertThat(gradients.of(b).item()).isZero();
    }
  }

  @Test
  void theRuleIsNotAskedForAConstantInput() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Tensor y =
          Operation.enter(
              "product",
              Tensor.scalar(10),
              wrt(x, g -> g.mul(5)),
              wrt(
                  Tensor.scalar(5),
                  g -> {
                    throw new AssertionError("asked for the gradient of a constant");
                  }));
      assertThat(tape.gradients(y).of(x).item()).isEqualTo(5);
    }
  }

  @Test
  void theResultBelongsToTheTape() {
    Tensor y;
    try (Tape tape = Tape.record()) {
      y = twice(tape.watch(Tensor.scalar(3)));
    }
    Tensor kept = y;
    assertThatThrownBy(kept::item).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anOutputCannotBeRecordedTwice() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor y = x.square();
      assertThatThrownBy(() -> Operation.enter("again", y, wrt(x, g -> g)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("again: the output must be a tensor made for this operation");
    }
  }

  @Test
  void aLeafCannotBeAnOutput() {
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      assertThatThrownBy(() -> Operation.enter("self", x, wrt(x, g -> g)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> Operation.enter("self", w, wrt(w, g -> g)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aRuleOfTheWrongShapeIsNamed() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor y = Operation.enter("spread", Tensor.vector(3, 3), wrt(x, g -> g));
      assertThatThrownBy(() -> tape.gradients(y.sum()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "spread", "returned the shape 2", "input of shape scalar", "sumTo");
    }
  }
}
