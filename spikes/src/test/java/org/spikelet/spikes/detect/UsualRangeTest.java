package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** Heights over a range, and over none. */
class UsualRangeTest {

  private static final UsualRange RANGE = new UsualRange(LossScale.LOGARITHMIC, 2, 0.05, 1);
  private static final UsualRange LINEAR = new UsualRange(LossScale.LINEAR, -2, 0.5, 0);

  @Test
  void aHeightIsOfLossesAsMeasuredAndALevelIsNot() {
    assertThat(RANGE.height(8)).isCloseTo(Math.log(4), offset(1e-15));
    assertThat(RANGE.level(8)).isCloseTo(Math.log(3), offset(1e-15));
    assertThat(RANGE.excess(8)).isCloseTo(Math.log(3) - 0.15, offset(1e-15));
    assertThat(RANGE.excess(2.1)).isZero();
    assertThat(RANGE.onset()).isEqualTo(StrictMath.log(2));
    assertThat(LINEAR.height(3)).isEqualTo(5);
    assertThat(LINEAR.excess(3)).isEqualTo(3.5);
    assertThat(LINEAR.onset()).isEqualTo(3);
  }

  @Test
  void overZeroAHeightIsCountedFromDelta() {
    UsualRange zeros = new UsualRange(LossScale.LOGARITHMIC, 0, 0.05, 1e-3);
    assertThat(zeros.height(1 - 1e-3)).isCloseTo(Math.log(1e3), offset(1e-12));
  }

  /** With nothing to compare with, only what is not finite is high: as high as can be. */
  @Test
  void withNothingToCompareWith() {
    UsualRange none = new UsualRange(LossScale.LOGARITHMIC, Double.NaN, 0, 0);
    assertThat(none.known()).isFalse();
    assertThat(none.level(1e9)).isZero();
    assertThat(none.height(1e9)).isZero();
    assertThat(none.level(Double.NaN)).isCloseTo(Math.log(Double.MAX_VALUE), offset(1e-12));
    assertThat(none.onset()).isInfinite();
  }
}
