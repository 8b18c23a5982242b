package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralsTest {

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "-2.5,-2.5",
    "+.5,.5",
    "3504.,3504",
    "1e-3,.001",
    "2E+2,200",
    "\u22127,-7",
    "007,7"
  })
  void numbers(String cell, double number) {
    assertThat(Numerals.PLAINLY.parse(cell)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1d", "2f", "3D", "0x1p3", "0x10", "1L", "red", "1,5", "1 2", "1_000", "--1", "1e", ".", "",
        "1.2.3", "$5", "5%", "١٢"
      })
  void others(String cell) {
    assertThat(Numerals.PLAINLY.parse(cell)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"inf,Infinity", "-Infinity,-Infinity", "1e999,Infinity"})
  void tooLarge(String cell, double number) {
    assertThat(Numerals.PLAINLY.parse(cell)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.234.567,5|1234567.5",
        "1,5|1.5",
        "-12.345|-12345",
        "1.23|NaN",
        "1.2345|NaN",
        "1,2,3|NaN"
      })
  void decimalCommasWithPointsBetweenThousands(String cell, Double number) {
    assertThat(new Numerals(',', Optional.of('.')).parse(cell)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1,5|1.5", "1.5|NaN", "1e3|1000", "2,5e1|25"})
  void decimalCommas(String cell, Double number) {
    assertThat(new Numerals(',', Optional.empty()).parse(cell)).isEqualTo(number);
  }
}
