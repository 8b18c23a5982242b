package org.spikelet.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No bit of a number is lost on its way to another process and back. */
class DoublesProperties {

  @Property
  void everyBitPatternReturns(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    // There are many NaN, and all are one to Java's comparison of boxed numbers.
    assertThat(Double.valueOf(Doubles.read(Doubles.write(value)))).isEqualTo(Double.valueOf(value));
  }

  @Example
  void specialNumbersAreNamedAsInPython() {
    List<String> written =
        Doubles.write(
            -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 0.1, 4.9e-324);
    assertThat(written)
        .containsExactly(
            "-0x0.0p0", "inf", "-inf", "nan", "0x1.999999999999ap-4", "0x0.0000000000001p-1022");
    assertThat(Doubles.read(written))
        .containsExactly(
            -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 0.1, 4.9e-324);
  }

  @Example
  void whatPythonWritesIsRead() {
    assertThat(
            Doubles.read(List.of("0x1.8000000000000p+0", "-0x0.0p+0", "0x0.0000000000001p-1022")))
        .containsExactly(1.5, -0.0, Double.MIN_VALUE);
  }
}
