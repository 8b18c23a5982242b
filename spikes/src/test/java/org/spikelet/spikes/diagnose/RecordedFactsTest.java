package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.World;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Noted;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;
import org.spikelet.spikes.record.SpikeRecorder;

/** What is read from a recording alone. */
class RecordedFactsTest {

  private static final UsualRange USUAL = new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6);

  private static final World WORLD = World.of(row -> 1);
  private static final Trainer TRAINER = WORLD.trainer();
  private static final SpikeRecorder RECORDER = recorder(TRAINER, WORLD);

  private static SpikeRecorder recorder(Trainer trainer, World world) {
    return SpikeRecorder.of(trainer, Map.of("w", world.weights()));
  }

  /** Steps 100 to 259; the replay's first and the onset are told, the peak is 3 steps later. */
  private static RecordedFacts facts(
      long start, long onset, LongToDoubleFunction rate, LongUnaryOperator updates) {
    Noted noted = new Noted(160, 100);
    for (long step = 100; step < 260; step++) {
      noted.step((double) step, rate.applyAsDouble(step), updates.applyAsLong(step));
    }
    Snapshot snapshot = Snapshot.of(RECORDER.parameters(), TRAINER, start);
    return new RecordedFacts(
        RECORDER, new Recording(onset, onset + 3, snapshot, noted.signals(), USUAL));
  }

  private static RecordedFacts raisedAt(long step, long start, long onset) {
    return facts(start, onset, s -> s < step ? 1 : 2, s -> s);
  }

  private static RecordedFacts lostAt(long step, long start, long onset) {
    return facts(start, onset, s -> 1, s -> s < step ? s : s - step + 1);
  }

  @Test
  void aRateIsRaisedIfItIsMoreThanHalfAsMuchAgain() {
    assertThat(facts(150, 200, s -> s < 190 ? 1 : 1.5, s -> s).rateRaisedAt()).isEmpty();
    RecordedFacts facts = facts(150, 200, s -> s < 190 ? 1 : s < 202 ? 1.51 : 2, s -> s);
    assertThat(facts.rateRaisedAt()).hasValue(190);
    assertThat(facts.usualRate()).isEqualTo(1);
    assertThat(facts.highestRate(190)).isEqualTo(2);
    assertThat(facts.highestRate(204)).isNaN();
  }

  @Test
  void aRateThatWasNotRaisedIsUsual() {
    RecordedFacts facts = facts(150, 200, s -> 1 + s / 1000.0, s -> s);
    assertThat(facts.usualRate()).isEqualTo(1.2);
  }

  @Test
  void aStateIsLostIfTheOptimizerDidNotCountOn() {
    assertThat(facts(150, 200, s -> 1, s -> s).stateLostAt()).isEmpty();
    assertThat(lostAt(190, 150, 200).stateLostAt()).hasValue(190);
    assertThat(facts(150, 200, s -> 1, s -> s < 190 ? s : s - 1).stateLostAt()).hasValue(190);
  }

  /** From 60 steps before the onset, or from the first replayed, to the peak. */
  @ParameterizedTest
  @CsvSource({
    "120, 140, true",
    "120, 139, false",
    "150, 150, true",
    "150, 149, false",
    "150, 203, true",
    "150, 204, false"
  })
  void onlyWhatCameShortlyBeforeMayBeACause(long start, long step, boolean found) {
    assertThat(raisedAt(step, start, 200).rateRaisedAt().isPresent()).isEqualTo(found);
    assertThat(lostAt(step, start, 200).stateLostAt().isPresent()).isEqualTo(found);
  }

  /** Recorded from step 100 on, so a rise at step 100 is not known. */
  @Test
  void aStepIsComparedWithARecordedOne() {
    assertThat(raisedAt(101, 100, 110).rateRaisedAt()).hasValue(101);
    assertThat(raisedAt(100, 100, 110).rateRaisedAt()).isEmpty();
    assertThat(lostAt(101, 100, 110).stateLostAt()).hasValue(101);
  }

  @Test
  void theLossBeforeIsKnownIfItWasRecorded() {
    assertThat(raisedAt(0, 100, 101).lossBefore()).isEqualTo(100);
    assertThat(raisedAt(0, 100, 101).lossAtOnset()).isEqualTo(101);
    assertThat(raisedAt(0, 100, 100).lossBefore()).isNaN();
  }

  @Test
  void hindsightIsThatOf20StepsBefore() {
    assertThat(raisedAt(0, 150, 200).stepOfHindsight()).isEqualTo(180);
    assertThat(raisedAt(0, 190, 200).stepOfHindsight()).isEqualTo(190);
  }

  @Test
  void adamDividesAndSgdDoesNot() {
    World adam = World.of(row -> 1).rule(Adam::new);
    assertThat(Case.of(spike(adam), 200).recorded.optimizerScales()).isTrue();
    assertThat(Case.of(spike(World.of(row -> 1)), 200).recorded.optimizerScales()).isFalse();
  }

  /** A loop of one's own that reports an infinite loss at step 200. */
  private static SpikeRecorder spike(World world) {
    Trainer trainer = world.trainer();
    trainer.run(1); // Adam's divisor is 1 after that: its second weight has no gradient
    SpikeRecorder recorder = recorder(trainer, world);
    return told(recorder, 0, 205, 200);
  }

  /** Losses of 1, and infinite ones at some steps; no step is made. */
  private static SpikeRecorder told(
      SpikeRecorder recorder, int firstBatch, int steps, int... infinite) {
    Trainer trainer = recorder.trainer();
    for (int t = 0; t < steps; t++) {
      int step = (int) recorder.firstStep() + t;
      boolean high = Arrays.stream(infinite).anyMatch(i -> i == step);
      recorder.record(
          trainer.loader().batch(firstBatch + t),
          high ? Double.POSITIVE_INFINITY : 1,
          Gradients.none());
    }
    return recorder;
  }

  @Test
  void earlyIsBefore150StepsUnlessTheLossIsNotFinite() {
    SpikeRecorder early = World.of(row -> row / 2 == 149 ? 10 : 1).run(210);
    assertThat(new RecordedFacts(early, early.recordings().get(0)).early()).isTrue();
    SpikeRecorder later = World.of(row -> row / 2 == 150 ? 10 : 1).run(211);
    assertThat(new RecordedFacts(later, later.recordings().get(0)).early()).isFalse();
    SpikeRecorder infinite = told(recorder(WORLD.trainer(), WORLD), 0, 120, 100);
    RecordedFacts facts = new RecordedFacts(infinite, infinite.recordings().get(0));
    assertThat(facts.early()).isFalse();
    assertThat(facts.stepsBefore()).isEqualTo(100);
  }

  /** Ten batches of four rows but for the last, and a loop that began with the fourth. */
  private static RecordedFacts inBatches(int rows, int... infinite) {
    World world = World.of(row -> 1).batches(rows, 4);
    SpikeRecorder recorder = told(recorder(world.trainer(), world), 3, 250, infinite);
    return new RecordedFacts(recorder, recorder.recordings().get(0));
  }

  @Test
  void spikesInTheSmallLastBatch() {
    RecordedFacts facts = inBatches(38, 106, 126, 150); // batches 109, 129 and 153
    assertThat(facts.inSmallLastBatch()).isTrue();
    assertThat(facts.usualBatchSize()).isEqualTo(4);
    assertThat(facts.spikes()).isEqualTo(3);
    assertThat(facts.spikesInLastBatch()).isEqualTo(2);
    assertThat(facts.chanceOfPhase()).isCloseTo(3 * 0.01 * 0.9 + 0.001, offset(1e-15));
  }

  @Test
  void anotherBatchIsNotTheLast() {
    RecordedFacts facts = inBatches(38, 105, 126);
    assertThat(facts.inSmallLastBatch()).isFalse();
    assertThat(facts.spikesInLastBatch()).isEqualTo(1);
  }

  @Test
  void aLastBatchThatIsAsLargeAsTheOthersIsNotSmall() {
    RecordedFacts facts = inBatches(40, 106);
    assertThat(facts.inSmallLastBatch()).isFalse();
    assertThat(facts.spikesInLastBatch()).isZero();
    assertThat(facts.chanceOfPhase()).isCloseTo(1, offset(1e-15));
  }

  @Test
  void theOnlyBatchIsNotTheLastOfMany() {
    World world = World.of(row -> 1).batches(4, 4);
    SpikeRecorder recorder = told(recorder(world.trainer(), world), 0, 120, 100);
    assertThat(new RecordedFacts(recorder, recorder.recordings().get(0)).inSmallLastBatch())
        .isFalse();
  }

  @Test
  void aParameterHasItsPathOrItsOwnName() {
    RecordedFacts facts = raisedAt(0, 150, 200);
    assertThat(facts.name(WORLD.weights())).isEqualTo("w");
    assertThat(facts.name(Parameter.of("other", Tensor.scalar(1)))).isEqualTo("other");
  }
}
