package org.spikelet.app.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The rows that are trained on: those with a label and targets, and as the rules say with all
 * inputs.
 */
final class KeptRows {

  private final int count;
  private final Rules rules;
  private final Problems problems;
  private final List<String> remarks;

  /**
   * Of a table with so many rows.
   *
   * @param remarks to which is added what was left out, or filled in
   */
  KeptRows(int count, Rules rules, Problems problems, List<String> remarks) {
    this.count = count;
    this.rules = rules;
    this.problems = problems;
    this.remarks = remarks;
  }

  /**
   * Returns them.
   *
   * @param outputs what is to be predicted
   * @param what what that is, such as "label"
   * @param inputs what it is predicted from
   */
  int[] of(List<Column> outputs, String what, List<Column> inputs) {
    int[] taught = with(outputs, IntStream.range(0, count).toArray());
    remarkDropped(count - taught.length, "without a " + what);
    int[] kept = taught;
    if (rules.missing() == MissingChoice.DROP) {
      kept = with(inputs, taught);
      remarkDropped(taught.length - kept.length, "with missing cells");
    } else {
      remarkFilled(inputs, taught);
    }
    if (kept.length < 2) {
      problems.file(
          "of "
              + count
              + " rows "
              + kept.length
              + (kept.length == 1 ? " is" : " are")
              + " left without those that miss a value; training needs two. Leave out the columns that"
              + " miss most with --ignore, or use --missing mean");
      problems.refuse();
    }
    return kept;
  }

  private static int[] with(List<Column> columns, int... rows) {
    return Arrays.stream(rows)
        .filter(row -> columns.stream().noneMatch(column -> column.missing(row)))
        .toArray();
  }

  private void remarkDropped(int dropped, String which) {
    if (dropped > 0) {
      remarks.add(
          String.format(
              Locale.ROOT, "%,d row%s %s left out.", dropped, dropped == 1 ? "" : "s", which));
    }
  }

  private void remarkFilled(List<Column> inputs, int... rows) {
    long missing =
        inputs.stream().mapToLong(c -> Arrays.stream(rows).filter(c::missing).count()).sum();
    if (missing > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d missing cell%s: a number gets its column's mean, a text a value of its own;"
                  + " --missing drop leaves out such rows.",
              missing,
              missing == 1 ? "" : "s"));
    }
  }
}
