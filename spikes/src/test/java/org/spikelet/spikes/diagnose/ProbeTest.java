package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;

/** A probe's loss in steps 100, 101, …, with the onset at 103. */
class ProbeTest {

  private static final UsualRange LOGARITHMIC =
      new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6);
  private static final UsualRange LINEAR = new UsualRange(LossScale.LINEAR, -7, 0.5, 0);

  private static Probe of(UsualRange usual, double... losses) {
    List<Course.Step> steps =
        IntStream.range(0, losses.length)
            .mapToObj(
                i ->
                    new Course.Step(
                        100 + i, 0, i, 4, Double.NaN, losses[i], 0.1, 1, 1, 1, List.of()))
            .toList();
    return Probe.of(new Course(steps, List.of(), List.of(), List.of(), List.of()), 103, usual);
  }

  @Test
  void theMedianBeforeAndTheHighestFromTheOnsetOn() {
    assertThat(of(LOGARITHMIC, 2, 9, 3, 4, 5, 1))
        .isEqualTo(new Probe(3, 5, 3 * StrictMath.sqrt(2)));
    assertThat(of(LOGARITHMIC, 2, 9, 3, 6, 5, 1).highest()).isEqualTo(6);
  }

  @Test
  void onTheLinearScaleHardlyIsThreeTimesTheScatter() {
    assertThat(of(LINEAR, -7, -8, -7, -3, -4, -5)).isEqualTo(new Probe(-7, -3, -5.5));
  }

  @Test
  void withoutStepsBeforeNothingIsKnown() {
    Probe probe =
        Probe.of(
            new Course(List.of(), List.of(), List.of(), List.of(), List.of()), 103, LOGARITHMIC);
    assertThat(probe).isEqualTo(new Probe(Double.NaN, Double.NaN, Double.NaN));
    assertThat(probe.words()).isEmpty();
    assertThat(probe.rose()).isFalse();
    assertThat(probe.stayedFlat()).isFalse();
  }

  @Test
  void aLossThatIsNotFiniteIsNoHeight() {
    for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Probe probe = of(LOGARITHMIC, 1, 1, 1, 2, loss, 3);
      assertThat(probe.highest()).isNaN();
      assertThat(probe.rose()).isFalse();
      assertThat(probe.stayedFlat()).isFalse();
      assertThat(probe.words()).isEqualTo("On a fixed probe the loss was not finite.");
    }
  }

  @Test
  void flatOrRisen() {
    Probe below = new Probe(1, 1.39, 1.4);
    assertThat(below.stayedFlat()).isTrue();
    assertThat(below.rose()).isFalse();
    Probe at = new Probe(1, 1.4, 1.4);
    assertThat(at.stayedFlat()).isFalse();
    assertThat(at.rose()).isTrue();
  }

  @Test
  void whatIsLeftOfARise() {
    assertThat(new Probe(2, 2e4, 3).left(20, LossScale.LOGARITHMIC)).isCloseTo(0.25, offset(1e-12));
    assertThat(new Probe(-7, -3, -5).left(-6, LossScale.LINEAR)).isEqualTo(0.25);
    assertThat(new Probe(-7, -3, -5).left(-8, LossScale.LINEAR)).isEqualTo(-0.25);
  }

  @Test
  void words() {
    assertThat(new Probe(1, 1, 1.4).words())
        .isEqualTo(
            "On a fixed probe the loss did not rise over its median before, 1: there the weights"
                + " became no worse.");
    assertThat(new Probe(1, 1.3, 1.4).words())
        .isEqualTo(
            "On a fixed probe the loss rose from 1 to 1.3 at most: there the weights became hardly"
                + " worse.");
    assertThat(new Probe(1, 3, 1.4).words())
        .isEqualTo("On a fixed probe the loss rose from 1 to 3.");
  }
}
