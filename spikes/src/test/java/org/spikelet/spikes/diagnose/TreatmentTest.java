package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.diagnose.TreatmentTable.Point;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Change;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/**
 * Each treatment changes what its row of the {@link TreatmentTable} says and nothing else, and each
 * repetition anew; on a spike that has something for each: an outlier in a small last batch under
 * Adam, shortly after the learning rate was raised and the optimizer's state lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreatmentTest {

  /** Eleven batches of 16, and one of 8 with the outlier. */
  private static final int ROWS = 184;

  private static final int OUTLIER = 180;
  private static final int GLITCH = 210;

  private Training training;
  private Facts facts;
  private Replay replay;

  @BeforeAll
  void aSpikeForAll() {
    Dataset data = Trainings.withOutliers(Trainings.data(ROWS, 0.05, 1), 30, OUTLIER);
    training =
        Trainings.training(new DataLoader(data, 16), t -> t == GLITCH ? 0.03 : 0.003, Adam::new);
    Optimizer adam = training.trainer().optimizer();
    SpikeRecorder recorder = training.attach(SpikeRecorder.DEFAULTS.withKept(1000));
    training
        .trainer()
        .listen(
            step -> {
              if (step.number() == GLITCH - 2) {
                adam.restore(adam.blank());
                // The schedule goes by the optimizer's steps, which are counted anew.
                adam.schedule(t -> t == 2 ? 0.03 : 0.003);
              }
            });
    training.trainer().run(400);
    Recording recording =
        recorder.recordings().stream()
            .filter(r -> r.onset() > GLITCH && r.onset() <= GLITCH + 40)
            .findFirst()
            .orElseThrow();
    RecordedFacts recorded = new RecordedFacts(recorder, recording);
    Evaluation evaluation =
        new Evaluation(training.trainer(), recorder.parameters(), recording.start());
    replay = new Replay(training.trainer(), recording);
    CourseWatcher watcher = new CourseWatcher(recorded, evaluation, new int[] {1, 2, 3});
    assertThat(replay.firstDifference(replay.unchanged(watcher))).isEmpty();
    facts = new Facts(recorded, ReplayedFacts.of(recorded, watcher));
  }

  @ParameterizedTest
  @EnumSource
  void changesWhatItsRowSaysAndNothingElse(Treatment treatment) {
    Change change = treatment.protocol(facts).change().make(1);
    assertThat(changed(change)).isEqualTo(TreatmentTable.changedBy(treatment));
  }

  /** What a change changes, asked for each of the recorded steps. */
  private Set<Point> changed(Change change) {
    RecordedFacts recorded = facts.recorded();
    recorded.recording().start().restore();
    Set<Point> points = EnumSet.noneOf(Point.class);
    Optimizer adam = training.trainer().optimizer();
    if (change.optimizer(adam) != adam) {
      points.add(Point.OPTIMIZER);
    }
    List<double[]> before = weights();
    change.start(adam.parameters());
    if (IntStream.range(0, before.size())
        .anyMatch(k -> !Arrays.equals(before.get(k), weights().get(k)))) {
      points.add(Point.WEIGHTS);
    }
    if (!change.forgets()) {
      points.add(Point.STATE);
    }
    for (long step = recorded.firstReplayed(); step < recorded.recording().end(); step++) {
      points.addAll(changedAt(step, change));
    }
    return points;
  }

  private List<double[]> weights() {
    return training.trainer().optimizer().parameters().stream().map(Tensor::toArray).toList();
  }

  private Set<Point> changedAt(long step, Change change) {
    Set<Point> points = EnumSet.noneOf(Point.class);
    RecordedFacts recorded = facts.recorded();
    int[] rows = recorded.batch(step).rows();
    if (!Arrays.equals(change.rows(step, rows.clone()), rows)) {
      points.add(Point.ROWS);
    }
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    try (Tape tape = Tape.record()) {
      // Larger from step to step, as far as a change may look at that.
      double size = 100 * (step - recorded.firstReplayed() + 1);
      Gradients given = tape.gradients(w.mul(Tensor.vector(size, size)).sum());
      double norm = given.norm();
      Gradients gradients = change.gradients(step, given);
      if (gradients.norm() != norm) {
        points.add(Point.GRADIENTS);
      }
      double rate = recorded.rate(step);
      if (change.learningRate(step, rate, gradients) != rate) {
        points.add(Point.RATE);
      }
    }
    return points;
  }

  /** A repetition after others has the losses that it has alone. */
  @ParameterizedTest
  @EnumSource
  void carriesNoStateIntoTheNextRepetition(Treatment treatment) {
    Change.Factory first = treatment.protocol(facts).change();
    double[] alone = replay.run(first.make(2), Replay.Observer.NONE);
    Change.Factory again = treatment.protocol(facts).change();
    replay.run(again.make(1), Replay.Observer.NONE);
    boolean same = Arrays.equals(replay.run(again.make(2), Replay.Observer.NONE), alone);
    assertThat(same)
        .as(
            "a second repetition of %s is as it would be alone: is there a new change in each?",
            treatment)
        .isTrue();
    assertThat(again.make(1)).isNotSameAs(again.make(1));
    assertThat(Arrays.equals(alone, replay.unchanged(Replay.Observer.NONE)))
        .as("%s changes nothing", treatment)
        .isFalse();
  }

  /** A treatment is given once; the routine ones in their order, after those asked for. */
  @Test
  void areGivenOnceAndInOrder() {
    Treatments treatments = new Treatments(facts, replay, 2, 1);
    TreatmentResult kept = treatments.give(Treatment.KEPT_STATE);
    assertThat(treatments.give(Treatment.KEPT_STATE)).isSameAs(kept);
    assertThat(kept.placebo()).startsWith("weights perturbed by 1e-0");
    treatments.giveRoutine();
    assertThat(treatments.done())
        .extracting(TreatmentResult::treatment)
        .containsExactlyElementsOf(
            Stream.concat(Stream.of(Treatment.KEPT_STATE), routine()).toList());
    assertThat(new Treatments(facts, replay, 2, 1).give(Treatment.KEPT_STATE)).isEqualTo(kept);
  }

  private static Stream<Treatment> routine() {
    return Arrays.stream(Treatment.values()).filter(t -> t.routine() != When.ASKED_FOR);
  }

  @Test
  void leavesOutTheRowToBlame() {
    assertThat(facts.replayed().topRows()).containsExactly(OUTLIER);
    Protocol protocol = Treatment.WITHOUT_TOP_ROWS.protocol(facts);
    int[] peak = facts.recorded().peakBatch().rows();
    int[] treated = protocol.change().make(1).rows(facts.recorded().peak(), peak);
    int[] compared =
        protocol.placebo().orElseThrow().change().make(1).rows(facts.recorded().peak(), peak);
    assertThat(treated).hasSize(7).doesNotContain(OUTLIER);
    assertThat(compared).hasSize(7).contains(OUTLIER);
  }

  @Test
  void fillsTheSmallBatchUp() {
    long peak = facts.recorded().peak();
    int[] rows = facts.recorded().peakBatch().rows();
    int[] filled = Treatment.FILLED_BATCH.protocol(facts).change().make(1).rows(peak, rows);
    assertThat(rows).hasSize(8);
    assertThat(filled).hasSize(16).startsWith(rows);
  }

  /** The placebo deals out the very rows of the batches before, each batch as large as it was. */
  @Test
  void dealsOutTheBatchesBeforeAnew() {
    RecordedFacts recorded = facts.recorded();
    Change placebo = Treatment.OTHER_BATCH.protocol(facts).placebo().orElseThrow().change().make(1);
    long peak = recorded.peak();
    assertThat(placebo.rows(peak, recorded.peakBatch().rows()))
        .isEqualTo(recorded.peakBatch().rows());
    int[] dealt =
        LongStream.range(recorded.firstReplayed(), peak)
            .mapToObj(step -> placebo.rows(step, recorded.batch(step).rows()))
            .flatMapToInt(Arrays::stream)
            .toArray();
    int[] before =
        LongStream.range(recorded.firstReplayed(), peak)
            .mapToObj(step -> recorded.batch(step).rows())
            .flatMapToInt(Arrays::stream)
            .toArray();
    assertThat(dealt).isNotEqualTo(before);
    assertThat(dealt).containsExactlyInAnyOrder(before);
  }
}
