package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;

/** Clipping at its edges. */
class ClippingTest {

  private final Parameter w = Steps.parameter(0, 0);

  @Test
  void theNormIsOverAllParametersTogether() {
    Parameter other = Steps.parameter(0);
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(w.mul(2).sum().add(other.sum()));
      assertThat(Clipping.globalNorm(gradients, 1.5)).isEqualTo(3);
      assertThat(gradients.array(w)[0]).isCloseTo(1, offset(1e-6));
      assertThat(gradients.array(other)[0]).isCloseTo(0.5, offset(1e-6));
    }
  }

  /** PyTorch's margin: at the limit itself a gradient shrinks by a millionth. */
  @Test
  void theMarginIsPyTorchs() {
    Gradients gradients = Steps.gradients(w, 3, 4);
    assertThat(Clipping.globalNorm(gradients, 5)).isEqualTo(5);
    assertThat(gradients.array(w)).containsExactly(3 * (5 / 5.000001), 4 * (5 / 5.000001));
  }

  @Test
  void gradientsOfZeroStayZero() {
    Gradients gradients = Steps.gradients(w, 0, 0);
    assertThat(Clipping.globalNorm(gradients, 1)).isZero();
    assertThat(gradients.array(w)).containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aGradientThatIsNotFiniteCannotBeScaled(double bad) {
    Gradients gradients = Steps.gradients(w, 1, bad);
    assertThatThrownBy(() -> Clipping.globalNorm(gradients, 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("norm is " + Math.abs(bad));
    assertThat(gradients.array(w)).containsExactly(1, bad);
  }

  @Test
  void clippingByValueLimitsInfinitiesButCannotMendNaN() {
    Gradients gradients = Steps.gradients(w, Double.NEGATIVE_INFINITY, Double.NaN);
    Clipping.value(gradients, 2);
    assertThat(gradients.array(w)).containsExactly(-2, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void theLimitMustBePositiveAndFinite(double limit) {
    Gradients gradients = Steps.gradients(w, 3, 4);
    assertThatThrownBy(() -> Clipping.globalNorm(gradients, limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clipping limit: must be finite and positive, got " + limit);
    assertThatThrownBy(() -> Clipping.value(gradients, limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + limit);
    assertThat(gradients.array(w)).containsExactly(3, 4);
  }

  @Test
  void clippingDoesNotTouchTheParameters() {
    Parameter v = Steps.parameter(7, 8);
    Clipping.globalNorm(Steps.gradients(v, 3, 4), 1);
    assertThat(v.toArray()).containsExactly(7, 8);
  }
}
