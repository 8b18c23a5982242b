package org.spikelet.app.tables;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A column of a file and how to read its cells.
 *
 * @param name in the header
 * @param cells as they stand in the file
 * @param numerals how its numbers are written
 * @param marks what a missing cell looks like
 */
record Column(String name, Cells cells, Numerals numerals, MissingMarks marks) {

  /** What a missing text is called, where it is a value like others. */
  static final String MISSING = "(missing)";

  boolean missing(int row) {
    return marks.contains(cells.get(row));
  }

  /** The number in a cell; NaN if it is missing, or no number. */
  double number(int row) {
    String cell = cells.get(row);
    return marks.contains(cell) ? Double.NaN : numerals.parse(cell);
  }

  /** The text in a cell. */
  String text(int row) {
    String cell = cells.get(row);
    return marks.contains(cell) ? MISSING : cell;
  }

  /** The different texts of some rows and their positions, numbers by their size. */
  SortedMap<String, Integer> values(int... rows) {
    TreeMap<String, Integer> values =
        new TreeMap<>(
            Comparator.comparingDouble(this::size).thenComparing(Comparator.naturalOrder()));
    for (int row : rows) {
      values.put(text(row), 0);
    }
    int position = 0;
    for (var value : values.entrySet()) {
      value.setValue(position++);
    }
    return values;
  }

  /** Texts behind all numbers. */
  private double size(String text) {
    double number = numerals.parse(text);
    return Double.isNaN(number) ? Double.POSITIVE_INFINITY : number;
  }
}
