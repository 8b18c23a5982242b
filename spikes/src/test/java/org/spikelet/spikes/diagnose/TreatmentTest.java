package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
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
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.diagnose.TreatmentTable.Point;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Signals;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Change;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/**
 * Each treatment changes what its row of the {@link TreatmentTable} says and nothing else, and each
 * repetition anew; on a spike that has something for each: an outlier in a small last batch, whose
 * loss is larger for its size, under Adam, shortly after the learning rate was raised and the
 * optimizer's state lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreatmentTest {

  /** Sixty batches of 16, and one of 8 with the outlier: so rare that it is unusual. */
  private static final int ROWS = 968;

  private static final int OUTLIER = 964;
  private static final int GLITCH = 238;

  private Training training;
  private Facts facts;
  private Replay replay;

  @BeforeAll
  void aSpikeForAll() {
    Dataset data = Trainings.withOutliers(Trainings.data(ROWS, 0.05, 1), 30, OUTLIER);
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    Optimizer adam = new Adam(net.parameters(), t -> t == GLITCH ? 0.03 : 0.003);
    BinaryOperator<Tensor> loss =
        (p, t) -> Losses.meanSquaredError(p, t).mul(t.shape().dimension(0) < 16 ? 1.5 : 1);
    training = new Training(net, new Trainer(net::forward, loss, adam, new DataLoader(data, 16)));
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
    GradientTransformation transformation = change.transformation(GradientTransformation.none());
    BinaryOperator<Tensor> loss = change.loss(Losses::meanSquaredError);
    for (long step = recorded.firstReplayed(); step < recorded.recording().end(); step++) {
      points.addAll(changedAt(step, change, loss, transformation));
    }
    return points;
  }

  private List<double[]> weights() {
    return training.trainer().optimizer().parameters().stream().map(Tensor::toArray).toList();
  }

  private Set<Point> changedAt(
      long step,
      Change change,
      BinaryOperator<Tensor> loss,
      GradientTransformation transformation) {
    Set<Point> points = EnumSet.noneOf(Point.class);
    RecordedFacts recorded = facts.recorded();
    int[] rows = recorded.batch(step).rows();
    if (!Arrays.equals(change.rows(step, rows.clone()), rows)) {
      points.add(Point.ROWS);
    }
    Parameter w = training.trainer().optimizer().parameters().get(0);
    try (Tape tape = Tape.record()) {
      // Larger from step to step, as far as a change may look at that.
      double size = 100 * (step - recorded.firstReplayed() + 1);
      Gradients given = tape.gradients(w.mul(size).sum());
      double norm = given.norm();
      Tensor predictions = Tensor.ones(Shape.of(rows.length, 1));
      Tensor targets = Tensor.zeros(Shape.of(rows.length, 1));
      if (loss.apply(predictions, targets).item() != 1) {
        points.add(Point.LOSS);
      }
      Gradients gradients = transformation.apply(given);
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

  /**
   * Each is as if it had seen the recorded norms of the 60 steps before the replay: in the first
   * step a norm far over them is cut, or skipped, and the first of those is let through.
   */
  @ParameterizedTest
  @EnumSource(names = {"ZCLIP", "ADAGC", "SKIPPED_STEPS"})
  void startsWithTheNormsOfTheStepsBefore(Treatment treatment) {
    Signals signals = facts.recorded().recording().signals();
    long start = facts.recorded().firstReplayed();
    assertThat(start - signals.oldest()).isEqualTo(60);
    Parameter w = training.trainer().optimizer().parameters().get(0);
    double usual = Math.sqrt(signals.marks(start - 1).squaredGradient(0) / w.size());
    for (double times : new double[] {0.5, 1000}) {
      GradientTransformation arm =
          treatment.protocol(facts).change().make(1).transformation(GradientTransformation.none());
      try (Tape tape = Tape.record()) {
        Gradients given = tape.gradients(w.mul(times * usual).sum());
        // SkipStep wants half of its 128 first.
        int more = treatment == Treatment.SKIPPED_STEPS ? 4 : 0;
        Gradients ordinary = tape.gradients(w.mul(usual).sum());
        for (int i = 0; i < more; i++) {
          assertThat(arm.apply(ordinary).norm()).isEqualTo(ordinary.norm());
        }
        double norm = arm.apply(given).norm();
        assertThat(norm < given.norm()).as("%s times the usual norm", times).isEqualTo(times > 1);
      }
    }
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

  /** Their root is ∞, with which no Adam can be made. */
  @Test
  void squaresThatOverflowedRaiseEpsilonToTheLargestNumber() {
    Parameter weight = Parameter.of("w", Tensor.vector(1, 2, 3));
    Adam adam = new Adam(List.of(weight));
    try (Tape tape = Tape.record()) {
      adam.step(tape.gradients(weight.mul(1e200).sum()));
    }

    double epsilon = Treatment.medianRoot(adam);

    assertThat(epsilon).isEqualTo(Double.MAX_VALUE);
    assertThat(adam.settings().withEpsilon(epsilon).epsilon()).isEqualTo(epsilon);
  }
}
