package org.spikelet.spikes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.ZClip;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.SpikeDoctor;

/**
 * A recorder is part of a checkpoint: what it has after resuming has the bits it would have had.
 */
class RecorderResumeTest {

  private static final Dataset DATA =
      Trainings.withOutliers(Trainings.data(256, 0.05, 1), 30, 17, 101);

  @TempDir private Path folder;

  /** A training with everything that a recorder looks at. */
  private static final class Run {
    private final Training training;
    private final SpikeRecorder recorder;
    private final Checkpoint checkpoint;

    Run(int kept, GradientTransformation transformation) {
      Module net =
          Trainings.net(new SplittableRandom(5), 16, List.of(BatchNorm.of(16), Activation.TANH));
      training =
          Trainings.training(
              net,
              new DataLoader(DATA, 16).withShuffle(3),
              new Adam(net.parameters(), Schedule.exponential(3e-3, 0.999)),
              transformation);
      recorder = training.attach(SpikeRecorder.DEFAULTS.withKept(kept));
      // From outside, at times: the marks copy what is changed so.
      training
          .trainer()
          .listen(
              step -> {
                if (step.number() % 37 == 36) {
                  net.parameters().get(0).update(w -> w[0] *= 1.01);
                }
              });
      checkpoint = new Checkpoint(training.trainer(), net.state());
    }

    void run(long steps) {
      training.trainer().run(steps);
    }

    private List<List<Double>> bits() {
      return recorder.save().stream()
          .map(tensor -> Arrays.stream(tensor.toArray()).boxed().toList())
          .toList();
    }

    private List<String> diagnoses() {
      return new SpikeDoctor()
          .withAtMost(3).examine(recorder).diagnoses().stream().map(Diagnosis::words).toList();
    }
  }

  /**
   * At the first step, before the ring is full, within spikes and between, after it has wrapped.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 55, 101, 130, 333, 511, 512, 513, 640})
  void whatFollowsHasTheSameBits(int saved) throws IOException {
    Run whole = new Run(3, new ZClip());
    whole.run(saved);
    whole.checkpoint.save(folder.resolve("half.spk"));
    whole.run(700 - saved);

    Run resumed = new Run(3, new ZClip());
    resumed.checkpoint.load(folder.resolve("half.spk"));
    resumed.run(700 - saved);

    assertThat(resumed.bits()).isEqualTo(whole.bits());
    assertThat(resumed.recorder.spikes()).isEqualTo(whole.recorder.spikes()).isNotEmpty();
    assertThat(resumed.recorder.firstStep()).isZero();
    assertThat(resumed.recorder.steps()).isEqualTo(700);
    assertThat(resumed.recorder.firstLoss()).isEqualTo(whole.recorder.firstLoss());
  }

  /** Spikes from before and from after, and one that is going on. */
  @ParameterizedTest
  @CsvSource({"300, 700", "700, 700"})
  void theDoctorSaysTheSame(int saved, int end) throws IOException {
    Run whole = new Run(3, GradientTransformation.none());
    whole.run(saved);
    whole.checkpoint.save(folder.resolve("half.spk"));
    whole.run(end - saved);

    Run resumed = new Run(3, GradientTransformation.none());
    resumed.checkpoint.load(folder.resolve("half.spk"));
    resumed.run(end - saved);

    assertThat(resumed.diagnoses()).isEqualTo(whole.diagnoses()).hasSize(3);
  }

  /** Lowered by hand meanwhile: what was recorded is replayed at the rates it had. */
  @Test
  void aReplayFromBeforeTakesTheRecordedRates() throws IOException {
    Run run = new Run(3, GradientTransformation.none());
    run.run(400);
    run.checkpoint.save(folder.resolve("half.spk"));
    List<String> diagnoses = run.diagnoses();

    Run resumed = new Run(3, GradientTransformation.none());
    resumed.checkpoint.load(folder.resolve("half.spk"));
    resumed.training.trainer().optimizer().learningRate(1e-9);
    assertThat(resumed.diagnoses()).isEqualTo(diagnoses);
    assertThat(resumed.training.trainer().optimizer().learningRate()).isEqualTo(1e-9);
  }

  @Test
  void whatSomethingElseSavedIsRefusedAndNothingChanges() {
    Run run = new Run(3, new ZClip());
    run.run(300);
    List<List<Double>> before = run.bits();
    List<Tensor> saved = run.recorder.save();
    Tensor numbers = saved.get(1);
    List<List<Tensor>> others =
        List.of(
            List.of(),
            List.of(Tensor.vector(1, 2)),
            saved.subList(0, saved.size() - 1),
            List.of(saved.get(0), Tensor.vector(1, 2, 3)),
            List.of(saved.get(0), numbers, Tensor.vector(1)));
    for (List<Tensor> other : others) {
      assertThatThrownBy(() -> run.recorder.restore(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("restore: Spike");
    }
    assertThat(run.bits()).isEqualTo(before);
  }

  @Test
  void otherSettingsAreNamed() throws IOException {
    Run three = new Run(3, GradientTransformation.none());
    three.checkpoint.save(folder.resolve("three.spk"));
    Run four = new Run(4, GradientTransformation.none());
    assertThatThrownBy(() -> four.checkpoint.load(folder.resolve("three.spk")))
        .hasMessageContaining("(SpikeRecorder) had kept=3, here kept=4");
  }

  /** On either scale, in a spike and outside, over losses that are zero, negative, not finite. */
  @Test
  void aDetectorGoesOn() {
    SplittableRandom random = new SplittableRandom(8);
    for (double shift : new double[] {0, 1, -5}) {
      double[] losses =
          random
              .doubles(1500)
              .map(u -> u < 0.02 ? 40 * u * 50 : u > 0.995 ? Double.NaN : shift + u)
              .toArray();
      for (int saved = 0; saved < losses.length; saved += 83) {
        SpikeDetector whole = new SpikeDetector();
        SpikeDetector resumed = new SpikeDetector(17);
        resumed.add(4);
        for (int k = 0; k < losses.length; k++) {
          if (k == saved) {
            resumed.restore(whole.save());
          }
          Optional<Spike> ended = whole.add(losses[k]);
          if (k >= saved) {
            assertThat(resumed.add(losses[k])).isEqualTo(ended);
          }
        }
        assertThat(resumed.spikes()).isEqualTo(whole.spikes()).isNotEmpty();
        assertThat(resumed.usualRange()).isEqualTo(whole.usualRange());
      }
    }
  }
}
