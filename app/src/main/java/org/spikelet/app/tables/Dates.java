package org.spikelet.app.tables;

import java.util.regex.Pattern;

/** Knows a date or a time when it sees one: 2024-01-31, 31.1.2024, 1/31/24, 31 Jan 2024, 9:30. */
final class Dates {

  private static final String TIME =
      "\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?(\\s?[AaPp]\\.?[Mm]\\.?)?";
  private static final String MONTH =
      "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}*\\.?";

  /** Or a month. */
  private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";

  private static final Pattern DATE =
      Pattern.compile(
          "("
              + "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}"
              + "|"
              + DAY
              + "([-/.])"
              + DAY
              + "\\2\\d{2,4}"
              + "|"
              + DAY
              + "[- ]"
              + MONTH
              + "[- ,]\\s?\\d{2,4}"
              + "|"
              + MONTH
              + "[- ]\\d{1,2},? \\d{2,4}"
              + "|\\d{4}-\\d{2}"
              + ")([T ]\\s?"
              + TIME
              + ")?\\s?(Z|UTC|[+-]\\d{2}:?\\d{2})?"
              + "|"
              + TIME);

  private Dates() {}

  /** Returns whether this is one. */
  static boolean isDate(String cell) {
    return DATE.matcher(cell).matches();
  }
}
