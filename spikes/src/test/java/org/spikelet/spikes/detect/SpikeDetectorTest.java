package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.spikes.Curves;

/** The detector by example, on a loss of 1 with something planted in it. */
class SpikeDetectorTest {

  private static final double[] FLAT = Curves.constant(1000, 1);

  private static Spike only(double[] losses) {
    List<Spike> spikes = SpikeDetector.detect(losses);
    assertThat(spikes).hasSize(1);
    return spikes.get(0);
  }

  @Test
  void aSpikeIsReportedWithAllItsNumbers() {
    Spike spike = only(Curves.with(FLAT, 400, 3, 8, 5, 1.2));
    assertThat(spike.onset()).isEqualTo(400);
    assertThat(spike.peak()).isEqualTo(401);
    assertThat(spike.end()).isEqualTo(403);
    assertThat(spike.duration()).isEqualTo(3);
    assertThat(spike.peakLoss()).isEqualTo(8);
    assertThat(spike.height()).isCloseTo(Math.log(8), offset(1e-5));
    assertThat(spike.shift()).isFalse();
  }

  @Test
  void anOnsetIsADoubling() {
    assertThat(SpikeDetector.detect(Curves.with(FLAT, 400, 1.999))).isEmpty();
    assertThat(SpikeDetector.detect(Curves.with(FLAT, 400, 2.001))).hasSize(1);
  }

  /** The least losses that lie on the bars of onset and end, and those one bit below. */
  @Test
  void theBarsThemselvesBelongToTheSpike() {
    double[] flat = Curves.constant(1000, 0.7);
    double onBar = least(0.7, StrictMath.log(2));
    assertThat(SpikeDetector.detect(Curves.with(flat, 400, onBar))).hasSize(1);
    assertThat(SpikeDetector.detect(Curves.with(flat, 400, Math.nextDown(onBar)))).isEmpty();

    double onHalf = least(0.7, StrictMath.log(2) / 2);
    double[] spike = Curves.with(flat, 400, 3);
    assertThat(only(Curves.plateau(spike, 401, 20, onHalf)).duration()).isEqualTo(21);
    double below = Math.nextDown(onHalf);
    assertThat(only(Curves.plateau(spike, 401, 20, below)).duration()).isEqualTo(1);
  }

  /** The least loss so many nats above another. */
  private static double least(double usual, double nats) {
    double delta = 3e-6 * usual;
    double loss = ((usual + delta) * Math.exp(nats) - delta) * (1 - 1e-14);
    while (StrictMath.log(loss + delta) - StrictMath.log(usual + delta) < nats) {
      loss = Math.nextUp(loss);
    }
    return loss;
  }

  /**
   * The run began at 1 and came to 1e-12: a thousandth of the peak ends a spike, however far above
   * the loss before, if it is nothing beside 3e-6.
   */
  @Test
  void aLossThatHasFallenFarEndsASpike() {
    double[] low = Curves.plateau(FLAT, 200, 800, 1e-12);
    assertThat(afterwards(low, 1e-4, 0.9e-7)).isEqualTo(1);
    assertThat(afterwards(low, 1e-4, 1.1e-7)).isEqualTo(21);
    assertThat(afterwards(low, 1, 2.9e-6)).isEqualTo(1);
    assertThat(afterwards(low, 1, 3e-6)).isEqualTo(1);
    assertThat(afterwards(low, 1, 3.1e-6)).isEqualTo(21);
  }

  /** How long a spike is after which the loss lies somewhere for 20 steps. */
  private static long afterwards(double[] losses, double peak, double loss) {
    List<Spike> spikes =
        SpikeDetector.detect(Curves.plateau(Curves.with(losses, 600, peak), 601, 20, loss));
    return spikes.stream().filter(s -> s.onset() == 600).findFirst().orElseThrow().duration();
  }

