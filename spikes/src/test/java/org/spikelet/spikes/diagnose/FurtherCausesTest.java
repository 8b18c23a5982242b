package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Reduction;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.record.SpikeRecorder;

/** Causes that lie in the data as a whole, in their order, or in mini-batches. */
class FurtherCausesTest {

  private static Dataset larger(Dataset data, double by, int from, int to) {
    double[] y = data.targets().toArray();
    for (int i = 2 * from; i < 2 * to; i++) {
      y[i] += by;
    }
    return new Dataset(data.inputs(), Tensor.of(data.targets().shape(), y));
  }

  private static List<Diagnosis> diagnoses(SpikeRecorder recorder) {
    List<Diagnosis> diagnoses =
        new SpikeDoctor()
            .withRepetitions(3)
            .withDecisiveTreatmentsOnly()
            .withAtMost(3)
            .examine(recorder)
            .diagnoses();
    assertThat(diagnoses).isNotEmpty();
    return diagnoses;
  }

  private static void assertAll(List<Diagnosis> diagnoses, Cause cause) {
    assertThat(diagnoses)
        .allSatisfy(d -> assertThat(d.causes()).as(d.words()).containsExactly(cause));
  }

  @Test
  void theDataBecomeOthersForGood() {
    Dataset data = larger(Trainings.data(16 * 400, 0.05, 2), 4, 16 * 300, 16 * 400);
    Training training =
        Trainings.training(new DataLoader(data, 16), Schedule.constant(3e-3), Adam::new);
    List<Diagnosis> diagnoses = diagnoses(training.run(380));
    assertAll(diagnoses, Cause.DATA_CHANGED);
    assertThat(diagnoses.get(0).spike().onset()).isEqualTo(300);
    assertThat(diagnoses.get(0).words()).contains("10 of 10 batches", "0 of the 10 before it");
  }

  /** Rows at random must not be of the very batch that they are compared with. */
  @Test
  void aHardBatchThatComesInEveryEpoch() {
    Dataset data = larger(Trainings.data(128, 0.05, 2), 4, 16, 32);
    Training training =
        Trainings.training(new DataLoader(data, 16), Schedule.constant(3e-3), Adam::new);
    assertAll(diagnoses(training.run(800)), Cause.HARD_BATCH);
  }

  /** What is too early takes nobody's place, however high it is. */
  @Test
  void earlySpikesDoNotUseUpTheExaminations() {
    Dataset data =
        larger(larger(Trainings.data(16 * 500, 0.05, 2), 400, 16 * 60, 16 * 61), 9, 6400, 6416);
    Training training =
        Trainings.training(new DataLoader(data, 16), Schedule.constant(3e-3), Adam::new);
    SpikeRecorder recorder = training.run(480);
    Diagnosis only = new SpikeDoctor().withAtMost(1).examine(recorder).diagnoses().get(0);
    assertThat(only.spike().onset()).isEqualTo(400);
    assertThat(recorder.spikes().get(0).onset()).isEqualTo(60);
  }

  @Test
  void aStepTooLongInTwoBatchesAnEpoch() {
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    DataLoader loader = new DataLoader(Trainings.data(32, 0, 6), 16).withShuffle(3);
    Training training = Trainings.training(net, loader, new Adam(net.parameters(), 2e-2));
    List<Diagnosis> diagnoses = diagnoses(training.run(3000));
    assertThat(diagnoses)
        .allSatisfy(
            d ->
                assertThat(d.causes())
                    .as(d.words())
                    .containsAnyOf(Cause.MINI_BATCH_INSTABILITY, Cause.INSTABILITY));
    assertThat(diagnoses.stream().flatMap(d -> d.causes().stream()))
        .contains(Cause.MINI_BATCH_INSTABILITY);
  }

  /** One spike in the one-row batch may be chance: one in nine. */
  @Test
  void aSingleSpikeInTheSmallLastBatchMayBeChance() {
    Dataset data = larger(Trainings.data(257, 0.05, 4), 9, 256, 257);
    Training training =
        Trainings.training(new DataLoader(data, 32), Schedule.constant(1e-3), Adam::new);
    SpikeRecorder recorder = training.run(180);
    List<Diagnosis> late =
        new SpikeDoctor().withOnly(spike -> spike.onset() >= 150).examine(recorder).diagnoses();
    assertThat(late)
        .isNotEmpty()
        .allSatisfy(
            d -> {
              double chance = d.evidence(Symptom.SPIKES_IN_LAST_BATCH).orElseThrow().value();
              assertThat(d.causes().contains(Cause.SMALL_LAST_BATCH))
                  .as(d.words())
                  .isEqualTo(chance < Limits.PHASE);
            });
  }

  /** Eleven batches of 16 and one of 2: with the loss over n² it is eight times as high there. */
  private static SpikeRecorder withALastBatchOfTwo(
      BinaryOperator<Tensor> loss, Function<List<Parameter>, Optimizer> rule, Dataset data) {
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    Trainer trainer =
        new Trainer(
            net::forward,
            loss,
            rule.apply(net.parameters()),
            new DataLoader(data, 16).withShuffle(1));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(500);
    return recorder;
  }

  private static Tensor dividedTwice(Tensor p, Tensor t) {
    return Losses.meanSquaredError(p, t).mul(1.0 / t.shape().dimension(0));
  }

  private static List<Diagnosis> late(SpikeRecorder recorder) {
    return new SpikeDoctor()
        .withOnly(spike -> spike.onset() >= 150)
        .withAtMost(4)
        .examine(recorder)
        .diagnoses();
  }

