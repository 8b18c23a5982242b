package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.spikes.Curves;

/** What is a spike follows the run, whatever its losses are. */
class ScaleOfTheRunTest {

  private static Spike only(double... losses) {
    List<Spike> spikes = SpikeDetector.detect(losses);
    assertThat(spikes).hasSize(1);
    return spikes.get(0);
  }

  /** The first loss is no scale: the peak is 10,000 times the median before it. */
  @Test
  void theRatioIsThatOfTheLosses() {
    double[] losses = Curves.with(Curves.with(Curves.constant(600, 1e-8), 0, 1), 400, 1e-4);
    Spike spike = only(losses);
    assertThat(spike.usual().times(spike.peakLoss())).isCloseTo(1e4, offset(1e-8));
    assertThat(spike.height()).isCloseTo(Math.log(1e4), offset(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e12, 1e300, 1e-300, Double.MAX_VALUE, Double.MIN_VALUE, 0})
  void anAbsurdFirstLoss(double first) {
    Spike spike = only(Curves.with(Curves.with(Curves.noisy(600, 0.05, 3), 0, first), 500, 5));
    assertThat(spike.onset()).isEqualTo(500);
    assertThat(spike.duration()).isEqualTo(1);
    assertThat(spike.height()).isCloseTo(Math.log(5), offset(0.1));
  }

  /** A rise stands out at the end as at the beginning. */
  @ParameterizedTest
  @ValueSource(doubles = {6, 20, 60})
  void aLossThatFallsOverManyOrders(double orders) {
    double[] losses = Curves.curve(6000, t -> Math.pow(10, -orders * t / 6000));
    assertThat(SpikeDetector.detect(losses)).isEmpty();
    losses[5900] *= 1e9 * Math.pow(10, orders / 60); // over the median of 100 steps before
    assertThat(only(losses).height()).isCloseTo(Math.log(1e9), offset(0.7));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 1e-310, 1e-300, 1e300})
  void theSmallestAndTheLargestNumbers(double loss) {
    assertThat(SpikeDetector.detect(Curves.constant(1000, loss))).isEmpty();
    Spike spike = only(Curves.with(Curves.constant(1000, loss), 500, 8 * loss));
    assertThat(spike.height()).isCloseTo(Math.log(8), offset(1e-12));
    assertThat(spike.usual().times(8 * loss)).isEqualTo(8);
  }

  @Test
  void aMedianOfTheLargestNumbersIsFinite() {
    Spike spike = only(Curves.with(Curves.constant(1000, 1e308), 500, Double.NaN));
    assertThat(spike.usual().median()).isEqualTo(1e308);
    assertThat(SpikeSummary.of(Curves.constant(1000, 1e308)).medianLoss()).isEqualTo(1e308);
  }

  // Zeros.

  /** A rise from 0 is a spike of one step; nothing was measured that it is a multiple of. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-3, 1e300})
  void sixtyZerosAndOneLoss(double loss) {
    Spike spike = only(Curves.with(Curves.constant(600, 0), 60, loss));
    assertThat(spike.onset()).isEqualTo(60);
    assertThat(spike.duration()).isEqualTo(1);
    assertThat(spike.usual().median()).isZero();
    assertThat(spike.usual().times(loss)).isInfinite();
    assertThat(spike.height()).isCloseTo(Math.log(1 / 3e-6), offset(1e-5));
  }

  /** A start out of scale, long or short: what is twice as high as all of the last is seen. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 49, 150})
  void anAbsurdBeginning(int steps) {
    double[] losses = Curves.noisy(1000, 0.05, 3);
    for (int t = 0; t < steps; t++) {
      losses[t] *= 1e12 * Math.exp(-t * 27.6 / steps);
    }
    Spike spike = only(Curves.with(losses, 700, 5));
    assertThat(spike.onset()).isEqualTo(700);
    assertThat(spike.height()).isCloseTo(Math.log(5), offset(0.1));
  }

  @Test
  void anAbsurdFirstLossAndZeros() {
    double[] losses = Curves.with(Curves.constant(600, 0), 0, 1e12);
    assertThat(SpikeDetector.detect(losses)).isEmpty();
    assertThat(only(Curves.with(losses, 100, 1)).duration()).isEqualTo(1);
  }

  /** A loss that was 1 and is 0: what is small beside 3·10⁻⁶ is nothing. */
  @Test
  void aLossThatBecameZero() {
    double[] zeros = Curves.plateau(Curves.constant(1000, 1), 100, 900, 0);
    assertThat(SpikeDetector.detect(zeros)).isEmpty();
    assertThat(SpikeDetector.detect(Curves.with(zeros, 500, 1e-7))).isEmpty();
    assertThat(only(Curves.with(zeros, 500, 1)).height())
        .isCloseTo(Math.log(1 / 3e-6), offset(1e-5));
    assertThat(only(Curves.with(zeros, 500, 1e-5)).height())
        .isCloseTo(Math.log(1 + 1e-5 / 3e-6), offset(1e-9));
  }

  /** As of a hinge loss in small batches: what is above 0 is the usual, however rare. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.7, 0.95})
  void zerosAmongOtherLosses(double share) {
    SplittableRandom random = new SplittableRandom(7);
    double[] losses =
        Curves.curve(
            4000, t -> random.nextDouble() < share ? 0 : Math.exp(0.3 * random.nextGaussian()));
    assertThat(SpikeDetector.detect(losses)).isEmpty();
    Spike spike = only(Curves.with(losses, 3000, 50));
    assertThat(spike.peakLoss()).isEqualTo(50);
    assertThat(spike.usual().median()).isBetween(0.8, 1.2);
  }

  /** A fit that is exact but for rounding: it is 0 more and more often, and that is no event. */
  @Test
  void zerosAndRounding() {
    SplittableRandom random = new SplittableRandom(8);
    double[] losses =
        Curves.curve(
            3000, t -> random.nextInt(3000) < 0.9 * t ? 0 : 1e-32 * (1 + random.nextInt(3)));
    assertThat(SpikeDetector.detect(losses)).isEmpty();
  }

