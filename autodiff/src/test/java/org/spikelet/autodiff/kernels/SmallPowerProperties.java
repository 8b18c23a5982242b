package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The powers that are computed without StrictMath. */
class SmallPowerProperties {

  private static final double[] EXPONENTS = {-1, 0.5, 1, 2, 3};

  private static double power(double x, double p) {
    double[] y = new double[1];
    Loops.power(0).run(new double[] {x}, new double[] {p}, 0, y, 0, 1);
    return y[0];
  }

  /** Within the 1 ulp of StrictMath and as much of their own; 0, ±∞ and NaN are the same. */
  @Property(tries = 10_000)
  void ofAnyBitsTheyAreStrictMaths(@ForAll long bits) {
    assertStrictMaths(Double.longBitsToDouble(bits));
  }

  /** The cube root of what over- and underflows, too, and subnormal results. */
  @Example
  void atTheEndsOfTheRangeTheyAreStrictMaths() {
    for (double power : new double[] {0x1p1023, 0x1p-1022, 0x1p-1040, Double.MIN_VALUE}) {
      for (double p : EXPONENTS) {
        double x = StrictMath.pow(power, 1 / p);
        for (double near :
            new double[] {x / 2, Math.nextDown(x), x, Math.nextUp(x), x * 1.3, x * 2}) {
          assertStrictMaths(near);
          assertStrictMaths(-near);
        }
      }
    }
    for (double x : new double[] {0, 1, Double.MIN_VALUE, Double.POSITIVE_INFINITY}) {
      assertStrictMaths(x);
      assertStrictMaths(-x);
    }
    assertStrictMaths(Double.NaN);
  }

  private static void assertStrictMaths(double x) {
    for (double p : EXPONENTS) {
      double actual = power(x, p);
      double expected = StrictMath.pow(x, p);
      assertThat(
              Double.compare(actual, expected) == 0
                  || (actual != 0 && Math.abs(actual - expected) <= 2 * Math.ulp(expected)))
          .as("%s to the %s: %s and %s", x, p, actual, expected)
          .isTrue();
    }
  }

  @Property(tries = 1000)
  void allButTheCubeAreTheNearestDoubles(@ForAll long bits) {
    double x = Math.abs(Double.longBitsToDouble(bits));
    if (x == 0 || !(x < Double.POSITIVE_INFINITY)) {
      return;
    }
    BigDecimal exact = new BigDecimal(x);
    assertThat(power(x, 2)).isEqualTo(exact.pow(2).doubleValue());
    assertThat(power(x, 1)).isEqualTo(x);
    // 40 digits of what is hardly a number of 54 bits
    assertThat(power(x, 0.5)).isEqualTo(exact.sqrt(new MathContext(40)).doubleValue());
    assertThat(power(x, -1))
        .isEqualTo(BigDecimal.ONE.divide(exact, new MathContext(40)).doubleValue());
  }
}
