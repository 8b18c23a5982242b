package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spikelet.spikes.diagnose.Told.NOTHING;
import static org.spikelet.spikes.diagnose.Told.SCALE;
import static org.spikelet.spikes.diagnose.Told.STATISTICS;
import static org.spikelet.spikes.diagnose.Told.UNTRAINED;
import static org.spikelet.spikes.diagnose.Told.WEIGHT;

import org.junit.jupiter.api.Test;

/** What changed the state beside the optimizer, of steps that are told. */
class StateChangesTest {

  private final Told told = new Told();

  @Test
  void nothing() {
    StateChanges changes = told.changes();
    for (int step = 10; step < 20; step++) {
      assertThat(changes.at(step)).isEmpty();
      assertThat(changes.touchedUpTo(step)).isFalse();
      assertThat(changes.more(step)).isZero();
      assertThat(changes.repeats(step)).isZero();
    }
  }

  @Test
  void whatWasChangedMoreOftenThanInTheReplay() {
    StateChanges changes = told.changed(12, STATISTICS, SCALE).changes();
    assertThat(changes.at(11)).isEmpty();
    assertThat(changes.at(12)).containsExactly(STATISTICS, SCALE);
    assertThat(changes.at(13)).isEmpty();
    assertThat(changes.touchedUpTo(11)).isFalse();
    assertThat(changes.touchedUpTo(12)).isTrue();
    assertThat(changes.touchedUpTo(13)).isTrue();
  }

  /** What is done in every step has reproduced until then. */
  @Test
  void onlyMoreChangesThanInTheStepBeforeCount() {
    for (int step = 10; step < 20; step++) {
      told.changed(step, WEIGHT);
    }
    StateChanges changes = told.changed(15, WEIGHT).changes();
    assertThat(changes.at(10)).containsExactly(WEIGHT);
    assertThat(changes.at(14)).isEmpty();
    assertThat(changes.at(15)).containsExactly(WEIGHT);
    assertThat(changes.at(16)).isEmpty();
  }

  /** Fewer changes in the step before do not make as many a change. */
  @Test
  void asManyChangesAsInTheReplayAreNone() {
    StateChanges changes = told.recorded(13, s -> s.changes[STATISTICS] = 0).changes();
    assertThat(changes.at(14)).isEmpty();
    assertThat(changes.touchedUpTo(14)).isFalse();
  }

