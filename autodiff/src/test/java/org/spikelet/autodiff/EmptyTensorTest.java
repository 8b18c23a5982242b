package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A tensor without elements is an ordinary tensor, but has no mean and no maximum. */
class EmptyTensorTest {

  private static final Tensor EMPTY = Tensor.zeros(Shape.of(0, 3));

  @Test
  void elementwiseOperationsGiveEmptyTensors() {
    assertThat(EMPTY.exp().shape()).isEqualTo(Shape.of(0, 3));
    assertThat(EMPTY.add(Tensor.vector(1, 2, 3)).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(EMPTY.add(1).toArray()).isEmpty();
    assertThat(EMPTY.softmax(1).toArray()).isEmpty();
    assertThat(EMPTY.logSoftmax(0).toArray()).isEmpty();
  }

  @Test
  void theSumOfNothingIsZero() {
    assertThat(EMPTY.sum().item()).isZero();
    assertThat(EMPTY.sum(0).toArray()).containsExactly(0, 0, 0);
    assertThat(EMPTY.sum(1).toArray()).isEmpty();
    assertThat(EMPTY.sumTo(Shape.of(1, 3)).toArray()).containsExactly(0, 0, 0);
  }

  @Test
  void nothingHasNoMeanAndNoMaximum() {
    assertThatThrownBy(() -> EMPTY.mean()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EMPTY.max(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EMPTY.logSumExp(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noGroupsHaveNoMeansAndThatIsFine() {
    assertThat(EMPTY.mean(1).shape()).isEqualTo(Shape.of(0));
    assertThat(EMPTY.max(1).shape()).isEqualTo(Shape.of(0));
    assertThat(EMPTY.logSumExp(1).shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void gradientsOfEmptyLeavesAreEmpty() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(EMPTY);
      Tensor w = tape.watch(Tensor.vector(1, 2, 3));
      Gradients gradients = tape.gradients(x.mul(w).sum());
      assertThat(gradients.of(x).shape()).isEqualTo(Shape.of(0, 3));
      assertThat(gradients.of(w).toArray()).containsExactly(0, 0, 0);
      assertThat(gradients.norm()).isZero();
    }
  }

  @Test
  void itIsPrinted() {
    assertThat(Tensor.zeros(Shape.of(0)).toString()).isEqualTo("Tensor(0) []");
    assertThat(Tensor.zeros(Shape.of(2, 0)).toString()).isEqualTo("Tensor(2×0) []");
  }
}
