package org.spikelet.app.doctor;

/** Prose for a terminal of 80 columns, broken between words. */
final class Wrapped {

  private static final int WIDTH = 80;

  private Wrapped() {}

  /** Breaks one paragraph; its lines but the first are set in by so many spaces. */
  static String text(String paragraph, int indent) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      int length = word.codePointCount(0, word.length());
      if (column > indent && column + 1 + length > WIDTH) {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (!text.isEmpty()) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += length;
    }
    return text.toString();
  }
}
