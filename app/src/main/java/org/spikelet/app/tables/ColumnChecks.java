package org.spikelet.app.tables;

import java.util.List;
import java.util.stream.IntStream;

/** Decides what an input column is good for, and writes down what is wrong with its cells. */
final class ColumnChecks {

  private final List<Integer> lines;
  private final Rules rules;
  private final Problems problems;

  /** What may be made of a column. */
  enum Use {
    NUMBERS,
    CATEGORIES,

    /** Texts of which hardly one comes twice: nothing can be learned from them. */
    NAMES,

    /** No value at all. */
    NOTHING
  }

  ColumnChecks(List<Integer> lines, Rules rules, Problems problems) {
    this.lines = lines;
    this.rules = rules;
    this.problems = problems;
  }

  /** Decides about an input. */
  Use input(Column column, ColumnProfile profile) {
    return switch (profile.kind()) {
      case EMPTY -> Use.NOTHING;
      case NUMBER -> {
        numbers(column, profile);
        yield Use.NUMBERS;
      }
      case DATE -> {
        dates(column, profile);
        yield Use.NOTHING;
      }
      case TEXT -> categories(column);
    };
  }

  /** Writes down each cell that should be a finite number and is not. */
  void numbers(Column column, ColumnProfile profile) {
    for (int row = 0; row < column.cells().size(); row++) {
      String cell = column.cells().get(row);
      if (column.missing(row) || Double.isFinite(column.number(row))) {
        continue;
      }
      boolean text = Double.isNaN(column.number(row));
      Problems.Fault fault = text ? Problems.Fault.NOT_A_NUMBER : Problems.Fault.NOT_FINITE;
      if (text) {
        NotANumber.cure(cell, column.numerals()).ifPresent(problems::cure);
      }
      problems.cell(lines.get(row), column.name(), fault, cell);
    }
    if (!profile.texts().isEmpty()) {
      problems.cure(
          "--ignore leaves out a column, --categorical takes its values for names of categories, and"
              + " --missing-values names a text that stands for a missing number");
    }
  }

  private void dates(Column column, ColumnProfile profile) {
    problems.file(
        "column '"
            + column.name()
            + "' holds dates or times, such as '"
            + profile.texts().keySet().iterator().next()
            + "'");
    problems.cure(
        "leave out dates and times with --ignore, or make numbers of them first, such as the year or"
            + " the days since the first");
  }

  /** Decides about a column of texts. */
  Use categories(Column column) {
    int[] present =
        IntStream.range(0, column.cells().size()).filter(row -> !column.missing(row)).toArray();
    int values = column.values(present).size();
    if (values <= rules.maxCategories()) {
      return Use.CATEGORIES;
    }
    if (2 * values > present.length) {
      return Use.NAMES;
    }
    problems.file(
        "column '"
            + column.name()
            + "' holds text with "
            + values
            + " different values, such as '"
            + Texts.shortened(column.text(present[0]), 40)
            + "', and each would become an input (--max-categories "
            + values
            + " allows that)");
    problems.cure("leave out texts that are nearly names with --ignore");
    return Use.NOTHING;
  }
}
