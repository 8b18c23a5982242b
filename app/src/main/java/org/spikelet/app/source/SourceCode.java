package org.spikelet.app.source;

/** Java source without what does not matter: comments, and blanks outside of literals. */
final class SourceCode {

  private final String text;
  private final StringBuilder code = new StringBuilder();
  private int at;

  private SourceCode(String text) {
    this.text = text;
  }

  /**
   * Returns the code. Each comment and each row of blanks becomes one blank; a source with Unicode
   * escapes, which may stand for quotation marks, is returned as it is.
   */
  static String of(String text) {
    return text.contains("\\u") ? text : new SourceCode(text).code();
  }

  private String code() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("//", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        at += 2;
        skipTo("*/");
      } else if (text.startsWith("\"\"\"", at)) {
        literal("\"\"\"");
      } else if (c == '"' || c == '\'') {
        literal(String.valueOf(c));
      } else if (Character.isWhitespace(c)) {
        blank();
        at++;
      } else {
        code.append(c);
        at++;
      }
    }
    return code.toString().strip();
  }

  private void blank() {
    if (code.length() > 0 && code.charAt(code.length() - 1) != ' ') {
      code.append(' ');
    }
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + end.length();
    blank();
  }

  /** Copies a literal with all that is in it. */
  private void literal(String mark) {
    int from = at;
    at += mark.length();
    while (at < text.length() && !text.startsWith(mark, at)) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + mark.length());
    code.append(text, from, at);
  }
}
