package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A quantile is one of the values. */
class QuantileTest {

  @Test
  void theMedianIsTheUpperOfTwoMiddleValues() {
    double[] values = {9, 1, 5, 2};
    assertThat(Quantile.median(values)).isEqualTo(5);
    assertThat(values).containsExactly(9, 1, 5, 2);
    assertThat(Quantile.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Quantile.median(new double[] {7})).isEqualTo(7);
  }

  @Test
  void theOthersAreAtTheirShareOfThePositions() {
    double[] sorted = new double[2000];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = i;
    }
    assertThat(Quantile.ofSorted(sorted, 25, 1000)).isEqualTo(50);
    assertThat(Quantile.ofSorted(sorted, 975, 1000)).isEqualTo(1950);
    assertThat(Quantile.ofSorted(new double[] {1, 2, 3}, 1, 100)).isEqualTo(1);
  }
}
