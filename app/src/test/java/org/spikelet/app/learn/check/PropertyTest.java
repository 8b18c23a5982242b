package org.spikelet.app.learn.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an answer is near enough to the right one, and how it is shown if it is not. */
class PropertyTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "1.0000000001, 1, true",
    "1e12, 1.0000000000001e12, true",
    "1.001, 1, false",
    "Infinity, 1, false",
    "1, Infinity, false",
    "Infinity, -Infinity, false",
    "Infinity, Infinity, true",
    "NaN, 1, false",
    "NaN, Infinity, false"
  })
  void holdsForNumbersThatAreNear(double yours, double right, boolean holds) {
    Property<String> property =
        Property.of("a number", List.of("x"))
            .yours(x -> new double[] {yours})
            .expected(x -> new double[] {right});

    assertThat(property.check().isEmpty()).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "30, 30",
    "-120, -120",
    "1e9, 1000000000",
    "1e10, 1E10",
    "12345678901, 1.23456789E10",
    "0.1, 0.1",
    "1e-9, 1E-9",
    "-0.0, 0",
    "Infinity, Infinity"
  })
  void numbersStandAsOneWritesThem(double yours, String shown) {
    Property<String> property =
        Property.of("a number", List.of("x"))
            .yours(x -> new double[] {yours})
            .expected(x -> new double[] {7});

    assertThat(property.check().orElseThrow().table().get(1).split(" +"))
        .containsExactly("result", shown, "7", "<-");
  }
}
