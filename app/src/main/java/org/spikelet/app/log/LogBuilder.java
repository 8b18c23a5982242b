package org.spikelet.app.log;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.spikelet.app.log.Repairs.Kind;
import org.spikelet.app.tables.BadInput;

/**
 * Puts together what a log says of each step: Lightning, for one, writes the loss, the learning
 * rate and the norm of one step in lines of their own.
 */
final class LogBuilder {

  private static final int FIELDS = Field.values().length;
  private static final int STEP = Field.STEP.column();
  private static final int LOSS = Field.LOSS.column();
  private static final int RATE = Field.LEARNING_RATE.column();

  /** 8 bytes for each number, in five columns at most. */
  static final int MOST = 20_000_000;

  private final String file;
  private final Columns columns;
  private final Repairs repairs;
  private List<String> names = List.of();
  private final int[] places = new int[FIELDS];

  private final double[][] table = new double[FIELDS][1024];
  private final boolean[] used = new boolean[FIELDS];
  private int size;

  /** The line of each row, kept where ids are to be looked up. */
  private double[] lines = new double[0];

  /** Of the step that is being read, the line of its loss, or the first. */
  private long line;

  /** What it lacks if no loss comes any more; empty between two steps. */
  private Optional<Kind> missing = Optional.empty();

  /** What is known of the step that is being read. */
  private final double[] pending = new double[FIELDS];

  private final boolean[] known = new boolean[FIELDS];
  private double lastRate = Double.NaN;

  LogBuilder(String file, Columns columns, Repairs repairs) {
    this.file = file;
    this.columns = columns;
    this.repairs = repairs;
  }

  boolean add(Rows.Row row) {
    if (row.names() != names) {
      names = row.names();
      for (Field field : Field.values()) {
        places[field.column()] = names.indexOf(columns.names().getOrDefault(field, ""));
      }
    }
    double[] values = new double[FIELDS];
    boolean[] given = new boolean[FIELDS];
    boolean isNull = false;
    for (int f = 0; f < FIELDS; f++) {
      if (places[f] < 0 || places[f] >= row.cells().size()) {
        continue;
      }
      String cell = row.cells().get(places[f]).strip();
      if (Cell.isMissing(cell)) {
        isNull |= f == LOSS && cell.equals("null");
        continue;
      }
      OptionalDouble number = f == STEP ? Cell.count(cell) : Cell.number(cell);
      if (number.isPresent()) {
        values[f] = number.getAsDouble();
        given[f] = true;
      } else if (f == LOSS) {
        repairs.count(Kind.NOT_A_NUMBER, row.line());
        return true;
      } else if (f == STEP) {
        repairs.count(Kind.BAD_STEP, row.line());
        return true;
      }
    }
    if (given[STEP] && !isStep(values[STEP])) {
      repairs.count(Kind.BAD_STEP, row.line());
      return true;
    }
    if (!belongsToPending(values, given)) {
      flush();
    }
    if (given[LOSS] || missing.isEmpty()) {
      line = row.line();
    }
    if (isNull || missing.isEmpty()) {
      missing = Optional.of(isNull ? Kind.NULL : Kind.NO_LOSS);
    }
    for (int f = 0; f < FIELDS; f++) {
      if (given[f]) {
        pending[f] = values[f];
        known[f] = true;
      }
    }
    return true;
  }

  private static boolean isStep(double step) {
    return Double.isFinite(step) && Math.abs(step) < 1e15;
  }

  /** The same step, and nothing said twice but the step and the epoch. */
  private boolean belongsToPending(double[] values, boolean[] given) {
    if (!given[STEP] || !known[STEP] || values[STEP] != pending[STEP]) {
      return false;
    }
    for (Field field : List.of(Field.LOSS, Field.GRADIENT_NORM, Field.LEARNING_RATE)) {
      if (given[field.column()] && known[field.column()]) {
        return false;
      }
    }
    return true;
  }

  private void flush() {
    if (known[RATE]) {
      lastRate = pending[RATE];
    }
    if (known[LOSS]) {
      append();
    } else {
      missing.ifPresent(kind -> repairs.count(kind, line));
    }
    missing = Optional.empty();
    Arrays.fill(known, false);
  }

  private void append() {
    if (size == MOST) {
      throw new BadInput(
          file
              + ": more than "
              + MOST / 1_000_000
              + " million losses; give a part of the file, as head -n or tail -n cut it out");
    }
    for (int f = 0; f < FIELDS; f++) {
      boolean first = known[f] && !used[f];
      used[f] |= known[f];
      if (used[f]) {
        if (table[f].length <= size) {
          table[f] = Arrays.copyOf(table[f], size + size / 2 + 1);
        }
        if (first) {
          Arrays.fill(table[f], 0, size, Double.NaN);
        }
        table[f][size] = known[f] ? pending[f] : f == RATE ? lastRate : Double.NaN;
      }
    }
    if (columns.ids().isPresent()) {
      if (lines.length <= size) {
        lines = Arrays.copyOf(lines, size + size / 2 + 1);
      }
      lines[size] = line;
    }
    size++;
  }

  int size() {
    return size;
  }

  /** Returns the columns, and the lines last; those that were never used are empty. */
  double[][] columns() {
    flush();
    double[][] cut = new double[FIELDS + 1][];
    cut[FIELDS] = Arrays.copyOf(lines, Math.min(lines.length, size));
    for (int f = 0; f < FIELDS; f++) {
      cut[f] = used[f] ? Arrays.copyOf(table[f], size) : new double[0];
      table[f] = new double[0];
    }
    return cut;
  }
}
