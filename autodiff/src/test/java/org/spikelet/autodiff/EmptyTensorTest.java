package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** The product of the other lengths is 2³², 0 as an int; or 2³¹, which would be negative. */
  @ParameterizedTest
  @ValueSource(ints = {65536, 32768})
  void theOtherAxesMayBeOfAnyLength(int length) {
    Tensor huge = Tensor.zeros(Shape.of(65536, length, 0));
    assertThat(huge.slice(0, 1, 3).shape()).isEqualTo(Shape.of(2, length, 0));
    assertThat(huge.transpose().slice(2, 0, 1).shape()).isEqualTo(Shape.of(65536, 0, 1));
    Tensor first = huge.permute(2, 0, 1);
    assertThat(first.slice(0, 0, 0).shape()).isEqualTo(first.shape());
    assertThat(first.pad(1, 1, 2).shape()).isEqualTo(Shape.of(0, 65539, length));
    assertThat(first.concatenate(0, first).shape()).isEqualTo(first.shape());
    assertThat(first.gatherRows().shape()).isEqualTo(first.shape());
    assertThat(first.scatterRows(0).shape()).isEqualTo(first.shape());
    for (int axis = 0; axis < 3; axis++) {
      assertThat(first.softmax(axis).shape()).isEqualTo(first.shape());
      assertThat(huge.logSoftmax(axis).shape()).isEqualTo(huge.shape());
    }
    assertThat(huge.toString()).endsWith("×0) []");
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
