package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.spikes.Curves;

/** Curves without a spike have none. */
class CalmCurveTest {

  private static final int STEPS = 8000;

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-9, 1, 1e9, 0})
  void aConstant(double loss) {
    assertThat(SpikeDetector.detect(Curves.constant(STEPS, loss))).isEmpty();
  }

  @Test
  void aSmoothFall() {
    assertThat(SpikeDetector.detect(Curves.curve(STEPS, t -> 3 * Math.exp(-t / 300.0)))).isEmpty();
    assertThat(SpikeDetector.detect(Curves.curve(STEPS, t -> 1 / (1 + 0.01 * t)))).isEmpty();
  }

  /** Falling to exactly 0: δ keeps the logarithm finite. */
  @Test
  void aFallToZero() {
    assertThat(SpikeDetector.detect(Curves.curve(STEPS, t -> Math.max(0, 1 - t / 1000.0))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.3, 1, 2})
  void lognormalNoise(double sigma) {
    Random random = new Random(11);
    double[] losses = Curves.curve(STEPS, t -> Math.exp(sigma * random.nextGaussian()));
    assertThat(SpikeDetector.detect(losses)).isEmpty();
  }

  /** The median follows a loss that doubles every 1000 steps. */
  @Test
  void aSlowRise() {
    Random random = new Random(12);
    double[] losses =
        Curves.curve(STEPS, t -> Math.pow(2, t / 1000.0) * Math.exp(0.05 * random.nextGaussian()));
    assertThat(SpikeDetector.detect(losses)).isEmpty();
  }

  @Test
  void aRiseByLessThanADoubling() {
    double[] losses = Curves.plateau(Curves.constant(1000, 1), 500, 20, 1.99);
    assertThat(SpikeDetector.detect(losses)).isEmpty();
  }

  /** In noise the bar is six times the scatter, here more than a doubling. */
  @Test
  void aRiseInsideTheNoise() {
    Random random = new Random(13);
    double[] losses = Curves.curve(1000, t -> Math.exp(0.3 * random.nextGaussian()));
    assertThat(SpikeDetector.detect(Curves.with(losses, 500, 3))).isEmpty();
    assertThat(SpikeDetector.detect(Curves.with(losses, 500, 20))).hasSize(1);
  }

  @Test
  void noLossAtAll() {
    assertThat(SpikeDetector.detect(new double[0])).isEmpty();
  }
}
