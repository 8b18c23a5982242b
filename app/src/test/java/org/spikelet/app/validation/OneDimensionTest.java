package org.spikelet.app.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.app.validation.OneDimension.Kind;
import org.spikelet.optim.Adam;

class OneDimensionTest {

  /** Multiplying by it changes no digit; and it takes x 347 more nats to come to 0. */
  private static final double FAR = 0x1p500;

  private static OneDimension run(double rate, double beta1, double beta2) {
    return OneDimension.run(1, rate, Adam.DEFAULTS.withBetas(beta1, beta2));
  }

  /** The same in other units. */
  private static OneDimension runFromFar(double rate, double beta1, double beta2) {
    return OneDimension.run(
        FAR, rate * FAR, Adam.DEFAULTS.withBetas(beta1, beta2).withEpsilon(1e-8 * FAR));
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.9, 0.999, 0, UNDERFLOW",
    "0.01, 0.9, 0.999, 5, SPIKING",
    "0.1, 0.9, 0.999, 20, SPIKING",
    "0.1, 0.9, 0.9999, 0, UNDERFLOW",
    "1, 0.9, 0.9999, 4, SPIKING",
    "0.01, 0.5, 0.999, 0, UNDERFLOW",
    "0.1, 0.5, 0.999, 15, SPIKING",
    "0.1, 0.9, 0.95, 1, NEVER_CALM",
    "0.01, 0.9, 0.9, 0, NEVER_CALM"
  })
  void burstsInTwentyThousandSteps(double rate, double beta1, double beta2, int bursts, Kind kind) {
    OneDimension run = run(rate, beta1, beta2);

    assertThat(run.bursts()).hasSize(bursts);
    assertThat(run.kind()).isEqualTo(kind);
  }

  /**
   * Where there is a burst, and only there, η / P was over the threshold within 60 steps before.
   */
  @ParameterizedTest
  @CsvSource({"0.01", "0.03", "0.1", "0.3", "1"})
  void everyBurstFollowsACrossing(double rate) {
    OneDimension run = run(rate, 0.9, 0.999);
    List<Integer> bursts = run.bursts();
    int crossings = 0;
    for (int t = 1; t < OneDimension.STEPS; t++) {
      if (run.sharpness(t) > run.threshold() && run.sharpness(t - 1) <= run.threshold()) {
        int crossing = t;
        crossings++;
        assertThat(bursts).anyMatch(onset -> onset + 20 > crossing && onset - crossing <= 60);
      }
    }

    assertThat(crossings).isEqualTo(bursts.size()).isPositive();
  }

  /**
   * With little momentum x soon is a subnormal number, too coarse to fall or to grow. In larger
   * units it is none, and the same run bursts.
   */
  @ParameterizedTest
  @CsvSource({"0.01, 0, 0.995", "0.002, 0.5, 0.997", "0.005, 0.5, 0.997", "0.01, 0.7, 0.999"})
  void littleMomentumIsNoStability(double rate, double beta1, double beta2) {
    OneDimension near = run(rate, beta1, beta2);
    OneDimension far = runFromFar(rate, beta1, beta2);

    assertThat(near.bursts()).isEmpty();
    assertThat(Math.abs(near.x(OneDimension.STEPS - 1))).isLessThan(Double.MIN_NORMAL);
    assertThat(far.bursts()).hasSizeGreaterThan(5);
    assertThat(far.bursts().get(0)).isGreaterThan(far.firstCrossing());
  }

  /** v holds no more than (1 − β₂) of the squared gradients on the way down. */
  @ParameterizedTest
  @CsvSource({"0.01", "0.03", "0.1"})
  void theFirstCrossingIsWhereVHasDecayed(double rate) {
    OneDimension run = run(rate, 0.9, 0.999);

    assertThat((double) run.firstCrossing()).isCloseTo(run.expectedCrossing(), within(30.0));
    // With v = 1 to begin with it would be 2·ln(38/η)/(1 − β₂).
    assertThat(run.firstCrossing()).isLessThan((int) (2_000 * Math.log(38 / rate)) - 3_000);
  }

  @Test
  void unitsChangeNoDigit() {
    OneDimension near = run(0.1, 0.9, 0.999);
    OneDimension far = runFromFar(0.1, 0.9, 0.999);

    // As long as x² is no subnormal number.
    for (int t = 0; t < 4_000; t++) {
      assertThat(far.x(t)).isEqualTo(near.x(t) * FAR);
      assertThat(far.sharpness(t)).isEqualTo(near.sharpness(t));
    }
  }
}
