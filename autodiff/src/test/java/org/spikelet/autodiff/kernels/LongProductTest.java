package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The error of long inner products stays within the bounds that {@code matmul} documents. */
class LongProductTest {

  private static final double UNIT = 0x1p-53;

  @Test
  void theErrorIsWithinTheDocumentedBound() {
    for (int k : new int[] {1, 7, 255, 256, 257, 1000, 20_003}) {
      check(new ReferenceKernels(), k, k / 4. + 8);
      check(new VectorKernels(), k, k / 256. + 257);
    }
  }

  private static void check(Kernels kernels, int k, double roundings) {
    SplittableRandom random = new SplittableRandom(k);
    // All of one sign and nearly equal: the roundings of a row of them do not cancel.
    double[] a = random.doubles(3L * k, 0.1, 0.1001).toArray();
    double[] b = random.doubles(2L * k, 0.1, 0.1001).toArray();
    double[] y = new double[6];
    kernels.multiply(Matrix.of(a, 0, 3, k), Matrix.of(b, 0, k, 2), Matrix.of(y, 0, 3, 2));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        BigDecimal exact = BigDecimal.ZERO;
        for (int p = 0; p < k; p++) {
          exact = exact.add(new BigDecimal(a[i * k + p]).multiply(new BigDecimal(b[2 * p + j])));
        }
        double error = new BigDecimal(y[2 * i + j]).subtract(exact).abs().doubleValue();
        assertThat(error)
            .as("%s, k = %s", kernels.getClass().getSimpleName(), k)
            .isLessThanOrEqualTo(roundings * UNIT * exact.doubleValue());
      }
    }
  }
}
