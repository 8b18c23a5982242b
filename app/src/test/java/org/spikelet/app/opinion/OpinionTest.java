package org.spikelet.app.opinion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.app.log.LogFile;

/** Drawn curves, one for each rule; trainings with something planted are in LogPlantTest. */
class OpinionTest {

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(4);

  /** A loss that falls from 2 to 0.3, with a tenth of noise. */
  private double calm(int t) {
    double noise = 0;
    for (int k = 0; k < 12; k++) {
      noise += random.nextDouble() - 0.5;
    }
    return (1.7 * Math.exp(-t / 400.0) + 0.3) * Math.exp(noise / 10);
  }

  private Opinion opinion(String header, int rows, IntFunction<String> row) throws IOException {
    return opinion(header, rows, row, OptionalLong.empty());
  }

  private Opinion opinion(String header, int rows, IntFunction<String> row, OptionalLong epoch)
      throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    IntStream.range(0, rows).forEach(t -> text.append(row.apply(t)).append('\n'));
    Path file = Files.writeString(folder.resolve("log.csv"), text);
    return Opinion.of(LogFile.read(file, Optional.empty()), epoch);
  }

  private static Hypothesis first(Opinion opinion) {
    return opinion.findings().get(0).hypothesis();
  }

  private static String text(Opinion opinion) {
    return Text.of(opinion).replaceAll("\\s+", " ");
  }

  @Test
  void aCalmLogHasNoHypothesis() throws IOException {
    Opinion opinion = opinion("step,loss", 2000, t -> t + "," + calm(t));

    assertThat(opinion.calm()).isTrue();
    assertThat(opinion.findings()).isEmpty();
    assertThat(text(opinion)).startsWith("No spikes in 2,000 losses of log.csv.");
  }

  @Test
  void whereTheLossFallsFastAClearRiseMayGoUnseenAndThatIsSaid() throws IOException {
    Opinion fast =
        opinion(
            "step,loss",
            300,
            t -> t + "," + (0.05 + 2 * Math.exp(-t / 80.0) + (t > 60 && t % 10 == 7 ? 1.5 : 0)));
    assertThat(text(fast))
        .containsPattern(
            "Between the steps \\d+ and 290 the losses fall or scatter so much that a rise to 8 times"
                + " those just before it may go unseen\\.");

    Opinion slow = opinion("step,loss", 2000, t -> t + "," + calm(t));
    assertThat(text(slow)).doesNotContain("may go unseen");
  }

  @Test
  void lossesAroundTwoAndAHalfHaveSpikesThatAreNoDoubling() throws IOException {
    Opinion opinion =
        opinion("step,loss", 2000, t -> t + "," + (2 + 0.1 * calm(t) + (t == 1500 ? 0.9 : 0)));

    assertThat(opinion.signals().cases())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.rise().kind()).isEqualTo(Rise.Kind.SMALL);
              assertThat(c.rise().peak()).isEqualTo(1500);
              assertThat(c.shape()).isEqualTo(Shape.SINGLE);
            });
  }

  @Test
  void aSinglePointMayBeRowsOrTheMeasurementAndTheNormTells() throws IOException {
    IntFunction<String> point = t -> t + "," + (t == 1500 ? 9 : 1) * calm(t);

    assertThat(opinion("step,loss", 2000, point).findings())
        .extracting(Finding::hypothesis)
        .containsExactly(Hypothesis.HARD_ROWS, Hypothesis.MEASUREMENT);
    assertThat(
            first(opinion("step,loss,grad_norm", 2000, t -> point.apply(t) + "," + 1.1 * calm(t))))
        .isEqualTo(Hypothesis.MEASUREMENT);
    Opinion with =
        opinion(
            "step,loss,grad_norm",
            2000,
            t -> point.apply(t) + "," + (t == 1500 ? 20 : 1) * calm(t));
    assertThat(first(with)).isEqualTo(Hypothesis.HARD_ROWS);
    assertThat(with.findings().get(0).title()).contains("the gradient norm rose with the loss");
  }

  @Test
  void aBurstWhoseNormRisesFirst() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss,grad_norm",
            2000,
            t -> {
              double burst = 1 + 8 * Math.exp(-Math.pow((t - 1500) / 8.0, 2));
              double earlier = 1 + 20 * Math.exp(-Math.pow((t - 1493) / 8.0, 2));
              return t + "," + burst * calm(t) + "," + earlier * calm(t);
            });

    assertThat(first(opinion)).isEqualTo(Hypothesis.INSTABILITY);
    assertThat(opinion.findings().get(0).title())
        .matches(".*bursts; the gradient norm rose first, by [5-9] logged steps.*");
  }

  @Test
  void aLastingShiftSaysWhereInTheEpochItBegins() throws IOException {
    Opinion opinion =
        opinion(
            "step,epoch,loss",
            2000,
            t -> t + "," + t / 500 + "," + (t >= 1200 ? 2.5 : 1) * calm(t));

    assertThat(first(opinion)).isEqualTo(Hypothesis.SHIFT);
    assertThat(text(opinion)).contains("From step 1,200 on", "That is 40 % into epoch 2.");
  }

  @Test
  void aShiftBelowTheScatterIsFoundByMedians() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss", 3000, t -> t + "," + (2 + 0.2 * Math.sin(t * 7.3) + (t < 1500 ? 0 : 0.4)));

    assertThat(first(opinion)).isEqualTo(Hypothesis.SHIFT);
    assertThat(opinion.signals().cases().get(0).rise().onset()).isBetween(1490, 1510);
  }

  @Test
  void everyLastBatch() throws IOException {
    Opinion opinion =
        opinion(
            "step,epoch,loss",
            2000,
            t -> t + "," + t / 100 + "," + (t % 100 == 99 && t % 3 == 0 ? 6 : 1) * calm(t));

    assertThat(first(opinion)).isEqualTo(Hypothesis.LAST_BATCH);
    assertThat(text(opinion))
        .contains("on the last of the 100 steps of an epoch", "drop_last=True");
  }

  @Test
  void aPeriodIsFoundWithoutEpochsAndPlacedByTheOption() throws IOException {
    IntFunction<String> row = t -> t + "," + (t % 100 == 41 ? 6 : 1) * calm(t);

    assertThat(first(opinion("step,loss", 2000, row))).isEqualTo(Hypothesis.REGULAR);
    Opinion placed = opinion("step,loss", 2000, row, OptionalLong.of(100));
    assertThat(first(placed)).isEqualTo(Hypothesis.SAME_PLACE);
    assertThat(placed.findings().get(0).title()).contains("step 42 of 100");
  }

  @Test
  void fractionsOfAnEpochAreAPlaceToo() throws IOException {
    Opinion opinion =
        opinion(
            "step,epoch,loss",
            2000,
            t ->
                String.format(
                    Locale.ROOT,
                    "%d,%.2f,%s",
                    t + 1,
                    (t + 1) / 125.0,
                    (t % 125 == 124 ? 6 : 1) * calm(t)));

    assertThat(first(opinion)).isEqualTo(Hypothesis.LAST_BATCH);
  }

  @Test
  void aRestartWithAndWithoutAJump() throws IOException {
    IntFunction<String> steps = t -> String.valueOf(t < 1500 ? t : t - 80);
    Opinion calm = opinion("step,loss", 2500, t -> steps.apply(t) + "," + calm(t));
    Opinion jump =
        opinion(
            "step,loss",
            2500,
            t ->
                steps.apply(t)
                    + ","
                    + calm(t) * (t < 1500 ? 1 : 1 + 3 * Math.exp((1500 - t) / 30.0)));

    assertThat(first(calm)).isEqualTo(Hypothesis.RESUMED);
    assertThat(first(jump)).isEqualTo(Hypothesis.STATE_LOST);
    assertThat(text(jump))
        .contains("After step 1,499 the log goes on with step 1,420, so steps were repeated");
  }

  @Test
  void aSecondRunInTheSameLog() throws IOException {
    Opinion opinion = opinion("step,loss", 3000, t -> t % 1500 + "," + calm(t % 1500));

    assertThat(first(opinion)).isEqualTo(Hypothesis.NEW_RUN);
  }

  @Test
  void aJumpOfTheRateComesFirstAndAWarmUpIsNone() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss,lr",
            2000,
            t -> {
              double rate = t < 100 ? (t + 1) * 1e-5 : t < 1400 ? 1e-3 : 1e-2;
              return t + "," + calm(t) * (t < 1404 ? 1 : 3) + "," + rate;
            });

    assertThat(opinion.signals().jumps()).extracting(RateJumps.Jump::row).containsExactly(1400);
    assertThat(first(opinion)).isEqualTo(Hypothesis.LEARNING_RATE);
    assertThat(text(opinion))
        .contains("At step 1,400 the learning rate goes from 0.00100 to 0.0100");
  }

  @Test
  void whatPrecededNan() throws IOException {
    Opinion sudden = opinion("step,loss", 1500, t -> t + "," + (t < 1000 ? calm(t) : Double.NaN));
    Opinion grown =
        opinion(
            "step,loss",
            1500,
            t ->
                t + "," + (t < 1000 ? calm(t) * Math.exp(Math.max(0, t - 980) / 3.0) : Double.NaN));

    assertThat(first(sudden)).isEqualTo(Hypothesis.NAN_SUDDEN);
    assertThat(text(sudden))
        .contains("At step 1,000 the loss is NaN", "it never is a number again");
    assertThat(first(grown)).isEqualTo(Hypothesis.NAN_AFTER_RISE);
  }

  @Test
  void aLossThatNeverCameDown() throws IOException {
    Opinion opinion =
        opinion("step,loss", 1000, t -> t + "," + (Math.log(10) + 0.003 * Math.sin(t * 7.3)));

    assertThat(first(opinion)).isEqualTo(Hypothesis.NEVER_FELL);
    assertThat(text(opinion))
        .contains("2.303 is ln 10: the cross-entropy of a guess among 10 classes");
  }

  @Test
  void loggingEveryTenthStepHidesTheDifferenceAndThatIsSaid() throws IOException {
    Opinion opinion =
        opinion("step,loss", 500, t -> 10 * t + "," + (t == 400 ? 9 : 1) * calm(10 * t));

    assertThat(text(opinion))
        .contains("Logged every 10 steps: whether a rise is one step or a burst of up to 19");
  }

  @Test
  void aRowThatIsInEachBatchThatSpikes() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss,ids",
            2000,
            t -> {
              boolean bad = Set.of(331, 612, 840, 1203, 1377, 1822).contains(t);
              return t
                  + ","
                  + (bad ? 9 : 1) * calm(t)
                  + ",\"["
                  + (bad ? 17 : 1000 + t)
                  + ", "
                  + t % 7
                  + "]\"";
            });

    assertThat(first(opinion)).isEqualTo(Hypothesis.HARD_ROWS);
    assertThat(text(opinion))
        .containsPattern("Row 17 of the data was in the batches of (\\d+) of \\1;");
  }

  @Test
  void fewLinesAllowNoOpinion() throws IOException {
    Opinion opinion = opinion("step,loss", 3, t -> t + "," + (3 - t));

    assertThat(opinion.findings()).isEmpty();
    assertThat(text(opinion)).contains("3 losses: a rise is judged by the 50 before it");
  }

  @Test
  void lossesBelowZeroAndOfAnySize() throws IOException {
    for (double scale : new double[] {1e-9, 1, 1e4}) {
      Opinion opinion =
          opinion("step,loss", 2000, t -> t + "," + scale * (calm(t) - 3 + (t == 1500 ? 5 : 0)));

      assertThat(opinion.signals().cases()).as("scale %s", scale).hasSize(1);
      assertThat(first(opinion)).isEqualTo(Hypothesis.HARD_ROWS);
    }
  }

  @Test
  void aLossOfMostlyZerosScattersForNothing() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss", 4000, t -> t + "," + Math.max(0, 3 * calm(t) - 0.95 - 0.05 * Math.sin(t)));

    assertThat(opinion.signals().cases()).isEmpty();
  }

  @Test
  void theChanceOfManyHits() {
    assertThat(Period.tail(3, 3, 0.1)).isCloseTo(1e-3, within(1e-12));
    assertThat(Period.tail(2, 1, 0.5)).isCloseTo(0.75, within(1e-12));
    assertThat(Period.tail(5, 0, 0.3)).isCloseTo(1, within(1e-12));
  }

  @Test
  void eachHypothesisForetellsTheOutcomesOfItsChanges() {
    for (Hypothesis hypothesis : Hypothesis.values()) {
      assertThat(hypothesis.changes()).as("%s", hypothesis).isNotEmpty();
      assertThat(hypothesis.changes()).allMatch(change -> change.isForetoldBy(hypothesis));
    }
  }

  @Test
  void anyTwoHypothesesAreSeparatedByAChangeThatOnlyOneForetells() {
    for (Hypothesis one : Hypothesis.values()) {
      for (Hypothesis other : Hypothesis.values()) {
        if (one != other) {
          Separation separation = Separation.between(one, other);

          assertThat(separation.other()).as("%s and %s", one, other).isPresent();
          assertThat(separation.change().isForetoldBy(separation.foretells())).isTrue();
          assertThat(separation.change().isForetoldBy(separation.other().orElseThrow())).isFalse();
          assertThat(List.of(one, other))
              .contains(separation.foretells(), separation.other().orElseThrow());
        }
      }
    }
  }

  @Test
  void theChangesAreTwoShortLines() {
    for (Change change : Change.values()) {
      assertThat(change.lines()).hasSize(2).allMatch(line -> line.length() <= 79 - 7 + 1);
    }
  }

  @Test
  void aLossThatPassesTheGuessOfFiveClassesDidComeDown() throws IOException {
    Opinion opinion =
        opinion("step,loss", 200, t -> t + "," + (2.5 - 0.9 * t / 190.0 + 0.002 * (t % 3)));

    assertThat(opinion.signals().trend().last()).isCloseTo(Math.log(5), within(0.06));
    assertThat(opinion.findings()).isEmpty();
  }

  @Test
  void validationLinesBetweenThoseOfTheTrainingAreNamed() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss",
            1500,
            t -> t + "," + calm(t) + (t % 100 == 99 ? "\n" + t + "," + 4 * (calm(t) + 0.2) : ""));

    assertThat(opinion.findings().stream().limit(2).map(Finding::hypothesis))
        .contains(Hypothesis.MEASUREMENT);
    assertThat(text(opinion))
        .contains("15 of 15 rises are the second loss of a step that has one already");
  }

  @Test
  void aRestartIsNoSecondLossOfAStep() throws IOException {
    Opinion opinion =
        opinion("step,loss", 1000, t -> (t < 600 ? t : t - 50) + "," + (t == 700 ? 9 : calm(t)));

    assertThat(text(opinion)).doesNotContain("second loss of a step");
  }

  @Test
  void aLossThatBecomesExactlyZeroIsNoted() throws IOException {
    Opinion opinion = opinion("step,loss", 500, t -> t + "," + (t < 300 ? calm(t) : 0.0));

    assertThat(text(opinion))
        .contains("From step 300 to the end the loss is exactly 0, 200 times.");
  }

  @Test
  void aLossOfZeroThroughoutIsNotSaidToHaveNeverComeDown() throws IOException {
    Opinion opinion = opinion("step,loss", 500, t -> t + ",0.0");

    assertThat(opinion.findings()).isEmpty();
    assertThat(text(opinion)).contains("exactly 0, 500 times");
  }

  @Test
  void aNormThatIsInfiniteAloneIsNoted() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss,grad_norm",
            500,
            t -> t + "," + calm(t) + "," + (t == 40 || t == 240 ? "inf" : "1." + t % 7));

    assertThat(opinion.findings()).isEmpty();
    assertThat(text(opinion))
        .contains(
            "The gradient norm is infinite where the loss is not, 2 times (first at step 40).");
  }

  @Test
  void aNormThatMovesAndIsNotClearIsNotSaidToHaveStayed() throws IOException {
    // The norm alternates by 0.2 in logarithms, and lies 0.9 higher after the restart.
    Opinion opinion =
        opinion(
            "step,loss,grad_norm",
            1000,
            t ->
                t
                    + ","
                    + calm(t) * (t < 600 ? 1 : 1 + 4 * Math.exp((600 - t) / 25.0))
                    + ","
                    + Math.exp(0.2 * (t % 2 * 2 - 1) + (t < 600 ? 0 : 0.9)));

    assertThat(opinion.calm()).isFalse();
    assertThat(text(opinion)).doesNotContain("norm did not rise");
  }

  @Test
  void aLossThatFallsToThatOfAGuessIsNotSaidToHaveNeverComeDown() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss",
            1200,
            t -> t + "," + (Math.log(2) + 0.6 * Math.exp(-t / 30.0) + 0.004 * (t % 3 - 1)));

    assertThat(first(opinion)).isEqualTo(Hypothesis.NEVER_FELL);
    assertThat(text(opinion))
        .contains("The loss never came below that of a guess", "ln 2")
        .doesNotContain("hardly came down");
  }
}
