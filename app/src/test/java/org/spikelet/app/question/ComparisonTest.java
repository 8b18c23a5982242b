package org.spikelet.app.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Shape;
import org.spikelet.optim.History;
import org.spikelet.spikes.detect.SpikeSummary;

class ComparisonTest {

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
    Comparison flagship = Comparison.flagship(1, settings(1, 32));
    Comparison companion = Comparison.companion(1, settings(1, 512));

    assertThat(flagship.problem().data().inputs().shape()).isEqualTo(Shape.of(1536, 14));
    assertThat(flagship.problem().data().targets().shape()).isEqualTo(Shape.of(1536, 4));
    assertThat(companion.problem().data().inputs().shape()).isEqualTo(Shape.of(512, 14));
    int weights = flagship.problem().net().parameters().stream().mapToInt(p -> p.size()).sum();
    assertThat(weights).isEqualTo(14 * 100 + 100 + 100 * 40 + 40 + 40 * 4 + 4);
  }

  /** The finding itself, on a shorter run: Adam spikes, and SGD on the same batches hardly does. */
  @Test
  void adamSpikesWhereSgdIsSmooth() {
    Comparison flagship = Comparison.flagship(2, settings(4_000, 32));

    long adam = visibleSpikes(flagship, Comparison.Side.ADAM);
    long sgd = visibleSpikes(flagship, Comparison.Side.SGD);

    assertThat(adam).isGreaterThan(15);
    assertThat(adam).isGreaterThan(8 * sgd);
  }

  private static long visibleSpikes(Comparison comparison, Comparison.Side side) {
    History history = new History();
    comparison
        .trainer(side, comparison.problem().net())
        .listen(history)
        .run(comparison.settings().steps());
    return SpikeSummary.of(history.losses()).visible();
  }

  private static Comparison.Settings settings(long steps, int batchSize) {
    return Comparison.FLAGSHIP.withSteps(steps).withBatchSize(batchSize);
  }
}
