package org.spikelet.app.spikes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Shape;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.History;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.detect.SpikeSummary;

class ExperimentTest {

  @Test
  void studentTWithTwoDegreesOfFreedomHasItsQuantiles() {
    double[] sorted =
        Arrays.stream(RandomTensors.studentT2(new SplittableRandom(1), 20_000, 10).toArray())
            .sorted()
            .toArray();

    // Quantiles of t₂ from the closed form F(t) = ½ + t / (2√(2 + t²)).
    for (double p : new double[] {0.01, 0.25, 0.5, 0.75, 0.9, 0.99}) {
      double t = sorted[(int) (p * sorted.length)];
      assertThat(0.5 + t / (2 * Math.sqrt(2 + t * t))).isCloseTo(p, Offset.offset(0.004));
    }
  }

  @Test
  void theNetAndTheDataHaveTheShapesOfTheQuestion() {
    Experiment flagship = Experiment.flagship(1, settings(1, 32));
    Experiment companion = Experiment.companion(1, settings(1, 512));

    assertThat(flagship.problem().data().inputs().shape()).isEqualTo(Shape.of(1536, 14));
    assertThat(flagship.problem().data().targets().shape()).isEqualTo(Shape.of(1536, 4));
    assertThat(companion.problem().data().inputs().shape()).isEqualTo(Shape.of(512, 14));
    int weights = flagship.net().parameters().stream().mapToInt(p -> p.size()).sum();
    assertThat(weights).isEqualTo(14 * 100 + 100 + 100 * 40 + 40 + 40 * 4 + 4);
  }

  /** The finding itself, on a shorter run: Adam spikes, and SGD on the same batches hardly does. */
  @Test
  void adamSpikesWhereSgdIsSmooth() {
    Experiment flagship = Experiment.flagship(2, settings(4_000, 32));

    long adam = visibleSpikes(flagship, Experiment.Contender.ADAM);
    long sgd = visibleSpikes(flagship, Experiment.Contender.SGD);

    assertThat(adam).isGreaterThan(15);
    assertThat(adam).isGreaterThan(8 * sgd);
  }

  private static long visibleSpikes(Experiment experiment, Experiment.Contender contender) {
    Module net = experiment.net();
    History history = new History();
    new Trainer(
            net::forward,
            Losses::meanSquaredError,
            experiment.optimizer(contender).apply(net.parameters()),
            experiment.loader())
        .listen(history)
        .run(experiment.settings().steps());
    return SpikeSummary.of(history.losses()).visible();
  }

  private static Experiment.Settings settings(long steps, int batchSize) {
    return new Experiment.Settings(steps, batchSize, false, 1e-3, 0.02);
  }
}
