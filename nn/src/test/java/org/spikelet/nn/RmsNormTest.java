package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

class RmsNormTest {

  @Test
  void eachRowIsDividedByItsRootMeanSquareAndScaled() {
    RmsNorm norm = RmsNorm.of(2, 7.5);
    norm.state().get("weight").assign(Tensor.vector(10, 100));
    // Row 0 has the mean square 1, row 1 of 8.5.
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 1, 1, 1, -4);
    Tensor y = norm.forward(x);
    assertThat(y.shape()).isEqualTo(x.shape());
    double[] expected = {
      10 / Math.sqrt(8.5), 100 / Math.sqrt(8.5), 10 / Math.sqrt(16), -400 / Math.sqrt(16)
    };
    assertThat(y.toArray()).containsExactly(expected, within(1e-13));
  }

  @Test
  void withoutOptionsEpsilonIsPyTorchs() {
    double y = RmsNorm.of(1).forward(Tensor.vector(0x1p-26)).at(0);
    assertThat(y).isCloseTo(Math.sqrt(0.5), within(1e-15));
    assertThat(RmsNorm.of(2).forward(Tensor.vector(0, 0)).toArray()).containsExactly(0, 0);
  }

  @Test
  void anInputOfAnotherWidthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RmsNorm.of(4).forward(Tensor.zeros(Shape.of(4, 3))))
        .withMessage("RmsNorm 4: the last axis of the input must be 4, its shape is 4×3");
  }

  @Test
  void fewerThanOneFeatureIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RmsNorm.of(0))
        .withMessage("RmsNorm: features must be at least 1, got 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void anEpsilonThatIsNotPositiveIsRefused(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RmsNorm.of(2, epsilon))
        .withMessage("RmsNorm: epsilon must be positive and finite, got " + epsilon);
  }
}
