package org.spikelet.spikes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Trainer;

/**
 * The losses of 8,000 random batches of a trained net that is trained no more: nothing in them is a
 * spike, and what is planted in them is found.
 */
class FrozenNetTest {

  private static final int STEPS = 8000;
  private static final int ROWS = 2000;

  private static double[] losses(boolean classes, int batchSize) {
    SplittableRandom random = new SplittableRandom(11);
    Dataset data = classes ? classes(random) : regression(random);
    int outputs = classes ? 4 : 2;
    BinaryOperator<Tensor> loss = classes ? Losses::crossEntropy : Losses::meanSquaredError;
    Module net =
        Sequential.of(Dense.of(4, 16, random), Activation.TANH, Dense.of(16, outputs, random));
    new Trainer(net::forward, loss, new Adam(net.parameters(), 3e-3), new DataLoader(data, 50))
        .run(1500);
    DataLoader loader = new DataLoader(data, batchSize).withShuffle(12);
    return Curves.curve(
        STEPS,
        t -> {
          Batch batch = loader.batch(t);
          return loss.apply(net.forward(batch.inputs()), batch.targets()).item();
        });
  }

  private static Tensor noise(SplittableRandom random, double size, int rows, int columns) {
    Tensor sum = Trainings.uniform(random, size, rows, columns);
    for (int i = 1; i < 6; i++) {
      sum = sum.add(Trainings.uniform(random, size, rows, columns));
    }
    return sum; // nearly normal
  }

  private static Dataset regression(SplittableRandom random) {
    Dataset clean = Trainings.data(ROWS, 0, 13);
    return new Dataset(clean.inputs(), clean.targets().add(noise(random, 0.3, ROWS, 2)));
  }

  /** The class is the largest of four noisy functions. */
  private static Dataset classes(SplittableRandom random) {
    Tensor x = Trainings.uniform(random, 2, ROWS, 4);
    double[] scores =
        x.matmul(Trainings.uniform(random, 1, 4, 4)).add(noise(random, 0.5, ROWS, 4)).toArray();
    double[] labels = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int k = 1; k < 4; k++) {
        labels[row] = scores[4 * row + k] > scores[4 * row + (int) labels[row]] ? k : labels[row];
      }
    }
    return new Dataset(x, Tensor.vector(labels));
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "false, 32", "true, 1", "true, 32"})
  void nothingIsASpike(boolean classes, int batchSize) {
    assertThat(SpikeDetector.detect(losses(classes, batchSize))).isEmpty();
  }

  /** Bursts of 1 to 4 nats, 5 to 50 steps long, on the noise of batches of 32. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void plantedBurstsAreFound(boolean classes) {
    double[] calm = losses(classes, 32);
    SplittableRandom random = new SplittableRandom(14);
    int planted = 0;
    int found = 0;
    for (int repetition = 0; repetition < 10; repetition++) {
      double[] losses = calm.clone();
      int start = 300;
      boolean[] inBurst = new boolean[STEPS];
      List<Integer> onsets = new ArrayList<>();
      while (start < STEPS - 100) {
        double factor = Math.exp(1 + 3 * random.nextDouble());
        int length = 5 + random.nextInt(46);
        for (int t = start; t < start + length; t++) {
          losses[t] *= factor;
          inBurst[t] = true;
        }
        onsets.add(start);
        start += 250 + random.nextInt(50);
      }
      planted += onsets.size();
      for (Spike spike : SpikeDetector.detect(losses)) {
        assertThat(inBurst[(int) spike.peak()]).isTrue();
      }
      List<Spike> spikes = SpikeDetector.detect(losses);
      for (int onset : onsets) {
        boolean seen = spikes.stream().anyMatch(s -> s.onset() >= onset && s.onset() < onset + 50);
        found += seen ? 1 : 0;
      }
    }
    assertThat(planted).isGreaterThan(250);
    assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(0.99 * planted));
  }
}
