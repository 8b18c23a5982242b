package org.spikelet.spikes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is measured is said in plain numbers. */
class WordingTest {

  private static final Spike SPIKE = new Spike(500, 501, 506, 2.5, 1.5, false);

  private static String verdict(Effect effect) {
    Arm arm =
        new Arm("AMSGrad", "a placebo", 460, List.of(), List.of(), List.of(), List.of(), effect);
    return Wording.verdict(SPIKE, List.of(Cause.INSTABILITY), List.of(), List.of(arm), 1.5);
  }

  @ParameterizedTest
  @CsvSource({
    "0.964, 0.9, 1, 96 % of its height (95 % interval 90 to 100)",
    "-0.001, -0.004, 0, 0 % of its height (95 % interval 0 to 0)",
    "-0.34, -0.6, 0.02, -34 % of its height (95 % interval -60 to 2)",
  })
  void anEffectIsAShareInWholePercent(double estimate, double low, double high, String words) {
    assertThat(verdict(new Effect(estimate, low, high)))
        .contains("Replayed with AMSGrad, the spike lost " + words + " against a placebo: ");
  }

  @Test
  void theFirstCauseHasItsCureAtTheEnd() {
    assertThat(verdict(new Effect(1, 1, 1)))
        .contains("against a placebo: supported.")
        .endsWith(
            "Cure: a lower learning rate or one that falls, AMSGrad, a larger ε, or clipped updates.");
  }
}
