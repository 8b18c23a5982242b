package org.spikelet.app.tables;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pieces of text for people. */
final class Texts {

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+([.,']\\d+)*([eE][-+]?\\d+)?");

  private static final int CELL = 40;
  private static final int STUMP = 8;

  private Texts() {}

  /**
   * Cuts a text that is longer, but no number in it: it ends before the number. Line breaks and the
   * like become spaces.
   */
  static String shortened(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    int length = line.codePointCount(0, line.length());
    if (length <= most) {
      return line;
    }
    int end = line.offsetByCodePoints(0, most - 1);
    Matcher number = NUMBER.matcher(line);
    while (number.find() && number.start() < end) {
      if (number.end() > end) {
        end = number.start();
      }
    }
    return line.substring(0, end) + "…";
  }

  /** A cell, for a sentence; of a number that is too long, how it begins and how long it is. */
  static String cell(String text) {
    String shortened = shortened(text, CELL);
    return shortened.equals("…")
        ? text.substring(0, STUMP) + "… (" + text.length() + " characters)"
        : shortened;
  }

  /** With four digits, and commas between thousands. */
  static String number(double x) {
    if (x == Math.rint(x) && Math.abs(x) < 1e15) {
      return String.format(Locale.ROOT, "%,d", (long) x);
    }
    double size = Math.abs(x);
    if (size >= 1e-3 && size < 1e9) {
      int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
      String text = String.format(Locale.ROOT, "%,." + decimals + "f", x);
      return decimals == 0 ? text : text.replaceAll("\\.?0+$", "");
    }
    return String.format(Locale.ROOT, "%.3e", x);
  }

  /** With commas between them. */
  static String list(Collection<String> texts) {
    return String.join(", ", texts.stream().map(text -> shortened(text, 24)).toList());
  }
}
