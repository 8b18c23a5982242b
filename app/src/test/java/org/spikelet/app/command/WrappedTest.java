package org.spikelet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrappedTest {

  @Test
  void aMessageIsBrokenBetweenWordsAndKeepsItsLinesAndIndents() {
    assertThat(Wrapped.message(20, "two problems in this file:\n  line 3: three cells, not two"))
        .isEqualTo("two problems in this\nfile:\n  line 3: three\n  cells, not two");
  }

  @Test
  void aWordThatIsTooLongStaysWhole() {
    assertThat(Wrapped.message(10, "see /a/very/long/path there"))
        .isEqualTo("see\n/a/very/long/path\nthere");
  }

  @Test
  void whereThereIsNoTerminalALineStaysOne() {
    String line = "word ".repeat(50).strip();
    assertThat(Wrapped.message(line)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({"0, 80", "-1, 80", "20, 40", "60, 60", "80, 80", "200, 80"})
  void linesFitTheTerminalAndTheEye(int columns, int width) {
    assertThat(Wrapped.width(columns)).isEqualTo(width);
  }
}