  @Test
  void whatWasPutBackIsLeftOut() {
    told.changed(12, WEIGHT, STATISTICS, NOTHING);
    told.values(12, WEIGHT, new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 4});
    told.values(12, STATISTICS, new double[] {1, 2}, new double[] {1, 3});
    assertThat(told.changes().at(12)).containsExactly(STATISTICS);
  }

  @Test
  void whatIsKnownOnOneSideOnlyIsNotKnownToBePutBack() {
    told.changed(12, WEIGHT, STATISTICS);
    told.recorded(12, s -> s.copies.put(WEIGHT, new double[] {1, 2, 3, 4}));
    told.replayed(12, s -> s.copies.put(STATISTICS, new double[] {1, 2}));
    StateChanges changes = told.changes();
    assertThat(changes.at(12)).containsExactly(WEIGHT, STATISTICS);
    assertThat(changes.known(12, WEIGHT)).isFalse();
    assertThat(changes.known(12, STATISTICS)).isFalse();
    assertThat(changes.words(12, WEIGHT))
        .isEqualTo("the weights 'net.weight' were changed outside the optimizer");
  }

  @Test
  void theOptimizersFurtherStepsAreItsOwn() {
    told.counted(12, 3).recorded(12, s -> s.changes[WEIGHT] += 3);
    StateChanges changes = told.recorded(12, s -> s.changes[SCALE] += 3).changes();
    assertThat(changes.more(11)).isZero();
    assertThat(changes.more(12)).isEqualTo(3);
    assertThat(changes.more(13)).isEqualTo(3);
    assertThat(changes.repeats(12)).isEqualTo(3);
    assertThat(changes.repeats(13)).isZero();
    assertThat(changes.at(12)).isEmpty();
  }

  @Test
  void whatWasChangedBesideFurtherStepsWasChangedByAnother() {
    told.counted(12, 3).recorded(12, s -> s.changes[WEIGHT] += 4);
    StateChanges changes = told.recorded(12, s -> s.changes[SCALE] += 3).changes();
    assertThat(changes.repeats(12)).isEqualTo(3);
    assertThat(changes.at(12)).containsExactly(WEIGHT);
  }

  /** A step that moves only some of what has gradients is none. */
  @Test
  void countedOnWithoutAStep() {
    told.counted(12, 3).recorded(12, s -> s.changes[WEIGHT] += 3);
    StateChanges changes = told.recorded(12, s -> s.changes[SCALE] += 2).changes();
    assertThat(changes.repeats(12)).isZero();
    assertThat(changes.at(12)).containsExactly(WEIGHT, SCALE);
  }

  @Test
  void whatGotNoGradientsNeedNotMoveInFurtherSteps() {
    told.counted(12, 3).recorded(12, s -> s.changes[WEIGHT] += 3);
    told.recorded(12, s -> s.squared[1] = -1).recorded(12, s -> s.changes[SCALE] = 0);
    told.replayed(12, s -> s.squared[1] = -1).replayed(12, s -> s.changes[SCALE] = 0);
    assertThat(told.changes().repeats(12)).isEqualTo(3);
  }

  /** A step changes what has gradients: without them, a change is somebody else's. */
  @Test
  void aChangeInAStepWithoutGradients() {
    StateChanges changes = told.recorded(12, s -> s.squared[1] = -1).changes();
    assertThat(changes.at(12)).containsExactly(SCALE);
  }

  /** Who counts on less may have made no step; then a change as usual may be another's. */
  @Test
  void aStepThatWasNotCounted() {
    StateChanges changes = told.counted(12, -1).changes();
    assertThat(changes.at(12)).isEmpty();
    assertThat(changes.touchedUpTo(11)).isFalse();
    assertThat(changes.touchedUpTo(12)).isTrue();
  }

  @Test
  void aStepThatWasNotCountedAndChangedNothingTrained() {
    told.counted(12, -1).recorded(12, s -> s.changes[WEIGHT] = 0);
    StateChanges changes = told.recorded(12, s -> s.changes[SCALE] = 0).changes();
    assertThat(changes.touchedUpTo(19)).isFalse();
  }

  @Test
  void whoWasChanged() {
    StateChanges changes = told.changed(12, WEIGHT, STATISTICS, UNTRAINED, SCALE).changes();
    assertThat(changes.words(12, SCALE))
        .isEqualTo("the weights 'scale' were changed outside the optimizer");
    assertThat(changes.words(12, UNTRAINED))
        .isEqualTo("the weights 'net.untrained' were changed outside the optimizer");
    assertThat(changes.words(12, STATISTICS))
        .isEqualTo(
            "the state 'net.statistics' was changed more often than by a step of this model, in the"
                + " mode that it is in");
  }

  private String values(int parameter, double[] now, double[] without) {
    return new Told()
        .values(12, parameter, now, without)
        .changes()
        .words(12, parameter)
        .replaceFirst(".*after the step ", "");
  }

  private String scale(double now, double without) {
    return values(SCALE, new double[] {now}, new double[] {without});
  }

  @Test
  void aSingleValue() {
    assertThat(scale(20, 1)).isEqualTo("its value is 20, 20 times as large, and 1 in the replay");
    assertThat(scale(-20, 1)).isEqualTo("its value is -20, and 1 in the replay");
    assertThat(scale(2, 0)).isEqualTo("its value is 2, and 0 in the replay");
    assertThat(scale(1.0001, 1)).isEqualTo("its value is 1, larger by 1e-4, and 1 in the replay");
    assertThat(scale(1, 1.0001)).isEqualTo("its value is 1, smaller by 1e-4, and 1 in the replay");
    assertThat(scale(Double.NaN, 1)).isEqualTo("its value is NaN, and 1 in the replay");
  }

  private String weight(double... now) {
    return values(WEIGHT, now, new double[] {1, 1, 1, 1});
  }

  @Test
  void ofSeveralValuesTheOneThatDiffersMost() {
    assertThat(weight(1, 2, 8, 1))
        .isEqualTo(
            "2 of 4 values differ, most [1, 0], which is 8, 8 times as large, and 1 in the replay");
    assertThat(weight(1, 8, 1, 8)).startsWith("2 of 4 values differ, most [0, 1], which is 8, ");
    // What differs by a hundredth as much does not count, and by a little more it does.
    assertThat(weight(1, 2, 1, 101)).startsWith("1 of 4 values differ, most [1, 1], ");
    assertThat(weight(1, 2.01, 1, 101)).startsWith("2 of 4 values differ, most [1, 1], ");
  }

  @Test
  void notANumberDiffersMost() {
    assertThat(weight(1, 900, Double.NaN, 1))
        .isEqualTo("2 of 4 values differ, most [1, 0], which is NaN, and 1 in the replay");
    double[] nan = {1, Double.NaN, 3, 4};
    assertThat(values(WEIGHT, new double[] {1, Double.NaN, 3, 8}, nan))
        .startsWith("1 of 4 values differ, most [1, 1], which is 8, 2 times as large");
  }
}
