package org.spikelet.app.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceCodeTest {

  private static final String CODE = "int x = 1; String s = \"a  // b\"; char c = '\"'; // end";

  private static String version(String text) {
    return new SourceText(Path.of("X.java"), text).version();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** Doc. */ int x = 1; String s = \"a  // b\"; char c = '\"';",
        "int x\n =\t1;  String s = \"a  // b\";\r\n char c = '\"'; /* \" */",
        "// \"\nint x /* * / */ = 1; String s = \"a  // b\"; char c = '\"'; // other"
      })
  void commentsAndBlanksDoNotMatter(String same) {
    assertThat(version(same)).isEqualTo(version(CODE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int x = 2; String s = \"a  // b\"; char c = '\"'; // end",
        "int x = 1; String s = \"a // b\"; char c = '\"'; // end",
        "int x = 1; String s = \"a  // c\"; char c = '\"'; // end",
        "intx = 1; String s = \"a  // b\"; char c = '\"'; // end",
        "int x = 1; String s = \"a  // b\"; char c = '/'; // end"
      })
  void everythingElseMatters(String other) {
    assertThat(version(other)).isNotEqualTo(version(CODE));
  }

  @Test
  void literalsStayAsTheyAre() {
    assertThat(SourceCode.of("\"\"\"\n  a  /* b */\n\"\"\"  +  \"\\\" // \"  // c"))
        .isEqualTo("\"\"\"\n  a  /* b */\n\"\"\" + \"\\\" // \"");
  }

  /** An escape may begin a literal, so nothing is taken out. */
  @Test
  void sourceWithUnicodeEscapesStaysAsItIs() {
    String text = "String s = \\u0022a // b\\u0022;  // c";

    assertThat(SourceCode.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/* open", "\"open", "'", "\"\"\"open", "\"open\\", "// end"})
  void whatIsNotClosedEndsWithTheText(String text) {
    assertThat(SourceCode.of(text)).isIn("", text);
  }
}
