package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Lengths past the largest int, and lengths that nothing determines. */
class LengthLimitTest {

  private static final int MAX = Integer.MAX_VALUE;

  @Test
  void paddingPastTheLargestInt() {
    Tensor x = Tensor.vector(1, 2, 3);
    for (int[] counts : new int[][] {{MAX, 0}, {0, MAX}, {MAX, MAX}, {MAX - 3, 1}}) {
      assertThatThrownBy(() -> x.pad(0, counts[0], counts[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "shape: axis 0 of 3 would become %s long, more than 2³¹−1"
                  .formatted(3L + counts[0] + counts[1]));
    }
    assertThatThrownBy(() -> Tensor.zeros(Shape.of(2, 3)).pad(1, MAX - 4, 1))
        .hasMessageContaining("more than 2³¹−1 elements");
    assertThat(Tensor.zeros(Shape.of(0, 3)).pad(1, MAX - 4, 1).shape()).isEqualTo(Shape.of(0, MAX));
  }

  @Test
  void concatenatingPastTheLargestInt() {
    Tensor x = Tensor.zeros(Shape.of(0, MAX));
    assertThatThrownBy(() -> x.concatenate(1, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape: axis 1 of 0×2147483647 would become 4294967294 long, more than 2³¹−1");
  }

  @Test
  void aLengthThatCouldBeAny() {
    Tensor empty = Tensor.zeros(Shape.of(0, 3));
    for (int[] dimensions : new int[][] {{0, -1}, {-1, 0}, {3, -1, 0}}) {
      assertThatThrownBy(() -> empty.reshape(dimensions))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("could be any length")
          .hasMessageContaining(Arrays.toString(dimensions));
    }
    assertThatThrownBy(() -> Tensor.vector(1, 2).reshape(0, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(empty.reshape(5, -1).shape()).isEqualTo(Shape.of(5, 0));
    assertThat(empty.reshape(-1).shape()).isEqualTo(Shape.of(0));
    assertThat(empty.reshape(0, 7).shape()).isEqualTo(Shape.of(0, 7));
  }

  @Test
  void twoLengthsToFindOut() {
    assertThatThrownBy(() -> Tensor.vector(1, 2).reshape(-1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
