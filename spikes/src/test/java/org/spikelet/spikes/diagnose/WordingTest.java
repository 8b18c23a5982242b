package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.UsualRange;

/** What is measured is said in plain numbers. */
class WordingTest {

  private static final UsualRange USUAL = new UsualRange(LossScale.LOGARITHMIC, 0.5, 0.05, 5e-7);
  private static final Spike SPIKE = new Spike(500, 501, 506, 2.5, USUAL, false);
  private static final Probe PROBE = new Probe(0.4, 1.6, 0.56);

  private static String words(TreatmentEffect effect) {
    TreatmentResult result =
        new TreatmentResult(
            Treatment.AMSGRAD,
            "a placebo",
            460,
            List.of(),
            List.of(),
            List.of(0.1, 0.2, 0.1),
            List.of(),
            effect);
    return Wording.diagnosis(
        SPIKE, new Notes(List.of(Cause.INSTABILITY), List.of(), List.of(result), List.of()), PROBE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.964, 0.9, 1, 96 % of its height (90 to 100 % over 3 replays)",
    "-0.001, -0.004, 0, 0 % of its height (0 to 0 % over 3 replays)",
    "-0.34, -0.6, 0.02, -34 % of its height (-60 to 2 % over 3 replays)",
  })
  void anEffectIsAShareInWholePercent(double estimate, double low, double high, String words) {
    assertThat(words(new TreatmentEffect(estimate, low, high)))
        .contains("Replayed with AMSGrad, the spike lost " + words + " against a placebo: ");
  }

  @Test
  void theFirstCauseHasItsCureAtTheEnd() {
    assertThat(words(new TreatmentEffect(1, 1, 1)))
        .contains("against a placebo: supported.")
        .endsWith("Cure: a lower learning rate or one that falls.");
  }

  @Test
  void aRiseThatThreeDigitsDoNotShow() {
    assertThat(Numbers.fromTo(-7, -6.9998)).isEqualTo("from -7 to -7, by 2e-4");
    assertThat(Numbers.fromTo(1, 2)).isEqualTo("from 1 to 2");
  }
}
