package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** The error function agrees with published values to the last digits. */
class ErrorFunctionTest {

  /** x and erf x, from mpmath 1.3.0 with 40 digits, rounded to the nearest double. */
  private static final double[][] MPMATH = {
    {0.1, 0.1124629160182849},
    {0.25, 0.27632639016823696},
    {0.5, 0.5204998778130465},
    {0.75, 0.7111556336535151},
    {1.0, 0.8427007929497149},
    {1.5, 0.9661051464753108},
    {2.0, 0.9953222650189527},
    {2.4, 0.999311486103355},
    {2.49, 0.9995707121322661},
    {2.5, 0.999593047982555},
    {2.51, 0.9996142945182758},
    {3.0, 0.9999779095030014},
    {3.5, 0.9999992569016276},
    {4.0, 0.9999999845827421},
    {5.0, 0.9999999999984626},
    {5.5, 0.9999999999999927},
    {5.9, 0.9999999999999999},
    {6.0, 1.0},
  };

  private static double erf(double x) {
    return ErrorFunction.erf(x);
  }

  @Example
  void agreesWithTheTenDigitsOfAbramowitzAndStegunTable71() {
    assertThat(erf(0.5)).isCloseTo(0.5204998778, offset(5e-11));
    assertThat(erf(1.0)).isCloseTo(0.8427007929, offset(5e-11));
    assertThat(erf(2.0)).isCloseTo(0.9953222650, offset(5e-11));
  }

  @Example
  void agreesWithFortyDigitArithmetic() {
    for (double[] row : MPMATH) {
      assertThat(erf(row[0])).as("erf %s", row[0]).isCloseTo(row[1], offset(1e-15));
    }
  }

  @Example
  void keepsItsRelativePrecisionNearZero() {
    assertThat(erf(1e-10)).isCloseTo(1.1283791670955126e-10, offset(1e-25));
    assertThat(erf(1e-300)).isCloseTo(1.1283791670955126e-300, offset(1e-315));
    assertThat(erf(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
  }

  @Example
  void hasTheLimitsOneAndMinusOne() {
    assertThat(erf(6.1)).isEqualTo(1);
    assertThat(erf(1e300)).isEqualTo(1);
    assertThat(erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(erf(Double.NaN)).isNaN();
  }

  @Property
  void isOddAndWithinOne(@ForAll @DoubleRange(min = -8, max = 8) double x) {
    assertThat(erf(-x)).isEqualTo(-erf(x));
    assertThat(erf(x)).isBetween(-1.0, 1.0);
  }

  /** The step between neighbours, 2/√π · e^(−x²) · h, has no jump where the method changes. */
  @Property
  void growsAsItsDerivativeSays(@ForAll @DoubleRange(min = -6.5, max = 6.5) double x) {
    double h = 1e-4;
    double slope = (erf(x + h) - erf(x - h)) / (2 * h);
    double expected = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
    // erf‴ is at most 2.3, so the truncation is at most 4e−9.
    assertThat(slope).isCloseTo(expected, offset(1e-8));
  }
}
