package org.spikelet.spikes.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.Trainer;

/** Watch and brake are part of a checkpoint: the limit holds, and no warning comes twice. */
class StabilityResumeTest {

  /** So low a level that the training is braked, and warned of. */
  private static final StabilityWatch.Settings FIRM = StabilityWatch.DEFAULTS.withLevel(1e-3);

  @TempDir private Path folder;

  private static final class Run {
    private final SplittableRandom random = new SplittableRandom(1);
    private final Module net =
        Sequential.of(Dense.of(3, 4, random), Activation.TANH, Dense.of(4, 1, random));
    private final Trainer trainer =
        new Trainer(
            net::forward,
            Losses::meanSquaredError,
            new Adam(net.parameters(), Schedule.exponential(0.1, 0.99)),
            new DataLoader(new Dataset(uniform(3), uniform(1)), 4).withShuffle(1));
    private final List<DirectionalSharpness> warned = new ArrayList<>();
    private final StabilityWatch watch =
        StabilityWatch.attach(trainer, net.state(), FIRM, warned::add);
    private final Checkpoint checkpoint;

    Run() {
      StabilityBrake.attach(trainer, net.state(), FIRM);
      checkpoint = new Checkpoint(trainer, net.state());
    }

    private Tensor uniform(int columns) {
      return Tensor.of(Shape.of(11, columns), random.doubles(11L * columns, -2, 2).toArray());
    }

    private void touch(boolean touched) {
      if (touched) {
        net.parameters().get(0).update(w -> w[0] += 0.5);
      }
    }

    private double[] weights() {
      return net.parameters().stream().flatMapToDouble(p -> Arrays.stream(p.toArray())).toArray();
    }
  }

  /** Saved before its first step, which nobody looks at; and where others touched the weights. */
  @ParameterizedTest
  @CsvSource({"0, false", "20, false", "20, true"})
  void nothingMoreIsLookedAtThanWithoutLoading(int saved, boolean touched) throws IOException {
    Path file = folder.resolve("begun.spk");
    Run whole = new Run();
    Run resumed = new Run();
    for (Run run : List.of(whole, resumed)) {
      run.trainer.listen(step -> run.touch(touched));
    }
    whole.trainer.run(saved);
    whole.checkpoint.save(file);
    int before = whole.warned.size();
    resumed.checkpoint.load(file);
    for (Run run : List.of(whole, resumed)) {
      run.trainer.run(1);
    }
    assertThat(resumed.watch.latest()).isEqualTo(whole.watch.latest());
    assertThat(resumed.warned).isEqualTo(whole.warned.subList(before, whole.warned.size()));
    for (Run run : List.of(whole, resumed)) {
      run.trainer.run(20);
    }
    assertThat(resumed.weights()).containsExactly(whole.weights());
    assertThat(resumed.watch.latest()).isEqualTo(whole.watch.latest());
  }

  /** As when a training starts in the middle, where a look would be due. */
  @Test
  void whereALookIsDueButWasNotPreparedThereIsNoneAfterLoading() throws IOException {
    Path file = folder.resolve("middle.spk");
    Run whole = new Run();
    whole.trainer.startAt(10);
    whole.checkpoint.save(file);
    whole.trainer.run(1);
    Run resumed = new Run();
    resumed.checkpoint.load(file);
    resumed.trainer.run(1);
    assertThat(whole.watch.latest()).isEmpty();
    assertThat(resumed.watch.latest()).isEmpty();
    assertThat(resumed.trainer.optimizer().learningRate())
        .isEqualTo(whole.trainer.optimizer().learningRate());
  }

  /** Saved between two looks, where the limit of the last one holds, and where one is due. */
  @ParameterizedTest
  @ValueSource(ints = {25, 29, 30, 31})
  void aBrakedTrainingThatIsLoadedHasTheSameBits(int saved) throws IOException {
    Path file = folder.resolve("braked.spk");
    Run whole = new Run();
    whole.trainer.run(saved);
    assertThat(whole.trainer.optimizer().learningRate())
        .as("braked")
        .isLessThan(Schedule.exponential(0.1, 0.99).at(saved));
    whole.checkpoint.save(file);
    int before = whole.warned.size();
    whole.trainer.run(20);

    Run resumed = new Run();
    resumed.checkpoint.load(file);
    resumed.trainer.run(20);
    assertThat(resumed.weights()).containsExactly(whole.weights());
    assertThat(resumed.watch.warnings()).isEqualTo(whole.watch.warnings()).isNotEmpty();
    assertThat(resumed.watch.latest()).isEqualTo(whole.watch.latest());
    assertThat(resumed.warned).isEqualTo(whole.warned.subList(before, whole.warned.size()));
  }

  @Test
  void theStateOfSomethingElseIsRefused() {
    Run run = new Run();
    StabilityBrake brake = new StabilityBrake(run.trainer.optimizer(), FIRM);
    for (Stateful part : List.of(run.watch, brake)) {
      List<Tensor> other = List.of(Tensor.vector(1, 2));
      assertThatThrownBy(() -> part.restore(other)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
