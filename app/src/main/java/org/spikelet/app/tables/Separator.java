package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.List;

/** Guesses what stands between the columns from the first lines of a file. */
final class Separator {

  private static final char[] CANDIDATES = {',', ';', '\t', '|'};
  private static final int LINES = 30;

  private Separator() {}

  /**
   * Returns the one that stands in the header, and then as often in most of the lines; of equal
   * ones that which stands there more often, but a comma last, which may be a decimal mark; a comma
   * if there is none.
   */
  static char guess(String beginning) {
    List<String> lines = lines(beginning);
    char best = ',';
    long score = 0;
    for (char candidate : CANDIDATES) {
      long inHeader = lines.isEmpty() ? 0 : count(lines.get(0), candidate);
      long alike = lines.stream().filter(line -> count(line, candidate) == inHeader).count();
      long points = inHeader == 0 ? 0 : 1_000_000L * alike + (candidate == ',' ? 0 : inHeader);
      if (points > score) {
        score = points;
        best = candidate;
      }
    }
    return best;
  }

  /** A name for people. */
  static String words(char separator) {
    return switch (separator) {
      case ',' -> "commas";
      case ';' -> "semicolons";
      case '\t' -> "tabs";
      case ' ' -> "spaces";
      default -> "'" + separator + "'";
    };
  }

  private static long count(String line, char c) {
    return line.chars().filter(each -> each == c).count();
  }

  /**
   * The first lines without what is in quotes, which may hold line breaks; not the last, cut off.
   */
  private static List<String> lines(String beginning) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < beginning.length() && lines.size() < LINES; i++) {
      char c = beginning.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (!line.isEmpty()) {
          lines.add(line.toString());
        }
        line.setLength(0);
      } else if (!quoted) {
        line.append(c);
      }
    }
    if (lines.isEmpty() && !line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
