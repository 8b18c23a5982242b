package org.spikelet.app.command;

/** Prose for a terminal of 80 columns, broken between words. */
public final class Wrapped {

  private static final int WIDTH = 80;

  private Wrapped() {}

  /** Breaks one paragraph; its lines but the first are set in by so many spaces. */
  public static String text(String paragraph, int indent) {
    return text("", paragraph, indent);
  }

  /** Breaks one paragraph that begins with something, such as spaces. */
  public static String text(String first, String paragraph, int indent) {
    StringBuilder text = new StringBuilder(first);
    int column = first.length();
    boolean begins = true;
    for (String word : paragraph.split(" ", -1)) {
      int length = word.codePointCount(0, word.length());
      if (!begins && column + 1 + length > WIDTH) {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (!begins) {
        text.append(' ');
        column++;
      }
      begins = false;
      text.append(word);
      column += length;
    }
    return text.toString();
  }
}
