package org.spikelet.app.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A last row that sums up those above it, as spreadsheets have it: by its word and its numbers. */
final class TotalRow {

  private static final Pattern WORD =
      Pattern.compile(
          "(?i)(grand )?totals?:?|(sum|average|avg|mean|summe|gesamt|mittelwert|durchschnitt)[.:]?");

  private final int row;
  private final List<Column> columns;

  TotalRow(int row, List<Column> columns) {
    this.row = row;
    this.columns = columns;
  }

  /** Doubts it if it says so and its numbers bear that out: each is its column's sum or mean. */
  Optional<String> doubt(int line) {
    List<Column> numbers = columns.stream().filter(c -> !Double.isNaN(c.number(row))).toList();
    if (numbers.isEmpty() || !numbers.stream().allMatch(this::sumsUp)) {
      return Optional.empty();
    }
    return columns.stream()
        .map(column -> column.cells().get(row).strip())
        .filter(cell -> WORD.matcher(cell).matches())
        .findFirst()
        .map(
            word ->
                ("The last row, '%s' in line %d, is trained on like the others, and seems to sum"
                        + " them up: each of its numbers is the sum or the mean of those above; if it"
                        + " does, take it out of the file.")
                    .formatted(word, line));
  }

  private boolean sumsUp(Column column) {
    double[] above =
        IntStream.range(0, row).mapToDouble(column::number).filter(x -> !Double.isNaN(x)).toArray();
    double sum = Arrays.stream(above).sum();
    return agrees(column, sum) || agrees(column, sum / above.length);
  }

  /** To half a unit of the last digit that is written, or but for rounding. */
  private boolean agrees(Column column, double value) {
    String cell = column.cells().get(row);
    int mark = cell.lastIndexOf(column.numerals().decimal());
    int decimals = mark < 0 ? 0 : cell.length() - 1 - mark;
    double allowed = 0.5 * Math.pow(10, -decimals) + 1e-12 * Math.abs(value);
    return Math.abs(column.number(row) - value) <= allowed;
  }
}
