package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.spikes.Curves;

/** A loss that is not finite is a spike at any step. */
class NonFiniteLossTest {

  private static final double NAN = Double.NaN;

  private static double[] flat(double loss) {
    return Curves.constant(1000, loss);
  }

  @ParameterizedTest
  @CsvSource({
    "1, NaN",
    "10, NaN",
    "49, NaN",
    "50, NaN",
    "500, NaN",
    "1, Infinity",
    "500, Infinity",
    "500, -Infinity"
  })
  void oneSuchLossIsASpikeOfOneStep(int step, double loss) {
    List<Spike> spikes = SpikeDetector.detect(Curves.with(flat(1), step, loss));
    double infinity = Double.POSITIVE_INFINITY;
    UsualRange usual = new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, step < 50 ? 0 : 3e-6);
    assertThat(spikes).containsExactly(new Spike(step, step, step + 1, infinity, usual, false));
    assertThat(spikes.get(0).height()).isEqualTo(infinity);
  }

  /** There is nothing to compare with yet: whatever the level of the loss, it is calm. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1, 1.5, 5, 1e6})
  void theFirstLossToo(double level) {
    List<Spike> spikes = SpikeDetector.detect(Curves.with(flat(level), 0, NAN));
    assertThat(spikes).hasSize(1);
    assertThat(spikes.get(0).end()).isEqualTo(1);
    assertThat(spikes.get(0).shift()).isFalse();
  }

  /** The level is that of the first finite loss. */
  @Test
  void afterwardsSpikesAreFoundAsUsual() {
    double[] losses = Curves.with(Curves.with(flat(1), 0, NAN, NAN), 500, 4);
    assertThat(SpikeDetector.detect(losses)).extracting(Spike::onset).containsExactly(0L, 500L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 300})
  void untilTheEnd(int count) {
    double[] losses = Curves.plateau(flat(1), 1000 - count, count, NAN);
    List<Spike> spikes = SpikeDetector.detect(losses);
    assertThat(spikes).extracting(Spike::onset).containsExactly(1000L - count);
    assertThat(spikes).extracting(Spike::end).containsExactly(1000L);
    assertThat(spikes).extracting(Spike::peakLoss).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(spikes).extracting(Spike::shift).containsExactly(false);
  }

  /** A run that has diverged has one event, not one every 300 steps. */
  @ParameterizedTest
  @ValueSource(ints = {301, 400, 900})
  void aDivergedRunIsOneShift(int count) {
    double[] losses = Curves.plateau(flat(1), 1000 - count, count, NAN);
    List<Spike> spikes = SpikeDetector.detect(losses);
    assertThat(spikes).extracting(Spike::shift).containsExactly(true);
  }

  @Test
  void nothingButNaN() {
    assertThat(SpikeDetector.detect(new double[] {NAN, NAN, NAN}))
        .extracting(Spike::duration)
        .containsExactly(3L);
  }

  /** The peak is the first of the largest losses, and nothing is larger than infinite. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void thePeakIsTheFirstSuchLoss(double loss) {
    double[] losses = Curves.with(flat(1), 500, 9, loss, loss, 9);
    List<Spike> spikes = SpikeDetector.detect(losses);
    assertThat(spikes).extracting(Spike::peak).containsExactly(501L);
    assertThat(spikes).extracting(Spike::peakLoss).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(spikes).extracting(Spike::duration).containsExactly(4L);
  }
}