  // Negative losses.

  /** The same losses, moved down: what was a spike by its scatter is one, on its own scale. */
  @Test
  void aLogDensity() {
    SplittableRandom random = new SplittableRandom(9);
    double[] losses =
        Curves.curve(3000, t -> 3 - 8 * (1 - Math.exp(-t / 400.0)) + 0.2 * random.nextGaussian());
    assertThat(SpikeDetector.detect(losses)).isEmpty();
    Spike spike = only(Curves.with(losses, 2000, -2, -0.5, -3));
    assertThat(spike.onset()).isEqualTo(2000);
    assertThat(spike.peak()).isEqualTo(2001);
    assertThat(spike.duration()).isEqualTo(3);
    assertThat(spike.usual().scale()).isEqualTo(LossScale.LINEAR);
    assertThat(spike.height()).isEqualTo(-0.5 - spike.usual().median()).isBetween(4.0, 5.0);
    assertThat(spike.usual().times(-0.5)).isNaN();
  }

  /** 0 means nothing there: with any offset the same steps are spikes. */
  @ParameterizedTest
  @ValueSource(doubles = {-1e6, -1e3, -10, -5})
  void anOffset(double offset) {
    double[] losses = Curves.with(Curves.noisy(2000, 0.1, 4), 1000, 4, 3);
    double[] moved = Curves.curve(2000, t -> losses[t] + offset);
    assertThat(only(moved).onset()).isEqualTo(1000);
    assertThat(only(moved).duration()).isEqualTo(2);
  }

  @Test
  void constantAndAlternatingSigns() {
    assertThat(SpikeDetector.detect(Curves.constant(1000, -1))).isEmpty();
    assertThat(only(Curves.with(Curves.constant(1000, -1), 500, -0.5)).duration()).isEqualTo(1);
    double[] alternating = Curves.curve(1000, t -> t % 2 == 0 ? 1 : -1);
    assertThat(SpikeDetector.detect(alternating)).isEmpty();
    assertThat(only(Curves.plateau(alternating, 500, 2, 30)).duration()).isEqualTo(2);
    double[] largest = Curves.curve(1000, t -> t % 2 == 0 ? 1.7e308 : -1.7e308);
    assertThat(SpikeDetector.detect(largest)).isEmpty();
    double[] zeros = Curves.curve(1000, t -> t % 3 == 0 ? -1 : 0);
    assertThat(SpikeDetector.detect(zeros)).isEmpty();
  }

  /** Before, during and after a spike the first negative loss may come. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 399, 401, 402, 404, 500})
  void theFirstNegativeLossAtAnyStep(int step) {
    double[] losses = Curves.with(Curves.noisy(1000, 0.05, 5), 400, 9, 8);
    Spike spike = only(Curves.with(losses, step, -0.1));
    assertThat(spike.onset()).isEqualTo(400);
    assertThat(spike.usual().scale())
        .isEqualTo(step < 400 ? LossScale.LINEAR : LossScale.LOGARITHMIC);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void notFiniteAmongNegativeLosses(double loss) {
    for (int step : new int[] {0, 20, 500}) {
      Spike spike = only(Curves.with(Curves.constant(1000, -3), step, loss));
      assertThat(spike.onset()).isEqualTo(step);
      assertThat(spike.duration()).isEqualTo(1);
      assertThat(spike.height()).isInfinite();
    }
  }

  // Shapes.

  /** A training that diverges from the first step on rises evenly: there is no onset before ∞. */
  @Test
  void anEvenRiseToInfinity() {
    double[] losses = Curves.curve(400, t -> Math.exp(2.6 * t));
    Spike spike = only(losses);
    assertThat(spike.onset()).isEqualTo(273);
    assertThat(spike.height()).isInfinite();
  }

  @Test
  void aSawtooth() {
    assertThat(SpikeDetector.detect(Curves.curve(2000, t -> t % 10))).isEmpty();
    assertThat(SpikeDetector.detect(Curves.curve(2000, t -> 1 + t % 100 / 100.0))).isEmpty();
    assertThat(SpikeDetector.detect(Curves.curve(2000, t -> t % 10 - 5))).isEmpty();
  }

  /** Bursts out of a loss that has fallen by nine decades, and falls again after each. */
  @ParameterizedTest
  @ValueSource(doubles = {1e9, 1, 1e-12})
  void bursts(double size) {
    double[] losses =
        Curves.curve(
            5000,
            t ->
                size * (t < 2100 ? Math.exp(-t / 100.0) : Math.max(1e-9, burst((t - 2100) % 150))));
    List<Spike> spikes = SpikeDetector.detect(losses);
    assertThat(spikes).extracting(Spike::shift).containsOnly(false);
    assertThat(spikes).extracting(Spike::onset).contains(2100L, 2250L, 3000L, 4800L).hasSize(20);
    for (Spike spike : spikes) {
      assertThat(spike.duration()).isBetween(20L, 80L);
      assertThat(spike.usual().median()).isBetween(0.9e-9 * size, 1e-5 * size);
      assertThat(spike.height())
          .isCloseTo(Math.log(spike.peakLoss() / spike.usual().median()), offset(1e-9));
    }
  }

  private static double burst(int t) {
    return 1e-3 * Math.exp(-t / 7.0);
  }

  @Test
  void tenSteps() {
    assertThat(SpikeDetector.detect(Curves.curve(10, t -> t == 5 ? 1e9 : -t))).isEmpty();
  }
}
