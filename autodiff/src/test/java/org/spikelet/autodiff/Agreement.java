package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Numbers that agree as far as a row of {@link OperationTable} promises. */
final class Agreement {

  private Agreement() {}

  /**
   * The same bits, which tells 0 from −0, except that any NaN is NaN, and that a normal number may
   * be some ulp off.
   */
  static void assertSame(double actual, double expected, int ulps, String what) {
    if (ulps > 0 && isNormal(expected)) {
      assertThat(actual).as(what).isCloseTo(expected, within(ulps * Math.ulp(expected)));
    } else {
      assertThat(Double.doubleToLongBits(actual))
          .as("%s: %s, expected %s", what, actual, expected)
          .isEqualTo(Double.doubleToLongBits(expected));
    }
  }

  private static boolean isNormal(double y) {
    return Math.abs(y) >= Double.MIN_NORMAL && Math.abs(y) < Double.POSITIVE_INFINITY;
  }
}
