package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Clipping;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.History;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.World;
import org.spikelet.spikes.record.SpikeRecorder;

/** Causes planted in small trainings are named, and bad input is explained. */
class SpikeDoctorTest {

  private static final Dataset DATA = Trainings.data(256, 0.05, 1);

  private static DataLoader batches(Dataset data) {
    return new DataLoader(data, 16).withShuffle(3);
  }

  private static Examination examine(SpikeRecorder recorder) {
    return new SpikeDoctor()
        .withRepetitions(3)
        .withDecisiveTreatmentsOnly()
        .withAtMost(3)
        .examine(recorder);
  }

  private static void assertAll(Examination examination, Cause cause) {
    assertThat(examination.diagnoses()).isNotEmpty();
    for (Diagnosis diagnosis : examination.diagnoses()) {
      assertThat(diagnosis.reproduced()).isTrue();
      assertThat(diagnosis.causes()).as(diagnosis.words()).containsExactly(cause);
      assertThat(diagnosis.words()).contains(cause.words());
    }
  }

  @Test
  void outliers() {
    Dataset outliers = Trainings.withOutliers(DATA, 30, 17, 101);
    Training training = Trainings.training(batches(outliers), Schedule.constant(3e-3), Adam::new);
    Examination examination = examine(training.run(600));
    assertAll(examination, Cause.OUTLIER_SAMPLES);
    Course course = examination.diagnoses().get(0).course().orElseThrow();
    int row = course.peakRows().get(indexOfLargest(course.peakShares()));
    assertThat(row).isIn(17, 101);
  }

  /** A tenth of eight rows is less than one, and two outliers may meet in them. */
  @Test
  void twoOutliersInOneSmallBatch() {
    Dataset outliers = Trainings.withOutliers(DATA, 30, 17, 18);
    Training training =
        Trainings.training(new DataLoader(outliers, 8), Schedule.constant(3e-3), Adam::new);
    assertAll(examine(training.run(600)), Cause.OUTLIER_SAMPLES);
  }

  private static int indexOfLargest(List<Double> shares) {
    return shares.indexOf(shares.stream().max(Double::compare).orElseThrow());
  }

  @Test
  void hardBatch() {
    double[] y = Trainings.data(16 * 400, 0.05, 2).targets().toArray();
    for (int i = 32 * 300; i < 32 * 301; i++) {
      y[i] = -5 * y[i];
    }
    Dataset bad = Trainings.data(16 * 400, 0.05, 2);
    DataLoader loader =
        new DataLoader(new Dataset(bad.inputs(), Tensor.of(bad.targets().shape(), y)), 16);
    Training training = Trainings.training(loader, Schedule.constant(3e-3), Adam::new);
    Examination examination = examine(training.run(380));
    assertAll(examination, Cause.HARD_BATCH);
    assertThat(examination.diagnoses().get(0).spike().peak()).isEqualTo(300);
  }

  @Test
  void smallLastBatch() {
    DataLoader loader = new DataLoader(Trainings.data(257, 0.5, 4), 32).withShuffle(5);
    Training training = Trainings.training(loader, Schedule.constant(1e-3), Adam::new);
    assertAll(examine(training.run(1500)), Cause.SMALL_LAST_BATCH);
  }

  @Test
  void raisedLearningRate() {
    Schedule glitch = t -> t >= 400 && t < 403 ? 3 : 3e-3;
    Training training = Trainings.training(new DataLoader(DATA, 256), glitch, Adam::new);
    Examination examination = examine(training.run(500));
    assertAll(examination, Cause.LEARNING_RATE_CHANGED);
    assertThat(examination.diagnoses().get(0).evidence(Symptom.LEARNING_RATE).orElseThrow().value())
        .isEqualTo(1000);
  }

  @Test
  void lostState() {
    Training training =
        Trainings.training(batches(Trainings.data(256, 0, 1)), Schedule.constant(1e-2), Adam::new);
    Optimizer optimizer = training.trainer().optimizer();
    SpikeRecorder recorder = training.attach();
    training.trainer().run(1000);
    optimizer.restore(optimizer.blank());
    training.trainer().run(100);
    assertAll(examine(recorder), Cause.OPTIMIZER_STATE_LOST);
  }

  @Test
  void instability() {
    Dataset smooth = Trainings.data(32, 0, 6);
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    Training training =
        Trainings.training(net, new DataLoader(smooth, 32), new Adam(net.parameters(), 2e-2));
    Examination examination = examine(training.run(3000));
    assertAll(examination, Cause.INSTABILITY);
    Evidence evidence = examination.diagnoses().get(0).evidence(Symptom.SHARPNESS).orElseThrow();
    assertThat(evidence.value()).isBetween(0.9, 1.5);
  }

