package org.spikelet.app.tables;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A cell that is no number, though it is meant as one: what it looks like, and what helps. */
final class NotANumber {

  private static final String DIGITS = "[-+]?[\\d.,]*\\d[\\d.,]*";
  private static final String MONEY =
      "(?:\\p{Sc}|EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK)";

  private static final Pattern SIGN =
      Pattern.compile(
          "[-+]?%1$s\\s?[-+]?%2$s|%2$s\\s?(?:%%|%1$s)|\\(%1$s?%2$s\\)".formatted(MONEY, DIGITS));
  private static final Pattern GAPS =
      Pattern.compile(
          "[-+]?\\d{1,3}([" + Numerals.GAPS + Numerals.APOSTROPHES + "]\\d{3})+([.,]\\d+)?");
  private static final Pattern APOSTROPHES = Pattern.compile(".*[" + Numerals.APOSTROPHES + "].*");
  private static final Pattern OTHER_SIGNS =
      Pattern.compile(
          "[-+\u2010-\u2015\uFE63\uFF0B\uFF0D]?[\\p{Nd}.,\uFF0C\uFF0E]*\\p{Nd}[\\p{Nd}.,\uFF0C\uFF0E]*");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern FORTRAN = Pattern.compile("[-+]?[\\d.]*\\d[\\d.]*[dD][-+]\\d+");
  private static final Pattern COMMA = Pattern.compile("[-+]?\\d[\\d,.]*,\\d[\\d,.]*|[-+]?,\\d+");
  private static final Pattern POINT =
      Pattern.compile("[-+]?(\\d*\\.\\d+|\\d{1,3}(\\.\\d{3})+(,\\d+)?)([eE][-+]?\\d+)?");
  private static final Pattern COMMAS_IN_THREES =
      Pattern.compile("[-+]?\\d{1,3}(,\\d{3})+(\\.\\d*)?");
  private static final Pattern POINTS_IN_THREES =
      Pattern.compile("[-+]?\\d{1,3}(\\.\\d{3})+(,\\d*)?");
  private static final Pattern ONE_MARK = Pattern.compile("[^,.]*[,.][^,.]*");

  private static final List<Pattern> MEANT = List.of(SIGN, GAPS, FORTRAN, COMMA, POINT);

  private NotANumber() {}

  /** Whether a cell is one but for a sign, or for how it is written. */
  static boolean meantAsNumber(String cell) {
    return otherSigns(cell) || MEANT.stream().anyMatch(kind -> kind.matcher(cell).matches());
  }

  /** Full-width digits or those of another script, or a dash for a minus. */
  private static boolean otherSigns(String cell) {
    return !ASCII.matcher(cell).matches() && OTHER_SIGNS.matcher(cell).matches();
  }

  /** What helps, if it can be seen. */
  static Optional<String> cure(String cell, Numerals numerals) {
    if (SIGN.matcher(cell).matches()) {
      return Optional.of(
          "write numbers without signs of money or percent and without brackets, as in -1234.5");
    }
    if (otherSigns(cell)) {
      return Optional.of("write numbers in the digits 0 to 9, and a minus as -, as in -1234.5");
    }
    if (FORTRAN.matcher(cell).matches()) {
      return Optional.of("write exponents with E, as in 1.5E-3");
    }
    if (GAPS.matcher(cell).matches()) {
      return Optional.of(
          APOSTROPHES.matcher(cell).matches()
              ? "if apostrophes part thousands, --thousands \"'\""
              : "if spaces part thousands, --thousands space");
    }
    if (numerals.decimal() == '.' && COMMA.matcher(cell).matches()) {
      return Optional.of(comma(cell, numerals));
    }
    if (numerals.decimal() == ',' && POINT.matcher(cell).matches()) {
      return Optional.of(point(cell, numerals));
    }
    return Optional.empty();
  }

  private static String comma(String cell, Numerals numerals) {
    boolean inThrees = COMMAS_IN_THREES.matcher(cell).matches() && numerals.thousands().isEmpty();
    boolean one = ONE_MARK.matcher(cell).matches();
    if (inThrees) {
      return one
          ? "if the comma is the decimal mark, as in 1,5, --decimal ','; if it parts thousands,"
              + " --thousands ','"
          : "if commas part thousands, --thousands ','";
    }
    return one
        ? "if the comma is the decimal mark in all columns, --decimal ','; else write one mark"
            + " throughout"
        : "write numbers without marks between their digits, as in -1234.5";
  }

  private static String point(String cell, Numerals numerals) {
    return POINTS_IN_THREES.matcher(cell).matches() && numerals.thousands().isEmpty()
        ? "commas are decimal marks here; if points part thousands, --thousands '.'"
        : "commas are decimal marks here; if points are, in all columns, --decimal '.', else write"
            + " one mark throughout";
  }
}
