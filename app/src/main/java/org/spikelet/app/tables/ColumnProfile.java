package org.spikelet.app.tables;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What stands in a column, before anything is made of it.
 *
 * @param missing how many cells are missing
 * @param numbers how many are numbers, finite or not
 * @param texts the others, and how often each comes
 */
record ColumnProfile(int missing, int numbers, Map<String, Integer> texts) {

  /** Looks at all cells. */
  static ColumnProfile of(Column column) {
    int missing = 0;
    int numbers = 0;
    Map<String, Integer> texts = new LinkedHashMap<>();
    for (int row = 0; row < column.cells().size(); row++) {
      String cell = column.cells().get(row);
      if (column.marks().contains(cell)) {
        missing++;
      } else if (Double.isNaN(column.numerals().parse(cell))) {
        texts.merge(cell, 1, Integer::sum);
      } else {
        numbers++;
      }
    }
    return new ColumnProfile(missing, numbers, texts);
  }

  /**
   * What kind of column it is: that of half of its cells; amounts of money are meant as numbers.
   */
  ColumnKind kind() {
    int others = texts.values().stream().mapToInt(n -> n).sum();
    int half = (numbers + others + 1) / 2;
    if (half == 0) {
      return ColumnKind.EMPTY;
    }
    if (numbers + count(NotANumber::meantAsNumber) >= half) {
      return ColumnKind.NUMBER;
    }
    return count(Dates::isDate) >= half ? ColumnKind.DATE : ColumnKind.TEXT;
  }

  private int count(Predicate<String> what) {
    return texts.entrySet().stream()
        .filter(entry -> what.test(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
