package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.spikes.Curves;

/**
 * With frozen parameters the loss of a random batch is noise, whatever it looks like, and none of
 * it is a spike: 8,000 batches, 5 seeds, with the losses drawn from their distribution.
 */
class FrozenParametersTest {

  private static final int STEPS = 8000;

  /** Mean loss of batches whose samples are drawn one by one. */
  private static double[] losses(int batch, long seed, ToDoubleFunction<Random> sample) {
    Random random = new Random(seed);
    return Curves.curve(
        STEPS,
        t -> DoubleStream.generate(() -> sample.applyAsDouble(random)).limit(batch).sum() / batch);
  }

  private static void assertCalm(int batch, ToDoubleFunction<Random> sample) {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(SpikeDetector.detect(losses(batch, seed, sample))).as("seed %s", seed).isEmpty();
    }
  }

  /** Squared error of one output with a normal residual. */
  @ParameterizedTest
  @ValueSource(ints = {1, 32})
  void regression(int batch) {
    assertCalm(
        batch,
        random -> {
          double residual = 0.3 * random.nextGaussian();
          return residual * residual;
        });
  }

  /** Mean squared error of four outputs. */
  @ParameterizedTest
  @ValueSource(ints = {1, 32})
  void regressionWithFourOutputs(int batch) {
    assertCalm(
        batch,
        random -> DoubleStream.generate(random::nextGaussian).limit(4).map(r -> r * r).sum() / 4);
  }

  /**
   * Cross-entropy of four classes with logits N(0, 2²), the label drawn from the softmax of them: a
   * classifier that is as sure as it should be.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 32})
  void classification(int batch) {
    assertCalm(batch, FrozenParametersTest::crossEntropy);
  }

  private static double crossEntropy(Random random) {
    double[] logits = DoubleStream.generate(() -> 2 * random.nextGaussian()).limit(4).toArray();
    double logSum = Math.log(DoubleStream.of(logits).map(Math::exp).sum());
    double u = random.nextDouble();
    int label = 0;
    for (double below = Math.exp(logits[0] - logSum); label < 3 && u >= below; label++) {
      below += Math.exp(logits[label + 1] - logSum);
    }
    return logSum - logits[label];
  }
}
