package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikelet.spikes.diagnose.TreatmentEffect.Conclusion;

class TreatmentEffectTest {

  @Test
  void noHeightLeftIsTheWholeEffect() {
    TreatmentEffect effect = TreatmentEffect.of(new double[] {0, 0, 0}, new double[] {2, 3, 4}, 1);
    assertThat(effect).isEqualTo(new TreatmentEffect(1, 1, 1));
    assertThat(effect.conclusion()).isEqualTo(Conclusion.SUPPORTED);
  }

  @Test
  void theSameHeightIsNone() {
    TreatmentEffect effect = TreatmentEffect.of(new double[] {2, 2}, new double[] {2, 2}, 1);
    assertThat(effect).isEqualTo(new TreatmentEffect(0, 0, 0));
    assertThat(effect.conclusion()).isEqualTo(Conclusion.REFUTED);
  }

  @Test
  void comparesMeans() {
    assertThat(TreatmentEffect.of(new double[] {1, 3}, new double[] {8}, 1).estimate())
        .isEqualTo(0.75);
  }

  @Test
  void groupsMayHaveDifferentSizes() {
    assertThat(TreatmentEffect.of(new double[] {2, 2, 2}, new double[] {4, 4}, 1))
        .isEqualTo(new TreatmentEffect(0.5, 0.5, 0.5));
  }

  @Test
  void eachGroupNeedsAHeight() {
    double[] one = {1};
    for (double[][] groups : new double[][][] {{one, {}}, {{}, one}}) {
      assertThatThrownBy(() -> TreatmentEffect.of(groups[0], groups[1], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least one height in each group");
    }
  }

  @Test
  void aPlaceboWithoutASpikeProvesNothing() {
    TreatmentEffect effect = TreatmentEffect.of(new double[] {0, 0}, new double[] {0, 0}, 1);
    assertThat(effect).isEqualTo(new TreatmentEffect(0, 0, 0));
  }

  @Test
  void conclusionsAtTheirLimits() {
    assertThat(new TreatmentEffect(0.7, 0.01, 1).conclusion()).isEqualTo(Conclusion.SUPPORTED);
    assertThat(new TreatmentEffect(0.7, 0, 1).conclusion()).isEqualTo(Conclusion.UNDETERMINED);
    assertThat(new TreatmentEffect(0.69, 0.5, 0.8).conclusion()).isEqualTo(Conclusion.UNDETERMINED);
    assertThat(new TreatmentEffect(0.2, 0.1, 0.299).conclusion()).isEqualTo(Conclusion.REFUTED);
    assertThat(new TreatmentEffect(0.2, 0.1, 0.3).conclusion()).isEqualTo(Conclusion.UNDETERMINED);
  }

  @Test
  void theSameSeedGivesTheSameRange() {
    double[] a = {1, 2, 4};
    double[] b = {5, 7, 9};
    assertThat(TreatmentEffect.of(a, b, 3)).isEqualTo(TreatmentEffect.of(a, b, 3));
    assertThat(TreatmentEffect.of(a, b, 3)).isNotEqualTo(TreatmentEffect.of(a, b, 4));
  }

  /**
   * Of replays that differ at random, with 20 heights, the percentile range covers the true effect
   * in about 93 of 100 cases.
   */
  @Test
  void theRangeCoversTheTruthOfRandomReplays() {
    SplittableRandom random = new SplittableRandom(5);
    int covered = 0;
    for (int trial = 0; trial < 400; trial++) {
      double[] changed = random.doubles(20, 0, 2).toArray();
      double[] placebo = random.doubles(20, 3, 5).toArray();
      TreatmentEffect effect = TreatmentEffect.of(changed, placebo, trial);
      covered += effect.low() <= 0.75 && 0.75 <= effect.high() ? 1 : 0;
    }
    assertThat(covered / 400.0).isCloseTo(0.94, offset(0.04));
  }

  @Test
  void needsHeights() {
    assertThatThrownBy(() -> TreatmentEffect.of(new double[0], new double[] {1}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("effect: needs at least one height in each group, got 0 and 1");
  }
}
