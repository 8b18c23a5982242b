package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The error function against its series in decimal arithmetic of 60 digits. */
class ErrorFunctionPrecisionTest {

  private static final MathContext DIGITS = new MathContext(60);
  static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");
  private static final BigDecimal TWO_OVER_ROOT_PI =
      BigDecimal.valueOf(2).divide(PI.sqrt(DIGITS), DIGITS);

  /** 2/√π Σ (−1)ⁿ x^(2n+1) / (n! (2n + 1)): up to x = 6 its terms are below 10¹⁵. */
  private static BigDecimal erf(double x) {
    BigDecimal square = new BigDecimal(x).pow(2).round(DIGITS);
    BigDecimal power = new BigDecimal(x); // (−1)ⁿ x^(2n+1) / n!
    BigDecimal sum = power;
    BigDecimal least = power.abs().movePointLeft(45);
    for (int n = 1; power.abs().compareTo(least) > 0; n++) {
      power = power.multiply(square, DIGITS).negate().divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
    }
    return sum.multiply(TWO_OVER_ROOT_PI, DIGITS);
  }

  private static final List<Kernels> KERNELS = List.of(new ReferenceKernels(), new VectorKernels());

  private static double value(Kernels kernels, double x) {
    double[] y = new double[1];
    kernels.loop(Function.ERF).run(new double[] {x}, y, 0, 1);
    return y[0];
  }

  private static void assertWithinTwoUlp(double x) {
    BigDecimal exact = erf(x);
    for (Kernels kernels : KERNELS) {
      double y = value(kernels, x);
      BigDecimal error = new BigDecimal(y).subtract(exact).abs();
      assertThat(error.divide(new BigDecimal(Math.ulp(y)), DIGITS).doubleValue())
          .as("ulps at %s, %s", x, kernels.description())
          .isLessThanOrEqualTo(2);
      assertThat(value(kernels, -x)).isEqualTo(-y);
    }
  }

  @Test
  void densePoints() {
    SplittableRandom random = new SplittableRandom(1);
    int points = 6000;
    for (int i = 0; i < points; i++) {
      assertWithinTwoUlp(6.0 * (i + random.nextDouble()) / points);
    }
  }

  @Test
  void everyOrderOfMagnitude() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 300; i++) {
      assertWithinTwoUlp(StrictMath.pow(10, random.nextDouble(-290, 0)));
    }
  }

  /** Here the errors of the parts add up to the most: what is taken from 1 is largest. */
  @Test
  void densePointsWhereItIsLeastPrecise() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 6000; i++) {
      assertWithinTwoUlp(random.nextDouble(0.99, 1.02));
    }
  }

  /**
   * Where it was 11 and 2.3 ulp off once, and on both sides of 1, where one polynomial follows the
   * other.
   */
  @Test
  void singularPoints() {
    assertWithinTwoUlp(2.3818);
    assertWithinTwoUlp(1.0001207697548815);
    for (int k = 0; k <= 96; k++) {
      double x = k / 16.0;
      assertWithinTwoUlp(Math.max(Math.nextDown(x), 1e-280));
      assertWithinTwoUlp(Math.max(x, 1e-280));
      assertWithinTwoUlp(Math.max(Math.nextUp(x), 1e-280));
    }
  }

  @Test
  void itNeverFalls() {
    double[] x = IntStream.range(0, 700_000).mapToDouble(i -> i / 1e5).toArray();
    double[] y = new double[x.length];
    for (Kernels kernels : KERNELS) {
      kernels.loop(Function.ERF).run(x, y, 0, x.length);
      double before = 0;
      for (int i = 0; i < x.length; i++) {
        assertThat(y[i] >= before && y[i] <= 1).as("at %s", x[i]).isTrue();
        before = y[i];
      }
    }
  }
}