  /** Four calm steps are not enough: the loss may swing. */
  @Test
  void itEndsWithFiveCalmStepsInARow() {
    assertThat(only(Curves.with(FLAT, 400, 3, 1, 1, 1, 1, 3, 1)).duration()).isEqualTo(6);
    assertThat(SpikeDetector.detect(Curves.with(FLAT, 400, 3, 1, 1, 1, 1, 1, 3, 1))).hasSize(2);
  }

  /** Between the bars of onset and end, √2 and 2, a spike goes on. */
  @Test
  void calmIsBelowHalfADoubling() {
    double[] slow = Curves.plateau(Curves.with(FLAT, 400, 3), 401, 20, 1.5);
    assertThat(only(slow).duration()).isEqualTo(21);
    double[] fast = Curves.plateau(Curves.with(FLAT, 400, 3), 401, 20, 1.4);
    assertThat(only(fast).duration()).isEqualTo(1);
  }

  /** Levels of ±0.3 have s = 1.4826 · 0.3 = 0.44: an onset is at 6s = 2.7, calm below 3s = 1.3. */
  @Test
  void inNoiseBothBarsAreMultiplesOfTheScatter() {
    double[] swinging = Curves.curve(1000, t -> Math.exp(t % 2 == 0 ? 0.3 : -0.3));
    assertThat(SpikeDetector.detect(Curves.with(swinging, 400, Math.exp(2.6)))).isEmpty();
    double[] spike = Curves.with(swinging, 400, Math.exp(2.7));
    assertThat(only(spike).duration()).isEqualTo(1);
    assertThat(only(Curves.plateau(spike, 401, 20, Math.exp(1.3))).duration()).isEqualTo(1);
    assertThat(only(Curves.plateau(spike, 401, 20, Math.exp(1.4))).duration()).isEqualTo(21);
  }

  /** Levels of ±0.3 scatter; but from twenty steps nothing is concluded about their scatter. */
  @Test
  void inTheWarmUpCalmIsBelowHalfADoublingWhateverTheScatter() {
    double[] swinging = Curves.curve(100, t -> Math.exp(t % 2 == 0 ? 0.3 : -0.3));
    double[] spike = Curves.with(swinging, 20, Double.NaN);
    assertThat(only(Curves.plateau(spike, 21, 20, Math.exp(1))).duration()).isEqualTo(21);
  }

  /**
   * Of the last 200 steps, more than half decide the median: a 3 stands out from 1, not from 1.9.
   */
  @Test
  void theBaselineIsTheLast200Steps() {
    double[] before = Curves.plateau(FLAT, 500, 99, 1.9);
    assertThat(SpikeDetector.detect(Curves.with(before, 599, 3))).hasSize(1);
    double[] after = Curves.plateau(FLAT, 500, 101, 1.9);
    assertThat(SpikeDetector.detect(Curves.with(after, 601, 3))).isEmpty();
  }

  @Test
  void nothingButANonFiniteLossCountsInTheFirstFiftySteps() {
    assertThat(SpikeDetector.detect(Curves.with(FLAT, 49, 100))).isEmpty();
    assertThat(SpikeDetector.detect(Curves.with(FLAT, 50, 100))).hasSize(1);
  }

  @Test
  void theBaselineIsFrozenDuringASpike() {
    double[] losses = Curves.plateau(Curves.plateau(FLAT, 300, 250, 5), 500, 1, 8);
    assertThat(only(losses).height()).isCloseTo(Math.log(8), offset(1e-5));
  }

  /** The calm steps after a spike are outside of it: the usual range is learned from them too. */
  @Test
  void theBaselineGoesOnBetweenFrequentSpikes() {
    double[] losses =
        Curves.curve(3000, t -> Math.exp(-t / 500.0) * (t >= 60 && t % 6 == 0 ? 10 : 1));
    assertThat(SpikeDetector.detect(losses)).hasSize((3000 - 60) / 6);
  }

