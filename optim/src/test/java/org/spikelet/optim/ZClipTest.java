package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/** ZClip against sequences worked out by hand. */
class ZClipTest {

  private static final ZClip.Settings EXACT =
      ZClip.DEFAULTS.withThreshold(2).withAlpha(0.5).withWarmUp(2).withEpsilon(0);

  private final Parameter w = Steps.parameter(0, 0);

  /** Gives it a gradient of norm 5k, and returns that of what comes out. */
  private double norm(ZClip clip, double k) {
    return clip.apply(Steps.gradients(w, 3 * k, -4 * k)).norm();
  }

  /** Norms 5 and 15: μ = 10, σ² = 25. Then 30 has z = 4, so n* = 10 + 5·4/4 = 15. */
  @Test
  void cutsTheReciprocalOfZ() {
    ZClip clip = new ZClip(EXACT);
    assertThat(norm(clip, 1)).isEqualTo(5);
    assertThat(norm(clip, 3)).isEqualTo(15);
    Gradients clipped = clip.apply(Steps.gradients(w, 18, -24));
    assertThat(clipped.of(w).toArray()).containsExactly(9, -12);
    // μ = (10 + 15)/2 = 12.5, σ² = (25 + 2.5²)/2
    assertThat(clip.save().get(0).toArray()).containsExactly(12.5, 15.625, 2);
  }

  /** z = 2 exactly is not over z₀, and is let through; μ and σ² take it in. */
  @Test
  void whatIsNotOverTheThresholdPasses() {
    ZClip clip = new ZClip(EXACT);
    norm(clip, 1);
    norm(clip, 3);
    Gradients gradients = Steps.gradients(w, 12, -16);
    assertThat(clip.apply(gradients)).isSameAs(gradients);
    assertThat(clip.save().get(0).toArray()).containsExactly(15, 25, 2);
  }

  /** A small norm is no reason to clip, however far it is from the mean. */
  @Test
  void smallNormsPass() {
    ZClip clip = new ZClip(EXACT);
    norm(clip, 100);
    norm(clip, 100.5);
    assertThat(norm(clip, 1)).isEqualTo(5);
  }

  @Test
  void epsilonIsAddedToTheDeviation() {
    ZClip clip = new ZClip(EXACT.withEpsilon(5));
    norm(clip, 1);
    norm(clip, 3);
    // z = (40 − 10) / (5 + 5) = 3, n* = 10 + 5·4/3
    assertThat(norm(clip, 8)).isCloseTo(10 + 20 / 3.0, within(1e-12));
  }

  /** The mean and the variance of the whole warm-up, not of its end. */
  @Test
  void theWarmUpIsNotClipped() {
    ZClip clip = new ZClip(ZClip.DEFAULTS.withWarmUp(4));
    for (double k : new double[] {1, 1, 100, 2}) {
      assertThat(norm(clip, k)).isCloseTo(5 * k, within(1e-12 * k));
    }
    double[] state = clip.save().get(0).toArray();
    assertThat(state[0]).isCloseTo(130, within(1e-9));
    double variance = (125.0 * 125 + 125 * 125 + 370 * 370 + 120 * 120) / 4;
    assertThat(state[1]).isCloseTo(variance, within(1e-9 * variance));
  }

  /**
   * As the Javadoc says: with no deviation nothing passes the mean, until the norms have varied.
   */
  @Test
  void afterEqualNormsNothingPassesTheMean() {
    ZClip clip = new ZClip(ZClip.DEFAULTS.withWarmUp(3));
    for (int t = 0; t < 10; t++) {
      assertThat(norm(clip, 1)).isEqualTo(5);
    }
    assertThat(norm(clip, 2)).isCloseTo(5, within(1e-12));
    norm(clip, 0.5);
    assertThat(norm(clip, 1.125)).isEqualTo(5.625);
  }

  @Test
  void zerosStayZeros() {
    ZClip clip = new ZClip(ZClip.DEFAULTS.withWarmUp(1));
    for (int t = 0; t < 3; t++) {
      assertThat(norm(clip, 0)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aGradientThatIsNotFiniteIsRefusedAndForgotten(double bad) {
    ZClip clip = new ZClip(EXACT);
    for (int t = 0; t < 4; t++) {
      norm(clip, t);
      double[] before = clip.save().get(0).toArray();
      assertThatThrownBy(() -> clip.apply(Steps.gradients(w, 1, bad)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("zclip: the global norm is " + Math.abs(bad));
      assertThat(clip.save().get(0).toArray()).containsExactly(before);
    }
  }

  @Test
  void aSkippedStepIsNotCounted() {
    ZClip clip = new ZClip(EXACT);
    norm(clip, 1);
    assertThat(clip.apply(Gradients.none()).isEmpty()).isTrue();
    assertThat(clip.save().get(0).toArray()).containsExactly(5, 0, 1);
  }

  @Test
  void theStateOfAnotherIsRefused() {
    assertThatThrownBy(() -> new ZClip().restore(List.of(Tensor.scalar(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ZClip saves tensors of the sizes [3], there are [1]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void settingsOutOfRangeAreRefused(double bad) {
    assertThatThrownBy(() -> ZClip.DEFAULTS.withThreshold(bad)).hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> ZClip.DEFAULTS.withAlpha(bad)).hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> ZClip.DEFAULTS.withEpsilon(bad)).hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> ZClip.DEFAULTS.withAlpha(1)).hasMessageContaining("got 1");
    assertThatThrownBy(() -> ZClip.DEFAULTS.withThreshold(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> ZClip.DEFAULTS.withWarmUp(0)).hasMessageContaining("got 0");
  }
}
