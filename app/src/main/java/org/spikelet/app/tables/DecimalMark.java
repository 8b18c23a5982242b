package org.spikelet.app.tables;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guesses the decimal mark of a table from all its cells. */
final class DecimalMark {

  private static final Pattern COMMA =
      Pattern.compile("[+-]?(\\d*|\\d{1,3}(\\.\\d{3})+),\\d+([eE][+-]?\\d+)?");
  private static final Pattern POINT =
      Pattern.compile("[+-]?(\\d*|\\d{1,3}(,\\d{3})+)\\.\\d+([eE][+-]?\\d+)?");

  /** Also how thousands are written where the comma parts them. */
  private static final Pattern THOUSAND = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");

  private DecimalMark() {}

  /**
   * Returns the mark that more cells have; a point if the columns are parted by commas.
   *
   * @return empty if it is open: all cells with a comma, such as 1,234, may be thousands
   */
  static Optional<Character> guess(char separator, List<Cells> columns) {
    if (separator == ',') {
      return Optional.of('.');
    }
    long commas = 0;
    long thousands = 0;
    long points = 0;
    for (Cells cells : columns) {
      for (int row = 0; row < cells.size(); row++) {
        String cell = cells.get(row);
        if (COMMA.matcher(cell).matches()) {
          commas++;
          thousands += THOUSAND.matcher(cell).matches() ? 1 : 0;
        } else if (POINT.matcher(cell).matches()) {
          points++;
        }
      }
    }
    if (commas > points && commas == thousands) {
      return Optional.empty();
    }
    return Optional.of(commas > points ? ',' : '.');
  }
}
