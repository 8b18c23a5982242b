package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.optim.DataLoaderProperties.numbered;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** A data set is checked when it is made. */
class DatasetTest {

  @Test
  void rowsMayHaveAnyShape() {
    Tensor images = Tensor.zeros(Shape.of(4, 3, 2, 2));
    Dataset data = new Dataset(images, Tensor.vector(0, 1, 2, 3)).rows(3, 1, 1);
    assertThat(data.size()).isEqualTo(3);
    assertThat(data.inputs().shape()).isEqualTo(Shape.of(3, 3, 2, 2));
    assertThat(data.targets().toArray()).containsExactly(3, 1, 1);
  }

  @Test
  void inputsAndTargetsMustHaveAsManyRows() {
    Tensor inputs = Tensor.zeros(Shape.of(4, 3));
    Tensor targets = Tensor.zeros(Shape.of(5));
    assertThatThrownBy(() -> new Dataset(inputs, targets))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(inputs.shape().toString())
        .hasMessageContaining(targets.shape().toString());
  }

  @Test
  void anEmptyDataSetIsRefused() {
    Tensor nothing = Tensor.zeros(Shape.of(0, 3));
    assertThatThrownBy(() -> new Dataset(nothing, nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> numbered(3).rows()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aScalarHasNoRows() {
    Tensor row = Tensor.vector(1);
    Tensor scalar = Tensor.scalar(1);
    assertThatThrownBy(() -> new Dataset(row, scalar)).hasMessageContaining("needs rows");
    assertThatThrownBy(() -> new Dataset(scalar, row)).hasMessageContaining("needs rows");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void rowsOutOfRangeAreRefused(int row) {
    assertThatThrownBy(() -> numbered(3).rows(0, row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index " + row);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 2, Double.NaN})
  void theShareOfASplitIsBetween0And1(double share) {
    assertThatThrownBy(() -> numbered(3).split(share, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + share);
  }

  @Test
  void oneRowCannotBeSplit() {
    assertThatThrownBy(() -> numbered(1).split(0.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two rows");
  }
}
