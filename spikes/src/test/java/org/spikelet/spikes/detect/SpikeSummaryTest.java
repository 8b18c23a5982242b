package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.spikes.Curves;

/** The numbers of a finished run. */
class SpikeSummaryTest {

  private static final double[] FLAT = Curves.constant(1000, 2);

  @Test
  void aRunWithoutSpikes() {
    SpikeSummary summary = SpikeSummary.of(FLAT);
    assertThat(summary.spikes()).isEmpty();
    assertThat(summary.medianLoss()).isEqualTo(2);
    assertThat(summary.visible()).isZero();
    assertThat(summary.largestTimesMedian()).isZero();
    assertThat(summary.largestHeight()).isZero();
  }

  @Test
  void overAMedianOfZeroAPeakIsInfinitelyHigh() {
    Spike spike = SpikeDetector.detect(Curves.with(FLAT, 400, 9)).get(0);
    assertThat(new SpikeSummary(List.of(spike), 0).timesMedian(spike)).isInfinite();
    assertThat(new SpikeSummary(List.of(spike), -1).timesMedian(spike)).isNaN();
  }

  @Test
  void aRunWithSpikes() {
    SpikeSummary summary =
        SpikeSummary.of(Curves.with(Curves.with(Curves.with(FLAT, 200, 5), 400, 20), 600, 9));
    assertThat(summary.spikes()).extracting(Spike::onset).containsExactly(200L, 400L, 600L);
    assertThat(summary.spikes()).extracting(summary::timesMedian).containsExactly(2.5, 10.0, 4.5);
    assertThat(summary.spikes()).extracting(summary::visible).containsExactly(false, true, true);
    assertThat(summary.visible()).isEqualTo(2);
    assertThat(summary.largestTimesMedian()).isEqualTo(10);
    assertThat(summary.largestHeight()).isCloseTo(Math.log(10), offset(1e-5));
  }

  @Test
  void theMedianIsTheMiddleLossOrBetweenTheTwoMiddleOnes() {
    assertThat(SpikeSummary.of(new double[] {9, 1, 5}).medianLoss()).isEqualTo(5);
    assertThat(SpikeSummary.of(new double[] {9, 1, 5, 2}).medianLoss()).isEqualTo(3.5);
    assertThat(SpikeSummary.of(new double[] {7}).medianLoss()).isEqualTo(7);
  }

  @Test
  void theMedianIsOfTheFiniteLosses() {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(SpikeSummary.of(new double[] {nan, 1, infinity, 3, nan}).medianLoss()).isEqualTo(2);
    assertThat(SpikeSummary.of(new double[] {nan, nan}).medianLoss()).isNaN();
    assertThat(SpikeSummary.of(new double[0]).medianLoss()).isNaN();
  }

  /** The definition: a peak over three times the median; exactly three times is not over it. */
  @Test
  void visibleIsMoreThanThreeTimesTheMedian() {
    assertThat(SpikeSummary.of(Curves.with(FLAT, 400, 6)).visible()).isZero();
    assertThat(SpikeSummary.of(Curves.with(FLAT, 400, Math.nextUp(6.0))).visible()).isEqualTo(1);
  }

  @Test
  void aSpikeOfInfiniteLossIsVisible() {
    SpikeSummary summary = SpikeSummary.of(Curves.with(FLAT, 400, Double.NaN));
    assertThat(summary.visible()).isEqualTo(1);
    assertThat(summary.largestTimesMedian()).isInfinite();
    assertThat(summary.largestHeight()).isInfinite();
  }

  @Test
  void aShiftIsNoSpike() {
    assertThat(SpikeSummary.of(Curves.plateau(FLAT, 400, 600, 50)).spikes()).isEmpty();
  }

  @Test
  void theLossesAreLeftAsTheyAre() {
    double[] losses = {3, 1, 2};
    SpikeSummary.of(losses);
    assertThat(losses).containsExactly(3, 1, 2);
  }

  /** How many times a negative median a peak is means nothing; visible is three onsets above it. */
  @Test
  void negativeLosses() {
    // Of ±0.1 s is 0.15, and an onset 0.89 above.
    double[] swinging = Curves.curve(1000, t -> -2 + (t % 2 == 0 ? 0.1 : -0.1));
    SpikeSummary summary =
        SpikeSummary.of(Curves.with(Curves.with(swinging, 400, 1, 1), 600, 5, 5));
    assertThat(summary.spikes()).extracting(Spike::onset).containsExactly(400L, 600L);
    assertThat(summary.spikes()).extracting(summary::visible).containsExactly(true, true);
    assertThat(summary.spikes()).extracting(summary::timesMedian).containsOnly(Double.NaN);
    assertThat(summary.largestTimesMedian()).isZero();
    assertThat(summary.largestHeight()).isCloseTo(7, offset(0.11));
    assertThat(SpikeSummary.of(Curves.with(swinging, 400, 0.5, 0.5)).visible()).isZero();
  }

  @Test
  void theSpikesCannotBeChangedFromOutside() {
    List<Spike> spikes = new ArrayList<>(SpikeDetector.detect(Curves.with(FLAT, 400, 9)));
    SpikeSummary summary = new SpikeSummary(spikes, 2);
    spikes.clear();
    assertThat(summary.spikes()).hasSize(1);
  }
}
