package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A shape is a value: its dimensions, and what follows from them. */
class ShapeTest {

  @Test
  void knowsRankSizeAndDimensions() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.dimensions()).containsExactly(2, 3, 4);
    assertThat(shape.dimension(0)).isEqualTo(2);
    assertThat(shape.dimension(-1)).isEqualTo(4);
    assertThat(shape.dimension(-3)).isEqualTo(2);
  }

  @Test
  void theScalarHasOneElementAndNoAxis() {
    assertThat(Shape.of()).isSameAs(Shape.SCALAR);
    assertThat(Shape.SCALAR.size()).isEqualTo(1);
    assertThat(Shape.SCALAR.rank()).isZero();
  }

  @Test
  void aLengthOfZeroMakesItEmpty() {
    assertThat(Shape.of(3, 0, 5).size()).isZero();
  }

  @Test
  void theLargestHasAsManyElementsAsAnIntegerCounts() {
    assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void isEqualByItsDimensions() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(6));
    assertThat(Shape.of(1)).isNotEqualTo(Shape.SCALAR);
  }

  @Test
  void knowsWhereAnElementIs() {
    assertThat(Shape.of(2, 3, 4).position(0)).containsExactly(0, 0, 0);
    assertThat(Shape.of(2, 3, 4).position(23)).containsExactly(1, 2, 3);
    assertThat(Shape.of(2, 3, 4).position(17)).containsExactly(1, 1, 1);
    assertThat(Shape.SCALAR.position(0)).isEmpty();
    assertThatThrownBy(() -> Shape.of(2, 3).position(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("position: index 6 is outside 0 to 5 of the shape 2×3");
    assertThatThrownBy(() -> Shape.of(2, 0).position(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void copiesItsArrays() {
    int[] dimensions = {2, 3};
    Shape shape = Shape.of(dimensions);
    dimensions[0] = 100;
    shape.dimensions()[1] = 100;
    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void isPrintedAsItIsSpoken() {
    assertThat(Shape.of(32, 14)).hasToString("32×14");
    assertThat(Shape.of(5)).hasToString("5");
    assertThat(Shape.SCALAR).hasToString("scalar");
  }

  @Test
  void aLengthOfZeroMakesItEmptyWhereverItStands() {
    assertThat(Shape.of(0, 65536, 65536).size()).isZero();
    assertThat(Shape.of(65536, 65536, 0).size()).isZero();
  }
}
