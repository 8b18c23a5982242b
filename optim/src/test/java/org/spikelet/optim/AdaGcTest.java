package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** AdaGC against sequences worked out by hand. */
class AdaGcTest {

  private static final AdaGc.Settings TWO_STEPS =
      AdaGc.DEFAULTS.withRelativeLimit(1.5).withBeta(0.5).withWarmUp(2).withGlobalLimit(12.5);

  private final Parameter a = Steps.parameter(0, 0);
  private final Parameter b = Steps.parameter(0);

  /** Gradients (3k, 4k) of a, with norm 5k, and l of b. */
  private Gradients gradients(double k, double l) {
    try (Tape tape = Tape.record()) {
      return tape.gradients(a.mul(Tensor.vector(3 * k, 4 * k)).sum().add(b.mul(l).sum())).copy();
    }
  }

  private static double[] usual(AdaGc clip) {
    return clip.save().get(0).toArray();
  }

  /** First the smallest norms under the global limit, then each parameter by itself. */
  @Test
  void limitsEachParameterByItsOwnPast() {
    AdaGc clip = new AdaGc(List.of(a, b), TWO_STEPS);

    Gradients first = clip.apply(gradients(6, 40)); // global norm 50, scaled by ¼
    assertThat(first.of(a).toArray()).containsExactly(4.5, 6);
    assertThat(first.of(b).toArray()).containsExactly(10);
    assertThat(usual(clip)).containsExactly(7.5, 10);

    assertThat(clip.apply(gradients(1, -2)).of(a).toArray()).containsExactly(3, 4);
    assertThat(usual(clip)).containsExactly(5, 2);

    Gradients third = clip.apply(gradients(2, 2.5)); // norms 10 and 2.5, limits 7.5 and 3
    assertThat(third.of(a).toArray()).containsExactly(4.5, 6);
    assertThat(third.of(b).toArray()).containsExactly(2.5);
    assertThat(usual(clip)).containsExactly((5 + 7.5) / 2, (2 + 2.5) / 2);
  }

  /** What the global norm would hide: b alone is far out. */
  @Test
  void theOthersAreLeftAlone() {
    AdaGc clip = new AdaGc(List.of(a, b), TWO_STEPS);
    clip.apply(gradients(1, 1));
    clip.apply(gradients(1, 1));
    Gradients clipped = clip.apply(gradients(1, -100));
    assertThat(clipped.of(a).toArray()).containsExactly(3, 4);
    assertThat(clipped.of(b).toArray()).containsExactly(-1.5);
  }

  @Test
  void equalNormsPass() {
    AdaGc clip = new AdaGc(List.of(a, b), TWO_STEPS);
    for (int t = 0; t < 200; t++) {
      assertThat(clip.apply(gradients(1, 1)).of(a).toArray()).containsExactly(3, 4);
    }
    assertThat(usual(clip)).containsExactly(5, 1);
  }

  /** In γ a 0 would stay, and hold all later gradients at 0. */
  @Test
  void zerosAreNotRemembered() {
    AdaGc clip = new AdaGc(List.of(a, b), TWO_STEPS);
    clip.apply(gradients(0, 1));
    clip.apply(gradients(0, 0));
    clip.apply(gradients(0, 0));
    assertThat(clip.apply(gradients(2, 1)).of(a).toArray())
        .as("the first gradient that is not 0, after the warm-up")
        .containsExactly(6, 8);
    assertThat(usual(clip)).containsExactly(10, 1);
  }

  @Test
  void whatItDoesNotKnowPassesAfterTheWarmUp() {
    AdaGc clip = new AdaGc(List.of(a), TWO_STEPS);
    assertThat(clip.apply(gradients(0, 50)).of(b).toArray()).containsExactly(12.5);
    clip.apply(gradients(1, 1));
    assertThat(clip.apply(gradients(1, 40)).of(b).toArray()).containsExactly(40);
    assertThat(usual(clip)).containsExactly(5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aGradientThatIsNotFiniteIsRefusedAndForgotten(double bad) {
    AdaGc clip = new AdaGc(List.of(a, b), TWO_STEPS);
    for (int t = 1; t < 5; t++) {
      clip.apply(gradients(t, 1));
      List<Tensor> before = clip.save();
      assertThatThrownBy(() -> clip.apply(gradients(1, bad)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("adagc: the global norm is " + Math.abs(bad));
      assertThat(usual(clip)).containsExactly(before.get(0).toArray());
      assertThat(clip.save().get(1).item()).isEqualTo(t);
    }
  }

  @Test
  void aSkippedStepIsNotCounted() {
    AdaGc clip = new AdaGc(List.of(a, b));
    clip.apply(gradients(0.1, 0.1));
    assertThat(clip.apply(Gradients.none()).isEmpty()).isTrue();
    assertThat(clip.save().get(1).item()).isEqualTo(1);
  }

  @Test
  void theStateForOtherParametersIsRefused() {
    assertThatThrownBy(() -> new AdaGc(List.of(a, b)).restore(new AdaGc(List.of(a)).save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AdaGc saves tensors of the sizes [2, 1], there are [1, 1]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void settingsOutOfRangeAreRefused(double bad) {
    assertThatThrownBy(() -> AdaGc.DEFAULTS.withRelativeLimit(bad))
        .hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> AdaGc.DEFAULTS.withBeta(bad)).hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> AdaGc.DEFAULTS.withGlobalLimit(bad))
        .hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> AdaGc.DEFAULTS.withRelativeLimit(0.99))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> AdaGc.DEFAULTS.withBeta(1)).hasMessageContaining("got 1");
    assertThatThrownBy(() -> AdaGc.DEFAULTS.withWarmUp(0)).hasMessageContaining("got 0");
  }
}
