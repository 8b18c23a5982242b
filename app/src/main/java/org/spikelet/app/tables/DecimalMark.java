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

  /** Also how thousands are written where this mark parts them. */
  private static final Pattern THOUSAND = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");

  private DecimalMark() {}

  /**
   * Returns the mark that more cells have; a point if the columns are parted by commas.
   *
   * @return empty if it is open: all cells with the mark, such as 1,234, may be thousands
   */
  static Optional<Character> guess(char separator, List<Cells> columns) {
    if (separator == ',') {
      return Optional.of('.');
    }
    Count commas = count(COMMA, columns);
    Count points = count(POINT, columns);
    boolean comma = commas.all() > points.all();
    Count more = comma ? commas : points;
    boolean open = more.all() > 0 && more.all() == more.thousands();
    // Columns parted by semicolons are from where commas are decimal marks, others seldom.
    if (open && (comma || separator == ';')) {
      return Optional.empty();
    }
    return Optional.of(comma ? ',' : '.');
  }

  /**
   * How many cells have a mark.
   *
   * @param all of them
   * @param thousands those in which it may part thousands
   */
  private record Count(long all, long thousands) {}

  private static Count count(Pattern mark, List<Cells> columns) {
    long all = 0;
    long thousands = 0;
    for (Cells cells : columns) {
      for (int row = 0; row < cells.size(); row++) {
        String cell = cells.get(row);
        if (mark.matcher(cell).matches()) {
          all++;
          thousands += THOUSAND.matcher(cell).matches() ? 1 : 0;
        }
      }
    }
    return new Count(all, thousands);
  }
}
