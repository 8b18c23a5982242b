package org.spikelet.spikes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Losses;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.Examination;
import org.spikelet.spikes.diagnose.SpikeDoctor;

class SpikeRecorderTest {

  private static final Dataset DATA =
      Trainings.withOutliers(Trainings.data(256, 0.05, 1), 30, 17, 101);

  private static Training training() {
    DataLoader loader = new DataLoader(DATA, 16).withShuffle(3);
    return Trainings.training(loader, Schedule.constant(3e-3), Adam::new);
  }

  @Test
  void keepsTheHighestSpikes() {
    Training training = training();
    SpikeRecorder all = training.attach(SpikeRecorder.DEFAULTS.withKept(1000));
    SpikeRecorder three = training.attach(SpikeRecorder.DEFAULTS.withKept(3));
    training.trainer().run(700);
    assertThat(all.spikes()).isEqualTo(three.spikes()).hasSizeGreaterThan(10);
    List<Double> highest =
        all.recordings().stream()
            .map(Recording::peakHeight)
            .sorted((a, b) -> Double.compare(b, a))
            .limit(3)
            .toList();
    assertThat(three.recordings())
        .extracting(Recording::peakHeight)
        .containsExactlyInAnyOrderElementsOf(highest);
    assertThat(three.steps()).isEqualTo(700);
  }

