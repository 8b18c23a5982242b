package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Rounding is to the nearest number of the format, found here by exact comparison. */
class PrecisionProperties {

  @Property
  void float32IsTheNearest(@ForAll long bits) {
    assertNearest(Precision.FLOAT32, Double.longBitsToDouble(bits), 1);
  }

  @Property
  void bfloat16IsTheNearest(@ForAll long bits) {
    assertNearest(Precision.BFLOAT16, Double.longBitsToDouble(bits), 1 << 16);
  }

  /** Most bit patterns are far outside the range of a float; these are in it. */
  @Property
  void bothAreInRange(
      @ForAll float x, @ForAll @LongRange(min = 0, max = (1L << 47) - 1) long digits) {
    double near = Double.longBitsToDouble(Double.doubleToLongBits(x) ^ digits);
    assertNearest(Precision.FLOAT32, near, 1);
    assertNearest(Precision.BFLOAT16, near, 1 << 16);
  }

  /**
   * The two numbers of the format around x, a step of a float's bits apart; the nearer is right.
   */
  private static void assertNearest(Precision precision, double x, int step) {
    double rounded = precision.round(x);
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      assertThat(rounded).isEqualTo(Double.valueOf(x));
      return;
    }
    double size = Math.abs(x);
    int below = 0; // bits of the largest number of the format that is not larger
    for (int bit = Integer.highestOneBit(Float.floatToIntBits(Float.MAX_VALUE));
        bit >= step;
        bit /= 2) {
      int tried = below | bit;
      if (tried <= Float.floatToIntBits(Float.MAX_VALUE) && Float.intBitsToFloat(tried) <= size) {
        below = tried;
      }
    }
    BigDecimal low = new BigDecimal(Float.intBitsToFloat(below));
    boolean last = below + step > Float.floatToIntBits(Float.MAX_VALUE);
    BigDecimal high =
        last ? BigDecimal.valueOf(2).pow(128) : new BigDecimal(Float.intBitsToFloat(below + step));
    int nearer = new BigDecimal(size).subtract(low).compareTo(high.subtract(new BigDecimal(size)));
    boolean up = nearer > 0 || (nearer == 0 && below / step % 2 == 1);
    double expected =
        !up ? low.doubleValue() : last ? Double.POSITIVE_INFINITY : high.doubleValue();
    assertThat(rounded).isEqualTo(Double.valueOf(Math.copySign(expected, x)));
  }
}