  /** The loss is not finite from the very first step on. */
  @Test
  void notFiniteAtStepZero() {
    Dataset infinite = Trainings.withOutliers(DATA, 1e200, IntStream.range(0, 256).toArray());
    Training training =
        Trainings.training(batches(infinite), Schedule.constant(0.1), (p, s) -> new Sgd(p, s));
    Examination examination = examine(training.run(30));
    assertAll(examination, Cause.NON_FINITE);
    assertThat(examination.diagnoses().get(0).spike().onset()).isZero();
    assertThat(examination.diagnoses().get(0).words()).contains("not finite");
  }

  @Test
  void tooEarly() {
    Schedule glitch = t -> t >= 80 && t < 83 ? 10 : 3e-3;
    Training training = Trainings.training(batches(DATA), glitch, Adam::new);
    assertAll(examine(training.run(200)), Cause.TOO_EARLY);
  }

  @Test
  void noSpikeIsAGoodResult() {
    Training training = Trainings.training(batches(DATA), Schedule.constant(1e-3), Adam::new);
    Examination examination = examine(training.run(300));
    assertThat(examination.spikes()).isEmpty();
    assertThat(examination.diagnoses()).isEmpty();
    assertThat(examination.words()).startsWith("No spikes in 300 steps.");
  }

  @Test
  void noStepAtAll() {
    Training training = Trainings.training(batches(DATA), Schedule.constant(1e-3), Adam::new);
    assertThat(examine(training.attach()).words()).startsWith("No spikes in 0 steps.");
  }

