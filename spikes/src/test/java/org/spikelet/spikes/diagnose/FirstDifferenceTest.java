package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spikelet.spikes.diagnose.Told.SCALE;
import static org.spikelet.spikes.diagnose.Told.STATISTICS;
import static org.spikelet.spikes.diagnose.Told.UNTRAINED;
import static org.spikelet.spikes.diagnose.Told.WEIGHT;

import org.junit.jupiter.api.Test;

/** What first differs between a recording and its replay, of steps that are told. */
class FirstDifferenceTest {

  private static final String OTHERS = "the model, its mode, the loss or the data was another";
  private static final String WEIGHT_CHANGED =
      "the weights 'net.weight' were changed outside the optimizer";

  private final Told told = new Told();

  private void assertFirst(long step, String words) {
    assertThat(told.first()).contains(new FirstDifference.Found(step, words));
  }

  private String words(long step) {
    FirstDifference.Found found = told.first().orElseThrow();
    assertThat(found.step()).isEqualTo(step);
    return found.words();
  }

  @Test
  void nothing() {
    assertThat(told.first()).isEmpty();
  }

  @Test
  void theFirstOfSeveral() {
    told.recorded(17, s -> s.loss = 3).recorded(13, s -> s.prints[SCALE] = 0);
    assertThat(words(13)).startsWith("the loss and the norms of the gradients were the same");
  }

  @Test
  void theLoss() {
    told.recorded(10, s -> s.loss = 6);
    assertFirst(
        10,
        "with the same weights and other state, as far as it is recorded, the loss was 6, 3 times"
            + " as large, and 2 in the replay: "
            + OTHERS);
  }

  /** The last bit counts, and of a number that is none as well. */
  @Test
  void lossesAreComparedToTheBit() {
    told.recorded(10, s -> s.loss = Math.nextUp(2.0));
    assertThat(told.first()).isPresent();
    Told nan = new Told().recorded(10, s -> s.loss = Double.NaN);
    assertThat(nan.first().orElseThrow().words()).contains("the loss was NaN, and 2 in the replay");
    assertThat(nan.replayed(10, s -> s.loss = Double.NaN).first()).isEmpty();
  }

  /** By a step, whatever else changes the state may have left it another. */
  @Test
  void theLossAfterTheStateWasTouched() {
    told.changed(12, WEIGHT);
    told.values(12, WEIGHT, new double[4], new double[4]).recorded(15, s -> s.loss = 6);
    assertFirst(
        15,
        "the loss was 6, 3 times as large, and 2 in the replay: the state, which was changed outside"
            + " the optimizer in some step up to here, was left another, or "
            + OTHERS);
  }

  @Test
  void theLossAndTheCountOfSteps() {
    told.recorded(13, s -> s.loss = 6).counted(13, -1);
    told.recorded(13, s -> s.changes[WEIGHT] = 0).recorded(13, s -> s.changes[SCALE] = 0);
    assertThat(words(13))
        .startsWith("with the same weights")
        .endsWith(
            "; and the optimizer's own count of steps was 13 after the step, and would have been 14:"
                + " it was set back, or another optimizer made the step, or none did");
  }

  @Test
  void aStateThatWasChanged() {
    told.changed(13, STATISTICS).recorded(13, s -> s.prints[STATISTICS] = 0);
    assertFirst(
        13,
        "the state 'net.statistics' was changed more often than by a step of this model, in the mode"
            + " that it is in");
  }

  /** Its loss is taken before the change, or after it. */
  @Test
  void aChangeWithAnotherLoss() {
    told.changed(13, WEIGHT).recorded(13, s -> s.loss = 6);
    assertFirst(
        13,
        WEIGHT_CHANGED
            + ". With that the loss was 6, 3 times as large, and 2 in the replay: by that, or "
            + OTHERS);
    told.values(13, WEIGHT, new double[] {5, 0, 0, 0}, new double[4]);
    assertThat(words(13)).startsWith(WEIGHT_CHANGED + ": after the step").doesNotContain("With");
    told.changed(13, SCALE);
    assertThat(words(13))
        .contains(
            "; and the weights 'scale' were changed outside the optimizer. With that the loss");
  }

  /** Not all values of a large parameter are printed. */
  @Test
  void aChangeThatTheNextLossShows() {
    told.changed(12, WEIGHT).recorded(13, s -> s.loss = 6);
    assertFirst(12, WEIGHT_CHANGED);
  }

  /** What shows in a loss later than the next is not known to come from there. */
  @Test
  void aChangeThatTheNextGradientShows() {
    told.changed(12, WEIGHT).recorded(13, s -> s.squared[0] = 16);
    assertThat(words(13)).startsWith("the optimizer was not given the gradients of this loss");
  }

  @Test
  void ofManyParametersTwoAreNamed() {
    told.changed(13, STATISTICS, UNTRAINED).recorded(13, s -> s.prints[STATISTICS] = 0);
    assertThat(words(13)).contains("'net.statistics'", "; and the weights 'net.untrained'");
    assertThat(words(13)).doesNotContain("more parameter");
    told.changed(13, SCALE);
    assertThat(words(13))
        .doesNotContain("'scale'")
        .endsWith("; and 1 more parameter was changed so");
    told.changed(13, WEIGHT);
    assertThat(words(13)).endsWith("; and 2 more parameters were changed so");
  }

