package org.spikelet.app.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A row of a file in words, as it stands there: "line 79 of outlier.csv: price 9,000,000, rooms 3".
 *
 * @param table that it is in
 * @param columns in the order in which they are said
 */
record RowWords(CsvTable table, List<Column> columns) {

  private static final int LENGTH = 100;
  private static final int CELL = 24;

  /** Says a row, as far as it is one line or two. */
  String of(int row) {
    StringBuilder text = new StringBuilder();
    for (Column column : columns) {
      String cell = Texts.shortened(column.name(), CELL) + " " + cell(column, row);
      if (!text.isEmpty() && text.length() + cell.length() > LENGTH) {
        text.append(", …");
        break;
      }
      text.append(text.isEmpty() ? "" : ", ").append(cell);
    }
    Path file = Path.of(table.file()).getFileName();
    return String.format(Locale.ROOT, "line %d of %s: %s", table.lines().get(row), file, text);
  }

  /**
   * Whole numbers with commas between thousands, numbers of many digits with four, all else as it
   * stands there.
   */
  private static String cell(Column column, int row) {
    double number = column.number(row);
    String text = column.cells().get(row);
    boolean large =
        number == Math.rint(number) && Math.abs(number) >= 10_000 && Math.abs(number) < 1e15;
    return large || (Double.isFinite(number) && text.length() > CELL)
        ? Texts.number(number)
        : Texts.shortened(text.isEmpty() ? Column.MISSING : text, CELL);
  }
}
