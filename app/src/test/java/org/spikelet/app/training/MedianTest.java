package org.spikelet.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void isTheUpperOfTwoInTheMiddleAndLeavesTheValuesAsTheyAre() {
    double[] values = {4, 1, 3, 2};

    assertThat(Median.of(values)).isEqualTo(3);
    assertThat(values).containsExactly(4, 1, 3, 2);
    assertThat(Median.of(7, 5, 6)).isEqualTo(6);
    assertThat(Median.of(Double.POSITIVE_INFINITY, 1, 2)).isEqualTo(2);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(Median::of).isInstanceOf(IllegalArgumentException.class);
  }
}
