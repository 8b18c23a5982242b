package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

class LayerNormTest {

  @Test
  void eachRowIsNormalizedScaledAndShifted() {
    LayerNorm norm = LayerNorm.of(2, 3);
    norm.state().get("weight").assign(Tensor.vector(10, 100));
    norm.state().get("bias").assign(Tensor.vector(1, 2));
    // Row 0 has mean 1 and variance 1, row 1 mean 5 and variance 0.
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 0, 2, 5, 5);
    Tensor y = norm.forward(x);
    assertThat(y.shape()).isEqualTo(x.shape());
    assertThat(y.toArray()).containsExactly(-4, 52, 1, 2);
  }

  @Test
  void withoutOptionsEpsilonIsPyTorchs() {
    double y = LayerNorm.of(2).forward(Tensor.vector(-1, 1)).get(1);
    assertThat(y).isCloseTo(1 / Math.sqrt(1 + 1e-5), within(1e-15));
  }

  /** The mean of one number is itself. */
  @Test
  void oneFeatureIsAlwaysZero() {
    assertThat(LayerNorm.of(1).forward(Tensor.vector(7)).toArray()).containsExactly(0);
  }

  @Test
  void anInputOfAnotherWidthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerNorm.of(4).forward(Tensor.zeros(Shape.of(4, 3))))
        .withMessage("LayerNorm 4: the last axis of the input must be 4, its shape is 4×3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerNorm.of(4).forward(Tensor.scalar(1)))
        .withMessage("LayerNorm 4: the last axis of the input must be 4, its shape is scalar");
  }

  @Test
  void fewerThanOneFeatureIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerNorm.of(0))
        .withMessage("LayerNorm: features must be at least 1, got 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void anEpsilonThatIsNotPositiveIsRefused(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerNorm.of(2, epsilon))
        .withMessage("LayerNorm: epsilon must be positive and finite, got " + epsilon);
  }
}