  /** A model that adds noise from a generator of its own cannot be replayed. */
  @Test
  void hiddenRandomStateIsNoticed() {
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    SplittableRandom hidden = new SplittableRandom(6);
    UnaryOperator<Tensor> noisy = x -> net.forward(x).add(1e-3 * hidden.nextDouble());
    Schedule glitch = t -> t >= 300 && t < 303 ? 10 : 3e-3;
    Trainer trainer =
        new Trainer(
            noisy, Losses::meanSquaredError, new Adam(net.parameters(), glitch), batches(DATA));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(400);
    Diagnosis diagnosis = examine(recorder).diagnoses().get(0);
    assertThat(diagnosis.reproduced()).isFalse();
    assertThat(diagnosis.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(diagnosis.treatments()).isEmpty();
    assertThat(diagnosis.words())
        .contains("differs from the recording, first at step 2")
        .contains("frozen Parameter");
  }

  /** A counter of the model's own changes the loss, and is not in its state. */
  @Test
  void hiddenCountersAreNoticed() {
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    AtomicLong calls = new AtomicLong();
    Trainer trainer =
        new Trainer(
            x -> net.forward(x).mul(calls.incrementAndGet() == 301 ? 100 : 1),
            Losses::meanSquaredError,
            new Adam(net.parameters()),
            batches(DATA));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(380);
    Diagnosis diagnosis = examine(recorder).diagnoses().get(0);
    assertThat(diagnosis.reproduced()).isFalse();
    assertThat(diagnosis.causes()).containsExactly(Cause.OUTSIDE_CHANGE);
    assertThat(diagnosis.words())
        .contains(
            "At step 300, after 50 steps replayed to the bit, with the same weights and other state, as far as it is recorded, the loss");
  }

  /** With BatchNorm, Dropout, a schedule and clipping: the examination leaves no trace. */
  @Test
  void theTrainingGoesOnAsIfNothingHadBeen() {
    assertThat(lossesAfter(true)).isEqualTo(lossesAfter(false));
  }

  private static double[] lossesAfter(boolean examined) {
    Module net =
        Trainings.net(
            new SplittableRandom(5),
            16,
            List.of(BatchNorm.of(16), Activation.RELU, Dropout.of(0.1, new SplittableRandom(7))));
    Schedule glitch = t -> t >= 200 && t < 204 ? 10 : 5e-3;
    Adam adam = new Adam(net.parameters(), glitch);
    Training training = Trainings.training(net, batches(DATA), adam, Clipping.globalNorm(5));
    SpikeRecorder recorder = training.run(280);
    if (examined) {
      Examination examination = new SpikeDoctor().withRepetitions(2).examine(recorder);
      assertThat(examination.diagnoses()).isNotEmpty().allMatch(Diagnosis::reproduced);
    }
    History history = new History();
    training.trainer().listen(history).run(20);
    return history.losses();
  }

  @Test
  void aDiagnosisHasAllTreatmentsAndMeasurements() {
    Dataset outliers = Trainings.withOutliers(DATA, 30, 17);
    Training training = Trainings.training(batches(outliers), Schedule.constant(3e-3), Adam::new);
    SpikeRecorder recorder = training.run(400);
    Diagnosis diagnosis =
        new SpikeDoctor().withRepetitions(2).withAtMost(1).examine(recorder).diagnoses().get(0);
    assertThat(diagnosis.treatments())
        .extracting(TreatmentResult::treatment)
        .contains(
            Treatment.HALF_RATE,
            Treatment.RAISED_EPSILON,
            Treatment.AMSGRAD,
            Treatment.CLIPPED_UPDATES,
            Treatment.CLIPPED_GRADIENTS,
            Treatment.EQUAL_STEPS,
            Treatment.OTHER_BATCH,
            Treatment.WITHOUT_TOP_ROWS);
    for (TreatmentResult result : diagnosis.treatments()) {
      assertThat(result.losses()).hasSameSizeAs(diagnosis.course().orElseThrow().steps());
      assertThat(result.placeboLosses()).hasSameSizeAs(result.losses());
      assertThat(result.heights()).hasSize(2);
    }
    Course course = diagnosis.course().orElseThrow();
    assertThat(course.sharpness()).isNotEmpty();
    assertThat(course.steps().get(0).layers())
        .extracting(Course.Layer::name)
        .containsExactlyElementsOf(training.net().state().keySet());
    double total = course.peakShares().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(total).isCloseTo(1, offset(1e-12));
  }

  private static Diagnosis examined(SpikeDoctor doctor, int rows) {
    World world =
        World.of((moved, row) -> 1 + 1e-3 * row + (moved[0] > 199.5 && moved[0] < 205 ? 9 : 0))
            .batches(rows, rows);
    return doctor.withRepetitions(2).examine(world.run(265)).diagnoses().get(0);
  }

  /** Of up to 256 rows the probe is all. */
  @Test
  void theProbeIsAllRowsOrHalfOfMany() {
    double all = 1 + 1e-3 * 127.5;
    assertThat(probeLoss(256)).isCloseTo(all, offset(1e-12));
    assertThat(probeLoss(258)).isNotCloseTo(all + 1e-3, offset(1e-6));
  }

  private static double probeLoss(int rows) {
    Diagnosis diagnosis = examined(new SpikeDoctor().withDecisiveTreatmentsOnly(), rows);
    return diagnosis.course().orElseThrow().steps().get(0).probeLoss();
  }

  @Test
  void anotherSeedPerturbsByOthers() {
    List<TreatmentResult> first = examined(new SpikeDoctor(), 4).treatments();
    assertThat(examined(new SpikeDoctor(), 4).treatments()).isEqualTo(first);
    assertThat(examined(new SpikeDoctor().withSeed(2), 4).treatments())
        .hasSameSizeAs(first)
        .isNotEqualTo(first);
  }

  @Test
  void badSettingsAreRefused() {
    SpikeDoctor doctor = new SpikeDoctor();
    assertThatThrownBy(() -> doctor.withRepetitions(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("repetitions: must be at least 2 for a range, got 1");
    assertThatThrownBy(() -> doctor.withAtMost(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("atMost: must be at least 1, got 0");
  }

  /** Each setting is of a copy. */
  @Test
  void aDoctorIsNotChanged() {
    SpikeDoctor doctor = new SpikeDoctor().withRepetitions(2).withDecisiveTreatmentsOnly();
    Dataset outliers = Trainings.withOutliers(DATA, 30, 17, 101);
    Training training = Trainings.training(batches(outliers), Schedule.constant(3e-3), Adam::new);
    SpikeRecorder recorder = training.run(500);
    Examination before = doctor.withOnly(spike -> spike.onset() > 300).examine(recorder);
    doctor.withSeed(2);
    doctor.withAtMost(1);
    doctor.withOnly(spike -> false);
    assertThat(doctor.withOnly(spike -> spike.onset() > 300).examine(recorder)).isEqualTo(before);
    assertThat(before.diagnoses()).hasSizeGreaterThan(1);
    assertThat(doctor.withAtMost(1).examine(recorder).diagnoses()).hasSize(1);
  }

  @Test
  void theBinomialTail() {
    assertThat(RecordedFacts.binomialTail(4, 4, 0.5)).isCloseTo(1.0 / 16, offset(1e-15));
    assertThat(RecordedFacts.binomialTail(4, 3, 0.5)).isCloseTo(5.0 / 16, offset(1e-15));
    assertThat(RecordedFacts.binomialTail(3, 1, 0.1)).isCloseTo(1 - 0.729, offset(1e-15));
    assertThat(RecordedFacts.binomialTail(5, 0, 0.3)).isEqualTo(1);
  }
}