  @Test
  void aLossThatIsDividedByTheBatchSizeTwice() {
    Dataset data = Trainings.data(178, 0.3, 2);
    for (Function<List<Parameter>, Optimizer> rule :
        List.<Function<List<Parameter>, Optimizer>>of(
            p -> new Adam(p, 3e-3), p -> new Sgd(p, 0.05))) {
      List<Diagnosis> found =
          late(withALastBatchOfTwo(FurtherCausesTest::dividedTwice, rule, data));
      assertThat(found).hasSizeGreaterThan(2);
      assertAll(found, Cause.LOSS_BY_BATCH_SIZE);
      assertThat(found.get(0).evidence(Symptom.LOSS_BY_SIZE).orElseThrow().value())
          .isCloseTo(8, offset(1e-9));
      assertThat(found.get(0).words())
          .contains(
              "one row, repeated, has 8 times the loss in a batch of 2, as the last of an epoch,"
                  + " that it has in one of 16",
              "Cure: divide the sum over a batch's rows by their number, once");
    }
  }

  /**
   * In batches of one size the loss over n² is the mean times a constant, a power of two here:
   * SGD's weights are to the bit those of the mean at a sixteenth of the rate. So there is nothing
   * to see.
   */
  @Test
  void inBatchesOfOneSizeItIsAnotherLearningRate() {
    List<List<Double>> weights = new ArrayList<>();
    for (boolean twice : new boolean[] {true, false}) {
      Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
      new Trainer(
              net::forward,
              twice ? FurtherCausesTest::dividedTwice : Losses::meanSquaredError,
              new Sgd(net.parameters(), twice ? 0.05 : 0.05 / 16),
              new DataLoader(Trainings.data(176, 0.3, 2), 16).withShuffle(1))
          .run(100);
      weights.add(
          net.parameters().stream().flatMap(p -> Arrays.stream(p.toArray()).boxed()).toList());
    }
    assertThat(weights.get(0)).isEqualTo(weights.get(1));
  }

  /** A mean has the same loss whatever the size, and a sum has less in the small batch. */
  @Test
  void aLossThatDoesNotGrowInASmallBatchIsNotBlamed() {
    Dataset data = larger(Trainings.data(178, 0.05, 2), 9, 100, 101);
    for (Reduction reduction : List.of(Reduction.MEAN, Reduction.SUM)) {
      List<Diagnosis> found =
          late(
              withALastBatchOfTwo(
                  (p, t) -> Losses.meanSquaredError(p, t, reduction),
                  p -> new Adam(p, 3e-3),
                  data));
      assertThat(found)
          .isNotEmpty()
          .allSatisfy(
              d -> {
                assertThat(d.causes()).doesNotContain(Cause.LOSS_BY_BATCH_SIZE);
                assertThat(d.evidence(Symptom.LOSS_BY_SIZE)).isEmpty();
              });
    }
  }

  /** The loss goes by the size, and the height has another source: an outlier. */
  @Test
  void aLossThatGoesByTheSizeALittleIsNotNamedForWhatItDoesNotDo() {
    Dataset data = larger(Trainings.data(178, 0.05, 2), 40, 176, 178);
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    Trainer trainer =
        new Trainer(
            net::forward,
            (p, t) -> Losses.meanSquaredError(p, t).mul(t.shape().dimension(0) < 16 ? 1.1 : 1),
            new Adam(net.parameters(), 1e-3),
            new DataLoader(data, 16));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(500);
    List<Diagnosis> found = late(recorder);
    assertThat(found)
        .isNotEmpty()
        .allSatisfy(
            d -> {
              assertThat(d.evidence(Symptom.LOSS_BY_SIZE).orElseThrow().value())
                  .isCloseTo(1.1, offset(1e-9));
              assertThat(d.causes()).doesNotContain(Cause.LOSS_BY_BATCH_SIZE);
            });
  }

  /** Two batches of four are of one class: with two classes that is no order. */
  @Test
  void anOutlierInABatchOfOneClassByChance() {
    SplittableRandom random = new SplittableRandom(4);
    double[] classes = new double[64];
    double[] x = random.doubles(4L * classes.length, -1, 1).toArray();
    for (int row = 0; row < classes.length; row++) {
      classes[row] = row >= 40 && row < 48 ? (row - 40) / 4 : row % 2;
      x[4 * row] += classes[row] == 0 ? 0.8 : -0.8;
    }
    x[4 * 41] = -30;
    Dataset data = new Dataset(Tensor.of(Shape.of(64, 4), x), Tensor.of(Shape.of(64), classes));
    Module net =
        Sequential.of(Dense.of(4, 2, random), Dense.of(2, 2, random)); // linear: it stays too far
    Trainer trainer =
        new Trainer(
            net::forward,
            Losses::crossEntropy,
            new Adam(net.parameters(), 1e-4),
            new DataLoader(data, 4));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(400);
    assertAll(
        diagnoses(recorder).stream().filter(d -> d.spike().onset() >= 150).toList(),
        Cause.OUTLIER_SAMPLES);
  }

  /** In a short epoch ten batches, four steps apart, may be the same one ten times. */
  @Test
  void aShortEpochIsNotAskedWhetherItsDataChanged() {
    Dataset data = larger(Trainings.data(64, 0.05, 2), 4, 16, 32);
    Training training =
        Trainings.training(new DataLoader(data, 16), Schedule.constant(3e-3), Adam::new);
    List<Diagnosis> diagnoses = diagnoses(training.run(800));
    assertAll(diagnoses, Cause.HARD_BATCH);
    assertThat(diagnoses).allSatisfy(d -> assertThat(d.evidence(Symptom.BATCHES_AFTER)).isEmpty());
  }
}
