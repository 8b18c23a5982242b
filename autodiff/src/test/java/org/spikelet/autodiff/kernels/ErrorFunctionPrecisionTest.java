package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The error function against its series in decimal arithmetic of 60 digits. */
class ErrorFunctionPrecisionTest {

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal PI =
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

  private static void assertWithinTwoUlp(double x) {
    double y = ErrorFunction.erf(x);
    BigDecimal error = new BigDecimal(y).subtract(erf(x)).abs();
    assertThat(error.divide(new BigDecimal(Math.ulp(y)), DIGITS).doubleValue())
        .as("ulps at %s", x)
        .isLessThanOrEqualTo(2);
    assertThat(ErrorFunction.erf(-x)).isEqualTo(-y);
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

  /** Where it was 11 ulp off once, and on both sides of where centres change. */
  @Test
  void singularPoints() {
    assertWithinTwoUlp(2.3818);
    for (int k = 0; k <= 48; k++) {
      double x = k / 8.0;
      assertWithinTwoUlp(Math.max(Math.nextDown(x), 1e-280));
      assertWithinTwoUlp(Math.max(x, 1e-280));
      assertWithinTwoUlp(Math.max(Math.nextUp(x), 1e-280));
    }
  }

  @Test
  void itNeverFalls() {
    double before = 0;
    for (int i = 0; i < 700_000; i++) {
      double y = ErrorFunction.erf(i / 1e5);
      assertThat(y >= before && y <= 1).as("at %s", i / 1e5).isTrue();
      before = y;
    }
  }
}
