package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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
    "-0.001, -0.004, 0, 0 % of its height (the same in all of 3 replays)",
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

  private static Notes notes(Cause cause, Evidence... evidence) {
    return new Notes(List.of(cause), List.of(evidence), List.of(), List.of());
  }

  @Test
  void anUnknownCauseIsSaidToBeOne() {
    assertThat(Wording.diagnosis(SPIKE, notes(Cause.UNKNOWN), PROBE))
        .startsWith(
            "At step 501 the loss rose to 5 times its usual, from 0.5 to 2.5: none of the causes that"
                + " were looked at has enough evidence. ")
        .endsWith(" That is no verdict for any of them.");
  }

  @Test
  void aLossThatIsNotFiniteHasNoHeight() {
    Spike spike = new Spike(500, 501, 506, Double.POSITIVE_INFINITY, USUAL, false);
    assertThat(Wording.diagnosis(spike, notes(Cause.NON_FINITE), PROBE))
        .startsWith("At step 501 the loss was not finite: a number that is not finite. ");
  }

  @Test
  void evidenceIsASentence() {
    assertThat(
            Wording.diagnosis(
                SPIKE,
                notes(
                    Cause.HARD_BATCH,
                    Evidence.of(Symptom.STEPS_BEFORE, "without a stop"),
                    Evidence.of(Symptom.STEPS_BEFORE, "with one.")),
                PROBE))
        .contains(": a hard batch. Without a stop. With one. On a fixed probe");
  }

  @Test
  void aSummaryCountsWhatWasExamined() {
    Diagnosis diagnosis =
        new Diagnosis(
            SPIKE, List.of(Cause.HARD_BATCH), "", List.of(), List.of(), Optional.empty(), true);
    assertThat(Wording.summary(1000, List.of(SPIKE, SPIKE), List.of(diagnosis)))
        .isEqualTo("2 spikes in 1,000 steps, 1 of them examined: 1 × a hard batch.");
    assertThat(Wording.summary(1000, List.of(SPIKE), List.of()))
        .isEqualTo("1 spike in 1,000 steps, none of them examined.");
  }

  @Test
  void inFiftyStepsNothingIsCompared() {
    assertThat(Wording.summary(50, List.of(), List.of()))
        .isEqualTo(
            "No spikes in 50 steps. Every loss was finite; to compare it with others takes more than"
                + " 50.");
    assertThat(Wording.summary(51, List.of(), List.of())).contains("none from step 50 on rose");
  }
}
