package org.spikelet.app.tables;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How numbers are written: digits with one decimal mark, an exponent, and perhaps a mark between
 * thousands. Java's own suffixes and hexadecimal digits ({@code 1d}, {@code 0x1p3}) are no numbers.
 *
 * @param decimal the decimal mark, a point or a comma
 * @param thousands the mark between groups of three digits; empty if there is none
 */
record Numerals(char decimal, Optional<Character> thousands) {

  private static final Pattern PLAIN =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern GROUPED =
      Pattern.compile("[+-]?\\d{1,3}(?:\u0000\\d{3})+(?:\\.\\d*)?");
  private static final Pattern INFINITE = Pattern.compile("(?i)([+-]?)inf(inity)?");

  /** Spaces between thousands, broad and narrow: each counts as each. */
  static final String GAPS = " \u00A0\u2009\u202F";

  /** Between thousands, as in Switzerland; each counts as each. */
  static final String APOSTROPHES = "'\u2019";

  /** A point, and nothing between thousands. */
  static final Numerals PLAINLY = new Numerals('.', Optional.empty());

  /** Returns the number; NaN if it is none, ±∞ if it is too large or infinite. */
  double parse(String cell) {
    String text = cell.replace('\u2212', '-'); // the minus of typographers
    String alike = thousands.map(Numerals::alike).orElse("");
    if (text.chars().anyMatch(c -> alike.indexOf(c) >= 0)) {
      String grouped = pointed(parted(text, alike));
      return GROUPED.matcher(grouped).matches()
          ? Double.parseDouble(grouped.replace("\u0000", ""))
          : Double.NaN;
    }
    String plain = pointed(text);
    if (PLAIN.matcher(plain).matches()) {
      return Double.parseDouble(plain);
    }
    return INFINITE.matcher(text).matches()
        ? (text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
        : Double.NaN;
  }

  /** All marks that are meant by one. */
  private static String alike(char mark) {
    return GAPS.indexOf(mark) >= 0
        ? GAPS
        : APOSTROPHES.indexOf(mark) >= 0 ? APOSTROPHES : String.valueOf(mark);
  }

  /** With a character that is in no text between the groups. */
  private static String parted(String text, String marks) {
    StringBuilder parted = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (marks.indexOf(text.charAt(i)) >= 0) {
        parted.setCharAt(i, '\u0000');
      }
    }
    return parted.toString();
  }

  /** With a point for the decimal mark; a point that is not it makes no number. */
  private String pointed(String text) {
    return decimal == '.' ? text : text.replace('.', ' ').replace(decimal, '.');
  }
}
