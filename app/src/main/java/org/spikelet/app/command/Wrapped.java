package org.spikelet.app.command;

import static java.util.stream.Collectors.joining;

/**
 * Prose for a terminal, broken between words: {@code ./spikelet} says how wide the terminal is, and
 * beyond 80 columns lines are hard to read.
 */
public final class Wrapped {

  private static final int LEAST = 40;
  private static final int MOST = 80;

  /** How wide lines are here, 40 to 80 columns. */
  public static final int WIDTH = width(Integer.getInteger("spikelet.columns", MOST));

  private Wrapped() {}

  /** Breaks one paragraph; its lines but the first are set in by so many spaces. */
  public static String text(String paragraph, int indent) {
    return text("", paragraph, indent);
  }

  /** Breaks one paragraph that begins with something, such as spaces. */
  public static String text(String first, String paragraph, int indent) {
    return text(WIDTH, first, paragraph, indent);
  }

  /**
   * Breaks a message of one line or several if it goes to a terminal; in a file or a pipe, where
   * other programs may look for it, a line stays one.
   */
  public static String message(String message) {
    return Boolean.getBoolean("spikelet.terminal") ? message(WIDTH, message) : message;
  }

  /** Returns how wide lines are: a terminal may say that it has 0 columns, and mean "unknown". */
  static int width(int columns) {
    return columns <= 0 ? MOST : Math.max(LEAST, Math.min(MOST, columns));
  }

  static String message(int width, String message) {
    return message.lines().map(line -> line(width, line)).collect(joining("\n"));
  }

  /** Breaks a line; what follows is set in as the line was. */
  private static String line(int width, String line) {
    int indent = line.length() - line.stripLeading().length();
    return text(width, " ".repeat(indent), line.strip(), indent);
  }

  /** The same, for lines of a width. */
  public static String text(int width, String first, String paragraph, int indent) {
    StringBuilder text = new StringBuilder(first);
    int column = first.length();
    boolean begins = true;
    for (String word : paragraph.split(" ", -1)) {
      int length = word.codePointCount(0, word.length());
      if (!begins && column + 1 + length > width) {
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