  @Test
  void aSpikeNotOverAtTheLastStepEndsThere() {
    double[] losses = Curves.plateau(FLAT, 990, 10, 4);
    assertThat(only(losses)).isEqualTo(new Spike(990, 990, 1000, 4, only(losses).usual(), false));
    double[] calmForThree = Curves.plateau(FLAT, 990, 7, 4);
    assertThat(only(calmForThree).onset()).isEqualTo(990);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 250, 295})
  void aLongSpikeIsASpike(int length) {
    Spike spike = only(Curves.plateau(FLAT, 300, length, 4));
    assertThat(spike.shift()).isFalse();
    assertThat(spike.duration()).isEqualTo(length);
  }

  /** The five calm steps that show its end are not part of it. */
  @ParameterizedTest
  @ValueSource(ints = {296, 298, 300})
  void upTo300StepsItIsASpike(int length) {
    Spike spike = only(Curves.plateau(FLAT, 300, length, 4));
    assertThat(spike.shift()).isFalse();
    assertThat(spike.duration()).isEqualTo(length);
  }

  /** Also when the run ends before the calm steps are five. */
  @Test
  void calmStepsDoNotMakeASpikeAShift() {
    double[] losses = Curves.plateau(Curves.constant(602, 1), 300, 298, 4);
    assertThat(only(losses).shift()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 305, 400, 700})
  void beyondItIsAShift(int length) {
    Spike spike = only(Curves.plateau(FLAT, 300, length, 4));
    assertThat(spike.onset()).isEqualTo(300);
    assertThat(spike.shift()).isTrue();
    assertThat(spike.duration()).isBetween(300L, 301L);
  }

  /** After a shift the new level is the usual one, and spikes above it are found again. */
  @Test
  void theDetectorLearnsANewLevel() {
    double[] losses = Curves.plateau(Curves.constant(3000, 1), 500, 2500, 10);
    List<Spike> spikes = SpikeDetector.detect(Curves.with(losses, 2000, 40));
    assertThat(spikes).extracting(Spike::shift).containsExactly(true, false);
    assertThat(spikes.get(1).onset()).isEqualTo(2000);
    assertThat(spikes.get(1).height()).isCloseTo(Math.log(4), offset(1e-5));
  }

  /** Each spike is returned by the fifth calm step after it, and in the list at the end. */
  @Test
  void streamingEqualsDetecting() {
    double[] losses = Curves.noisy(6000, 0.05, 5);
    SplittableRandom random = new SplittableRandom(6);
    for (int k = 0; k < 12; k++) {
      losses[random.nextInt(100, 5900)] = k % 4 == 0 ? Double.NaN : 5 + k;
    }
    SpikeDetector detector = new SpikeDetector();
    List<Spike> streamed = new ArrayList<>();
    for (int t = 0; t < losses.length; t++) {
      int step = t;
      detector
          .add(losses[t])
          .ifPresent(
              spike -> {
                assertThat(spike.end()).isEqualTo(step - 4);
                streamed.add(spike);
              });
    }
    assertThat(streamed).hasSizeGreaterThan(5).isEqualTo(SpikeDetector.detect(losses));
    assertThat(detector.spikes()).isEqualTo(streamed);
  }

  /** Asking in between changes nothing. */
  @Test
  void theSpikeThatGoesOnIsReportedAsFarAsItIsKnown() {
    SpikeDetector detector = new SpikeDetector();
    for (int t = 0; t < 100; t++) {
      assertThat(detector.add(1)).isEmpty();
    }
    detector.add(4);
    assertThat(detector.spikes()).extracting(Spike::end).containsExactly(101L);
    detector.add(9);
    assertThat(detector.spikes()).extracting(Spike::end).containsExactly(102L);
    assertThat(detector.spikes()).extracting(Spike::peak).containsExactly(101L);
    for (int t = 0; t < 4; t++) {
      assertThat(detector.add(1)).isEmpty();
    }
    assertThat(detector.add(1)).isPresent();
    assertThat(detector.spikes()).extracting(Spike::end).containsExactly(102L);
  }
}