  @Test
  void settingsMustNotBeNull() {
    assertThatThrownBy(() -> training().attach(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("recorder: settings must not be null");
  }

  @Test
  void aRecordingHasTheWindowAndThePeakOfItsSpike() {
    SpikeRecorder recorder = training().run(700);
    for (Recording recording : recorder.recordings()) {
      Spike spike =
          recorder.spikes().stream()
              .filter(s -> s.onset() == recording.onset())
              .findFirst()
              .orElseThrow();
      assertThat(recording.start().step()).isBetween(spike.onset() - 60, spike.onset() - 50);
      assertThat(recording.end()).isEqualTo(Math.min(700, spike.onset() + 60));
      assertThat(recording.peak()).isEqualTo(spike.peak());
      assertThat(recording.peakLoss()).isEqualTo(spike.peakLoss());
      assertThat(recording.peakHeight()).isEqualTo(spike.height());
    }
  }

  @Test
  void goesBackFurtherIfAsked() {
    Training training = training();
    SpikeRecorder recorder = training.attach(SpikeRecorder.DEFAULTS.withBefore(200));
    training.trainer().run(500);
    assertThat(recorder.recordings())
        .filteredOn(recording -> recording.onset() >= 200)
        .isNotEmpty()
        .allSatisfy(
            recording ->
                assertThat(recording.onset() - recording.start().step()).isBetween(190L, 200L));
  }

  /** A loop of one's own, with epochs, is recorded and replayed as a trainer's is. */
  @Test
  void aLoopOfYourOwn() {
    Training training = training();
    Optimizer optimizer = training.trainer().optimizer();
    SpikeRecorder recorder = SpikeRecorder.of(training.trainer(), training.net().state());
    for (int epoch = 0; epoch < 30; epoch++) {
      for (Batch batch : training.trainer().loader()) {
        try (Tape tape = Tape.record()) {
          Tensor loss =
              Losses.meanSquaredError(training.net().forward(batch.inputs()), batch.targets());
          Gradients gradients = tape.gradients(loss);
          optimizer.step(gradients);
          recorder.record(batch, loss.item(), gradients);
        }
      }
    }
    Training same = training();
    SpikeRecorder trained = same.run(30 * 16);
    assertThat(recorder.spikes()).isEqualTo(trained.spikes());
    Examination examination =
        new SpikeDoctor()
            .withRepetitions(2)
            .withDecisiveTreatmentsOnly()
            .withAtMost(2)
            .examine(recorder);
    assertThat(examination.diagnoses()).hasSize(2).allMatch(Diagnosis::reproduced);
  }

  /** Recording from the middle of a run on, the steps are still the trainer's. */
  @Test
  void attachedLater() {
    Training training = training();
    training.trainer().run(100);
    SpikeRecorder recorder = training.run(400);
    assertThat(recorder.steps()).isEqualTo(400);
    Examination examination =
        new SpikeDoctor()
            .withRepetitions(2)
            .withDecisiveTreatmentsOnly()
            .withAtMost(1)
            .examine(recorder);
    Diagnosis diagnosis = examination.diagnoses().get(0);
    assertThat(diagnosis.reproduced()).isTrue();
    long onset = diagnosis.spike().onset();
    Batch batch = training.trainer().loader().batch(onset);
    assertThat(batch.rows()).containsAnyOf(17, 101);
  }

  /** What is asked of a recorder changes nothing: a spike that goes on is still recorded. */
  @Test
  void askingInBetweenChangesNothing() {
    Training asked = training();
    SpikeRecorder recorder = asked.attach();
    Training same = training();
    SpikeRecorder other = same.attach();
    for (int k = 0; k < 70; k++) {
      asked.trainer().run(10);
      same.trainer().run(10);
      assertThat(recorder.recordings()).hasSizeLessThanOrEqualTo(16);
    }
    assertThat(recorder.recordings()).isNotEmpty();
    assertThat(recorder.recordings())
        .extracting(Recording::onset, Recording::peak, Recording::end)
        .isEqualTo(
            other.recordings().stream().map(r -> tuple(r.onset(), r.peak(), r.end())).toList());
  }

  /** A loop that only reports losses. */
  private static SpikeRecorder told(int firstBatch, double... losses) {
    Training training = training();
    SpikeRecorder recorder = SpikeRecorder.of(training.trainer(), training.net().state());
    for (int t = 0; t < losses.length; t++) {
      Batch batch = training.trainer().loader().batch(firstBatch + t);
      recorder.record(batch, losses[t], Gradients.none());
    }
    return recorder;
  }

  @Test
  void theFirstLossIsTheFirstFiniteOneAboveZero() {
    SpikeRecorder recorder = told(0, 0, Double.POSITIVE_INFINITY, Double.NaN, -1, 5, 3);
    assertThat(recorder.firstLoss()).isEqualTo(5);
    assertThat(recorder.firstLossAt()).isEqualTo(4);
    SpikeRecorder none = told(0, 0, -1);
    assertThat(none.firstLoss()).isNaN();
    assertThat(none.firstLossAt()).isEqualTo(-1);
  }

  @Test
  void stepsAndBatchesAreCountedApart() {
    SpikeRecorder recorder = told(37, 1, 1, Double.NaN); // 16 batches an epoch
    Signals signals = recorder.recordings().get(0).signals();
    assertThat(signals.batch(0)).isEqualTo(37);
    assertThat(signals.batch(2)).isEqualTo(39);
    assertThat(recorder.firstStep()).isZero();
    Training later = training();
    later.trainer().run(3);
    assertThat(later.attach().firstStep()).isEqualTo(3);
  }

  /** Not finite is more than any number, and the first is the peak. */
  @Test
  void thePeakIsTheFirstOfTheLargest() {
    assertThat(peak(5, 9, 9, 7)).isEqualTo(101);
    assertThat(peak(5, 9, Double.NaN, Double.POSITIVE_INFINITY, 11)).isEqualTo(102);
    assertThat(peak(5, Double.POSITIVE_INFINITY, Double.NaN, 11)).isEqualTo(101);
    assertThat(peak(Double.NaN, 9)).isEqualTo(100);
  }

  private static long peak(double... spike) {
    double[] losses = new double[120];
    Arrays.fill(losses, 1);
    System.arraycopy(spike, 0, losses, 100, spike.length);
    return told(0, losses).recordings().get(0).peak();
  }

  @Test
  void whatGotNoGradientHasNoPartInTheNorm() {
    Parameter used = Parameter.of("used", Tensor.scalar(1));
    Parameter unused = Parameter.of("unused", Tensor.scalar(1));
    Dataset data = new Dataset(Tensor.zeros(Shape.of(1, 1)), Tensor.zeros(Shape.of(1, 1)));
    Trainer trainer =
        new Trainer(
            x -> used.mul(3).add(Double.POSITIVE_INFINITY),
            (y, target) -> y,
            new Sgd(List.of(used, unused), 0.1),
            new DataLoader(data, 1));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, Map.of("used", used));
    trainer.run(1);
    assertThat(recorder.recordings().get(0).signals().gradientNorm(0)).isEqualTo(3);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> SpikeRecorder.DEFAULTS.withKept(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kept: must be at least 1, got 0");
    for (int steps : new int[] {29, 301}) {
      assertThatThrownBy(() -> SpikeRecorder.DEFAULTS.withBefore(steps))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("before: must be from 30 to 300, got " + steps);
    }
  }

  @Test
  void settingsAtTheirLimits() {
    assertThat(SpikeRecorder.DEFAULTS.withKept(1).kept()).isEqualTo(1);
    assertThat(SpikeRecorder.DEFAULTS.withBefore(30).before()).isEqualTo(30);
    assertThat(SpikeRecorder.DEFAULTS.withBefore(300).before()).isEqualTo(300);
  }

  /** With 1 to 9 weights, so that every remainder of a division by four is met. */
  @Test
  void theNormIsThatOfTheGradients() {
    Dataset data = new Dataset(Tensor.zeros(Shape.of(1, 1)), Tensor.zeros(Shape.of(1, 1)));
    for (int n = 1; n < 10; n++) {
      Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(n)));
      double[] factors = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
      // Of an infinite loss there is a recording at once.
      Trainer trainer =
          new Trainer(
              x -> w.mul(Tensor.vector(factors)).sum().add(Double.POSITIVE_INFINITY),
              (y, target) -> y,
              new Sgd(List.of(w), 0.1),
              new DataLoader(data, 1));
      SpikeRecorder recorder = SpikeRecorder.attach(trainer, Map.of("w", w));
      List<Double> norms = new ArrayList<>();
      trainer.listen(step -> norms.add(step.gradients().norm())).run(1);
      double recorded = recorder.recordings().get(0).signals().gradientNorm(0);
      assertThat(recorded).isEqualTo(Math.sqrt(Arrays.stream(factors).map(x -> x * x).sum()));
      assertThat(norms).containsExactly(recorded);
    }
  }

  @Test
  void theRingForgetsOldSteps() {
    Signals signals = new Signals(4, 7);
    for (long step = 7; step < 17; step++) {
      double x = (double) step;
      signals.add(x, 2 * x, 3 * x, 4 * step, 5 * step, Marks.NONE);
    }
    assertThat(signals.oldest()).isEqualTo(13);
    assertThat(signals.next()).isEqualTo(17);
    Signals copy = signals.copy(14, 16);
    signals.add(0, 0, 0, 0, 0, Marks.NONE);
    signals.add(0, 0, 0, 0, 0, Marks.NONE);
    assertThat(copy.loss(15)).isEqualTo(15);
    assertThat(copy.learningRate(14)).isEqualTo(28);
    assertThat(copy.gradientNorm(14)).isEqualTo(42);
    assertThat(copy.batch(14)).isEqualTo(56);
    assertThat(copy.updates(14)).isEqualTo(70);
    assertThatThrownBy(() -> copy.loss(16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("signals: step 16 is not among the recorded 14 to 15");
    assertThatThrownBy(() -> copy.loss(13)).isInstanceOf(IllegalArgumentException.class);
  }
}
