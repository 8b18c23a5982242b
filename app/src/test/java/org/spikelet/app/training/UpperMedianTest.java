package org.spikelet.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UpperMedianTest {

  @Test
  void isTheUpperOfTwoInTheMiddleAndLeavesTheValuesAsTheyAre() {
    double[] values = {4, 1, 3, 2};

    assertThat(UpperMedian.of(values)).isEqualTo(3);
    assertThat(values).containsExactly(4, 1, 3, 2);
    assertThat(UpperMedian.of(7, 5, 6)).isEqualTo(6);
    assertThat(UpperMedian.of(Double.POSITIVE_INFINITY, 1, 2)).isEqualTo(2);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(UpperMedian::of).isInstanceOf(IllegalArgumentException.class);
  }
}
