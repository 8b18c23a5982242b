package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as they stand in sentences. */
class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "-0.0 | 0",
        "1.5 | 1.5",
        "-2.345 | -2.35",
        "10000 | 10,000",
        "999499 | 999,000",
        "999500 | 1e6",
        "0.00123456 | 0.00123",
        "0.000999 | 9.99e-4",
        "1.97e-11 | 1.97e-11",
        "-1.5e6 | -1.5e6",
        "NaN | NaN",
        "Infinity | ∞",
        "-Infinity | -∞",
      })
  void threeDigits(double x, String words) {
    assertThat(Numbers.of(x)).isEqualTo(words);
  }

  @Test
  void fromOneNumberToAnother() {
    assertThat(Numbers.fromTo(1, 1)).isEqualTo("from 1 to 1");
    assertThat(Numbers.fromTo(1, 1.001)).isEqualTo("from 1 to 1, by 0.001");
    assertThat(Numbers.fromTo(1, 1.01)).isEqualTo("from 1 to 1.01");
  }

  @Test
  void aRatioIsAboveZeroAndFinite() {
    assertThat(Numbers.ratio(6, 4)).contains("1.5");
    assertThat(Numbers.ratio(0, 4)).isEmpty();
    assertThat(Numbers.ratio(-6, 4)).isEmpty();
    assertThat(Numbers.ratio(6, 0)).isEmpty();
    assertThat(Numbers.ratio(0, 0)).isEmpty();
  }

  @Test
  void decimals() {
    assertThat(Numbers.fixed(0.954, 2)).isEqualTo("0.95");
    assertThat(Numbers.fixed(-0.001, 2)).isEqualTo("0.00");
    assertThat(Numbers.fixed(-0.4, 0)).isEqualTo("0");
    assertThat(Numbers.fixed(-0.5, 1)).isEqualTo("-0.5");
  }

  @Test
  void percent() {
    assertThat(Numbers.percent(0.964)).isEqualTo("96");
    assertThat(Numbers.percent(-0.344)).isEqualTo("-34");
  }

  /** A chance too small for a number is below the least, and not 0. */
  @Test
  void chances() {
    assertThat(Numbers.chance(0.01)).isEqualTo("0.01");
    assertThat(Numbers.chance(0)).isEqualTo("below 2.23e-308");
  }

  @Test
  void counts() {
    assertThat(Numbers.count(0, "spike")).isEqualTo("0 spikes");
    assertThat(Numbers.count(1, "spike")).isEqualTo("1 spike");
    assertThat(Numbers.count(10_000, "step")).isEqualTo("10,000 steps");
  }

  @Test
  void ofManyRowsTheFirstEight() {
    assertThat(Numbers.list(List.of(3, 1, 2))).isEqualTo("1, 2, 3");
    assertThat(Numbers.list(IntStream.range(0, 8).boxed().toList()))
        .isEqualTo("0, 1, 2, 3, 4, 5, 6, 7");
    assertThat(Numbers.list(IntStream.range(0, 9).boxed().toList()))
        .isEqualTo("0, 1, 2, 3, 4, 5, 6, 7 and 1 more");
  }
}
