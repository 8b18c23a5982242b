package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UpwardVariationTest {

  @Test
  void addsTheRisesUpAndNotTheFalls() {
    assertThat(UpwardVariation.of(1, 4, 2, 6, 6, 1))
        .isCloseTo(Math.log(4) + Math.log(3), within(1e-14));
    assertThat(UpwardVariation.of(5, 4, 3)).isZero();
    assertThat(UpwardVariation.of()).isZero();
  }

  @Test
  void leavesOutWhatHasNoLogarithm() {
    assertThat(UpwardVariation.of(1, 0, 2, Double.NaN, 3, 6, Double.POSITIVE_INFINITY))
        .isCloseTo(Math.log(2), within(1e-14));
    assertThat(UpwardVariation.of(-1, -2, 1)).isZero();
  }
}
