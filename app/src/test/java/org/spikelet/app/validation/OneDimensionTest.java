package org.spikelet.app.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
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

  /**
   * Until 100 steps before the first crossing. x is compared with the largest |x| of 20 steps,
   * since it is near 0 each time that it changes sign.
   */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.9, 0.999",
    "0.01, 0.9, 0.999",
    "3, 0.9, 0.9995",
    "1, 0.9, 0.9999",
    "0.05, 0.9, 0.99",
    "0.001, 0.5, 0.995",
    "0.02, 0.85, 0.997",
    "0.2, 0.95, 0.993",
    "0.5, 0.99, 0.9993",
    "0.001, 0, 0.99"
  })
  void theRecurrenceIsAdam(double rate, double beta1, double beta2) {
    OneDimension adam = run(rate, beta1, beta2);
    OneDimension recurrence = OneDimension.recurrence(rate, beta1, beta2);
    int end = adam.firstCrossing() - 100;

    assertThat(end).isGreaterThan(900);
    for (int t = 0; t < end; t++) {
      double level = 0;
      for (int s = Math.max(0, t - 19); s <= t; s++) {
        level = Math.max(level, Math.abs(adam.x(s)));
      }
      assertThat(recurrence.x(t)).isCloseTo(adam.x(t), within(1e-9 * level));
      assertThat(recurrence.divisor(t)).isCloseTo(adam.divisor(t), within(1e-9 * adam.divisor(t)));
    }
    assertThat(recurrence.threshold()).isEqualTo(adam.threshold());
    assertThat(recurrence.firstCrossing()).isEqualTo(adam.firstCrossing());
  }

  /** Where the number of bursts is the same from ten starts that differ in the last bits. */
  @ParameterizedTest
  @CsvSource({
    "0.01, 0.9, 0.999, 5",
    "1, 0.9, 0.9999, 4",
    "0.001, 0.9, 0.999, 0",
    "0.1, 0.9, 0.95, 1",
    "0.001, 0.5, 0.99, 160",
    "0.1, 0.5, 0.99, 179",
    "1, 0.5, 0.99, 188",
    "0.01, 0.5, 0.995, 79",
    "0.1, 0.5, 0.995, 87",
    "1, 0.5, 0.999, 23"
  })
  void theRecurrenceHasTheBurstsOfAdam(double rate, double beta1, double beta2, int bursts) {
    List<Integer> recurrence = OneDimension.recurrence(rate, beta1, beta2).bursts();

    assertThat(recurrence).hasSize(bursts);
    for (OneDimension adam : runsNearby(rate, beta1, beta2)) {
      assertThat(adam.bursts()).hasSize(bursts);
      if (bursts > 0) {
        assertThat(recurrence.get(0)).isCloseTo(adam.bursts().get(0), within(20));
      }
    }
  }

  /** Here the last bits decide on the number; but not on the first burst, nor that there is one. */
  @ParameterizedTest
  @CsvSource({
    "0.001, 0.9, 0.99",
    "0.1, 0.9, 0.99",
    "1, 0.9, 0.99",
    "0.01, 0.9, 0.995",
    "0.1, 0.9, 0.995",
    "1, 0.9, 0.999"
  })
  void lastBitsDecideOnTheNumber(double rate, double beta1, double beta2) {
    List<OneDimension> runs = runsNearby(rate, beta1, beta2);
    int first = OneDimension.recurrence(rate, beta1, beta2).bursts().get(0);

    assertThat(runs.stream().map(run -> run.bursts().size()).distinct()).hasSizeGreaterThan(1);
    assertThat(runs).allSatisfy(run -> assertThat(run.bursts().get(0)).isEqualTo(first));
  }

  private static List<OneDimension> runsNearby(double rate, double beta1, double beta2) {
    return IntStream.range(0, 10)
        .mapToObj(
            k -> OneDimension.run(1 + k * 0x1p-50, rate, Adam.DEFAULTS.withBetas(beta1, beta2)))
        .toList();
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
