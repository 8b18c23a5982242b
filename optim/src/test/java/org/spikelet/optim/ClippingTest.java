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
      assertThat(gradients.norm()).isEqualTo(3);
      Gradients clipped = Clipping.globalNorm(1.5).apply(gradients);
      assertThat(clipped.of(w).get(0)).isCloseTo(1, offset(1e-6));
      assertThat(clipped.of(other).get(0)).isCloseTo(0.5, offset(1e-6));
    }
  }

  /** PyTorch's margin: at the limit itself a gradient shrinks by a millionth. */
  @Test
  void theMarginIsPyTorchs() {
    Gradients gradients = Steps.gradients(w, 3, 4);
    assertThat(Clipping.globalNorm(5).apply(gradients).of(w).toArray())
        .containsExactly(3 * (5 / 5.000001), 4 * (5 / 5.000001));
    assertThat(gradients.of(w).toArray()).as("the old ones").containsExactly(3, 4);
  }

  @Test
  void gradientsOfZeroStayZero() {
    Gradients gradients = Steps.gradients(w, 0, 0);
    assertThat(Clipping.globalNorm(1).apply(gradients).of(w).toArray()).containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aGradientThatIsNotFiniteCannotBeScaled(double bad) {
    Gradients gradients = Steps.gradients(w, 1, bad);
    assertThatThrownBy(() -> Clipping.globalNorm(1).apply(gradients))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("norm is " + Math.abs(bad));
    assertThat(gradients.of(w).toArray()).containsExactly(1, bad);
  }

  @Test
  void clippingByValueLimitsInfinitiesButCannotMendNaN() {
    Gradients gradients = Steps.gradients(w, Double.NEGATIVE_INFINITY, Double.NaN);
    assertThat(Clipping.value(2).apply(gradients).of(w).toArray()).containsExactly(-2, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void theLimitMustBePositiveAndFinite(double limit) {
    assertThatThrownBy(() -> Clipping.globalNorm(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clipping limit: must be finite and positive, got " + limit);
    assertThatThrownBy(() -> Clipping.value(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + limit);
  }

  @Test
  void clippingDoesNotTouchTheParameters() {
    Parameter v = Steps.parameter(7, 8);
    Clipping.globalNorm(1).apply(Steps.gradients(v, 3, 4));
    assertThat(v.toArray()).containsExactly(7, 8);
  }
}
