package org.spikelet.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikelet.spikes.Effect.Verdict;

class EffectTest {

  @Test
  void noHeightLeftIsTheWholeEffect() {
    Effect effect = Effect.of(new double[] {0, 0, 0}, new double[] {2, 3, 4}, 1);
    assertThat(effect).isEqualTo(new Effect(1, 1, 1));
    assertThat(effect.verdict()).isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void theSameHeightIsNone() {
    Effect effect = Effect.of(new double[] {2, 2}, new double[] {2, 2}, 1);
    assertThat(effect).isEqualTo(new Effect(0, 0, 0));
    assertThat(effect.verdict()).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void comparesMeans() {
    assertThat(Effect.of(new double[] {1, 3}, new double[] {8}, 1).estimate()).isEqualTo(0.75);
  }

  @Test
  void aPlaceboWithoutASpikeProvesNothing() {
    Effect effect = Effect.of(new double[] {0, 0}, new double[] {0, 0}, 1);
    assertThat(effect).isEqualTo(new Effect(0, 0, 0));
  }

  @Test
  void verdictsAtTheirLimits() {
    assertThat(new Effect(0.7, 0.01, 1).verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(new Effect(0.7, 0, 1).verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(new Effect(0.69, 0.5, 0.8).verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(new Effect(0.2, 0.1, 0.299).verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(new Effect(0.2, 0.1, 0.3).verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] a = {1, 2, 4};
    double[] b = {5, 7, 9};
    assertThat(Effect.of(a, b, 3)).isEqualTo(Effect.of(a, b, 3));
    assertThat(Effect.of(a, b, 3)).isNotEqualTo(Effect.of(a, b, 4));
  }

  /** With 20 heights a percentile interval covers the true effect in about 93 of 100 cases. */
  @Test
  void theIntervalCoversTheTruth() {
    SplittableRandom random = new SplittableRandom(5);
    int covered = 0;
    for (int trial = 0; trial < 400; trial++) {
      double[] changed = random.doubles(20, 0, 2).toArray();
      double[] placebo = random.doubles(20, 3, 5).toArray();
      Effect effect = Effect.of(changed, placebo, trial);
      covered += effect.low() <= 0.75 && 0.75 <= effect.high() ? 1 : 0;
    }
    assertThat(covered / 400.0).isCloseTo(0.94, offset(0.04));
  }

  @Test
  void needsHeights() {
    assertThatThrownBy(() -> Effect.of(new double[0], new double[] {1}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("effect: needs at least one height in each group, got 0 and 1");
  }
}
