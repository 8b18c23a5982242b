package org.spikelet.app.tables;

import java.util.regex.Pattern;

/** Why a cell is no number, and what helps. */
final class NotANumber {

  private static final String DIGITS = "[-+]?[\\d.,]*\\d[\\d.,]*";
  private static final Pattern SIGN =
      Pattern.compile(
          "[-+]?[$€£¥]\\s?" + DIGITS + "|" + DIGITS + "\\s?[%$€£¥]|\\([$€£¥]?" + DIGITS + "\\)");
  private static final Pattern COMMA = Pattern.compile("[-+]?\\d[\\d,.]*,\\d[\\d,.]*");
  private static final Pattern POINTS = Pattern.compile("[-+]?\\d[\\d,.]*\\.\\d[\\d,.]*");

  private NotANumber() {}

  /** Whether it is one but for a sign of money or a mark between thousands. */
  static boolean meantAsNumber(String cell) {
    return SIGN.matcher(cell).matches() || COMMA.matcher(cell).matches();
  }

  /** Says that it is none. */
  static String words(String cell, Numerals numerals) {
    String plain = "'" + Texts.shortened(cell, 40) + "' is not a number";
    if (SIGN.matcher(cell).matches()) {
      return plain + ": write it without such signs, as in -1234.5";
    }
    if (COMMA.matcher(cell).matches() && numerals.decimal() == '.') {
      return plain + ": if the comma is the decimal mark, --decimal ',', else --thousands ','";
    }
    if (POINTS.matcher(cell).matches() && numerals.decimal() == ',') {
      return plain + " where commas are decimal marks: --thousands '.', or --decimal '.'";
    }
    return plain;
  }
}
