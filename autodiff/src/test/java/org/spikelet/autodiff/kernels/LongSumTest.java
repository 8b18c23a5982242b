package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** The rounding error of a long sum grows with the logarithm of its length only. */
class LongSumTest {

  private static double[] full(int n, double value) {
    double[] x = new double[n];
    Arrays.fill(x, value);
    return x;
  }

  @Test
  void theMeanOfManyEqualNumbersIsTheNumber() {
    for (int n : new int[] {5_000, 99_999, 1_000_000, 10_000_000}) {
      double[] x = full(n, 0.1);
      assertThat(Math.abs(ReductionLoop.sum(x, 0, n) / n / 0.1 - 1)).isLessThan(1e-15);
      assertThat(Math.abs(ReductionLoop.sumOfSquares(x) / n / 0.1 / 0.1 - 1)).isLessThan(2e-15);
    }
  }

  @Test
  void soItIsAlongTheFirstAxis() {
    Tensor x = Tensor.of(Shape.of(1_000_000, 3), full(3_000_000, 0.1));
    for (double mean : x.mean(0).toArray()) {
      assertThat(Math.abs(mean / 0.1 - 1)).isLessThan(3e-15);
    }
    assertThat(Math.abs(x.mean().item() / 0.1 - 1)).isLessThan(1e-15);
  }

  @Test
  void everyElementIsSummedOnce() {
    for (int n = 0; n < 3 * ReductionLoop.SHORT; n += 61) {
      double[] x = full(n, 1);
      double[] rows = full(2 * n, 1);
      double[] y = {7, 7};
      ReductionLoop.sum(rows, 1, n, 2, y);
      assertThat(ReductionLoop.sum(x, 0, n)).isEqualTo(n);
      assertThat(ReductionLoop.sumOfSquares(x)).isEqualTo(n);
      assertThat(y).containsExactly(n, n);
    }
  }

  @Test
  void severalLongGroupsDoNotMix() {
    int n = ReductionLoop.SHORT + 7;
    double[] x = full(2 * n, 1);
    Arrays.fill(x, n, 2 * n, 3);
    double[] y = new double[2];
    ReductionLoop.sum(x, 2, n, 1, y);
    assertThat(y).containsExactly(n, 3.0 * n);
    double[] rows = full(4 * n, 1);
    Arrays.fill(rows, 2 * n, 4 * n, 3);
    double[] z = new double[4];
    ReductionLoop.sum(rows, 2, n, 2, z);
    assertThat(z).containsExactly(n, n, 3.0 * n, 3.0 * n);
  }

  /** Seeds stand for the same runs as ever: short sums have kept their order. */
  @Test
  void shortSumsAreFourPartialSums() {
    double[] x = new SplittableRandom(1).doubles(ReductionLoop.SHORT).toArray();
    double[] s = new double[4];
    for (int i = 0; i < x.length; i++) {
      s[i % 4] += x[i];
    }
    assertThat(ReductionLoop.sum(x, 0, x.length)).isEqualTo((s[0] + s[1]) + (s[2] + s[3]));
  }

  @Test
  void sumsOfMixedNumbersAreCloseToTheExactOne() {
    double[] x = new SplittableRandom(2).doubles(200_000, -1, 1).toArray();
    BigDecimal exact = Arrays.stream(x).mapToObj(BigDecimal::new).reduce(BigDecimal::add).get();
    assertThat(Math.abs(ReductionLoop.sum(x, 0, x.length) - exact.doubleValue())).isLessThan(1e-12);
  }
}