  private Told repeated(int step) {
    told.recorded(step, s -> s.changes[WEIGHT] += 2).recorded(step, s -> s.changes[SCALE] += 2);
    return told.counted(step, 2);
  }

  @Test
  void stepsTakenAgain() {
    repeated(13);
    assertFirst(13, "the optimizer took 3 steps instead of one");
  }

  @Test
  void stepsTakenAgainBeforeTheLoss() {
    repeated(13).recorded(13, s -> s.loss = 6);
    assertFirst(13, "the optimizer took 3 steps instead of one");
  }

  @Test
  void aCountSetForward() {
    told.counted(13, 2);
    assertFirst(
        13,
        "the optimizer's own count of steps was 16 after the step, and would have been 14: it was set"
            + " forward, or it stepped without gradients");
  }

  @Test
  void aCountSetBack() {
    told.counted(13, -2);
    assertThat(words(13))
        .startsWith(
            "the optimizer's own count of steps was 12 after the step, and would have been 14")
        .endsWith("it was set back, or another optimizer made the step, or none did");
  }

  private static final String NOT_GIVEN =
      "the optimizer was not given the gradients of this loss, as the trainer would have changed"
          + " them: ";

  @Test
  void gradientsTwiceAsLarge() {
    told.recorded(13, s -> s.squared[0] = 16);
    assertFirst(13, NOT_GIVEN + "1 of 2 parameters differ, their norms 2 times as large");
    told.recorded(13, s -> s.squared[1] = 36);
    assertFirst(13, NOT_GIVEN + "2 of 2 parameters differ, their norms 2 times as large");
    told.recorded(13, s -> s.squared[1] = 36 * (1 + 1e-12));
    assertFirst(13, NOT_GIVEN + "2 of 2 parameters differ, their norms 2 times as large");
    told.recorded(13, s -> s.squared[1] = 81);
    assertFirst(13, NOT_GIVEN + "2 of 2 parameters differ, their norms 2 to 3 times as large");
  }

  @Test
  void gradientsOfZero() {
    told.recorded(13, s -> s.squared[0] = 0);
    assertFirst(13, NOT_GIVEN + "1 of 2 parameters differ, their norms 0 times as large");
    told.replayed(13, s -> s.squared[1] = 0); // from 0 to 9 is no number of times
    assertFirst(13, NOT_GIVEN + "2 of 2 parameters differ, the norms of 1 0 times as large");
    told.recorded(13, s -> s.squared[0] = 4);
    assertFirst(13, NOT_GIVEN + "1 of 2 parameters differ");
  }

  /** Of no gradient a gradient of 0 is no number of times as large. */
  @Test
  void gradientsThatTheReplayDoesNotHave() {
    told.recorded(13, s -> s.squared[0] = 0);
    told.replayed(13, s -> s.squared[0] = -1).replayed(13, s -> s.changes[WEIGHT] = 0);
    assertFirst(13, NOT_GIVEN + "1 of 2 parameters differ");
  }

  @Test
  void gradientsLeftOut() {
    // A parameter without gradients is not changed by a step.
    told.recorded(13, s -> s.squared[0] = -1).recorded(13, s -> s.changes[WEIGHT] = 0);
    assertFirst(13, NOT_GIVEN + "1 of 2 parameters differ, it got none of 1 of them");
    told.recorded(13, s -> s.squared[1] = 900);
    assertFirst(
        13,
        NOT_GIVEN
            + "2 of 2 parameters differ, it got none of 1 of them, the norms of 1 10 times as large");
  }

  @Test
  void gradientsThatAreNotFinite() {
    told.recorded(13, s -> s.squared[0] = Double.POSITIVE_INFINITY);
    assertFirst(13, NOT_GIVEN + "1 of 2 parameters differ, the norms of 1 are not finite");
    told.recorded(13, s -> s.squared[1] = Double.NaN);
    assertFirst(13, NOT_GIVEN + "2 of 2 parameters differ, the norms of 2 are not finite");
  }

  @Test
  void anotherStep() {
    told.recorded(13, s -> s.prints[WEIGHT] = 0);
    assertThat(words(13))
        .startsWith(
            "the loss and the norms of the gradients were the same, and the state after the")
        .endsWith("or the weights were changed by it");
    told.changed(12, WEIGHT).values(12, WEIGHT, new double[4], new double[4]);
    assertThat(words(13)).endsWith(", or what else changes the state has left it another");
  }

  /** The peak is step 14: what is done after it is not told. */
  @Test
  void laterChangesUpToThePeak() {
    told.changed(11, WEIGHT).recorded(11, s -> s.prints[WEIGHT] = 0);
    assertFirst(11, WEIGHT_CHANGED);
    told.changed(15, SCALE);
    assertFirst(11, WEIGHT_CHANGED);
    String after =
        ". After that, up to the peak, weights or other state were changed outside the optimizer ";
    told.changed(14, SCALE);
    assertFirst(11, WEIGHT_CHANGED + after + "at step 14");
    told.changed(12, STATISTICS);
    assertFirst(11, WEIGHT_CHANGED + after + "in 2 steps, the last of them 14");
  }
}
