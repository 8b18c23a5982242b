package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuessTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\'',
      value = {
        "a,b/1,2~,",
        "a;b/1,5;2,5~;",
        "'\"x;y\",b/1,2/3,4'~,",
        "a|b/1|2~|",
        "a/1~,",
        "size, cm;price;x/1,5;2;3~;",
        "a,b/1;2,3/4;5,6~,"
      })
  void theSeparator(String text, char separator) {
    assertThat(Separator.guess(text.replace('/', '\n') + "\n")).isEqualTo(separator);
  }

  @Test
  void theSeparatorMayBeATab() {
    assertThat(Separator.guess("a\tb, c\n1\t2\n")).isEqualTo('\t');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "1,5~,",
        "1.5~.",
        "1~.",
        "1,5 1,25 7.5~,",
        "1,234~?",
        "0,125~,",
        "1.234,5~,",
        "1,234.5~."
      })
  void theDecimalMark(String numbers, char mark) {
    Cells cells = new Cells();
    List.of(numbers.split(" ", -1)).forEach(cells::add);

    assertThat(DecimalMark.guess(';', List.of(cells)).orElse('?')).isEqualTo(mark);
    assertThat(DecimalMark.guess(',', List.of(cells))).contains('.');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-31",
        "2024/1/31",
        "31.01.2024",
        "1/31/24",
        "31 Jan 2024",
        "Jan 31, 2024",
        "31-Jan-24",
        "9:30",
        "2024-01-31T09:30:00Z",
        "2024-01-31 09:30:00.123+02:00",
        "12:05 PM",
        "2024-01"
      })
  void aDate(String cell) {
    assertThat(Dates.isDate(cell)).isTrue();
    assertThat(Numerals.PLAINLY.parse(cell)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024", "1.5", "red", "1-2", "12-34-5678", "A1", "1/2", "192.168.0.1"})
  void noDate(String cell) {
    assertThat(Dates.isDate(cell)).isFalse();
  }
}
