package org.spikelet.app.tables;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** How rows of a data set, which are numbers from 0 to a program, are named to people. */
public final class RowNames {

  /** Of more rows the first are named. */
  static final int LISTED = 8;

  /** Rows that are in no file: "row 77". */
  public static final RowNames NUMBERED = new RowNames("row", row -> row, row -> "row " + row);

  private final String noun;
  private final IntUnaryOperator number;
  private final IntFunction<String> words;

  private RowNames(String noun, IntUnaryOperator number, IntFunction<String> words) {
    this.noun = noun;
    this.number = number;
    this.words = words;
  }

  /**
   * Rows of a file.
   *
   * @param line where each row begins
   * @param words what is in it
   */
  static RowNames ofFile(IntUnaryOperator line, IntFunction<String> words) {
    return new RowNames("line", line, words);
  }

  /** Returns what a row is called, such as "line 79". */
  public String name(int row) {
    return noun + " " + number.applyAsInt(row);
  }

  /** Returns a row in words: "line 79 of outlier.csv: price 9,000,000, rooms 3, …". */
  public String words(int row) {
    return words.apply(row);
  }

  /** Returns some rows, such as "lines 7, 14 and 79", in order; of many the first eight. */
  public String list(Collection<Integer> rows) {
    return list(noun, rows.stream().map(number::applyAsInt).sorted().toList());
  }

  /** Returns how many rows, and which: "one row, line 79", "rows 7 and 9". */
  public String counted(Collection<Integer> rows) {
    if (noun.equals("row")) {
      return list(rows);
    }
    return (rows.size() == 1 ? "one row, " : rows.size() + " rows, ") + list(rows);
  }

  static String lines(List<Integer> lines) {
    return list("line", lines);
  }

  /** Lists names of something; of many the first. */
  static String list(String noun, List<?> all) {
    return list(noun, all.stream().limit(LISTED).toList(), all.size());
  }

  /** Lists so many, of which those that are listed are known. */
  static String list(String noun, List<?> first, int count) {
    if (count == 1) {
      return noun + " " + first.get(0);
    }
    int shown = count > LISTED ? LISTED : count - 1;
    return noun
        + "s "
        + first.stream().limit(shown).map(String::valueOf).collect(Collectors.joining(", "))
        + " and "
        + (count > LISTED
            ? String.format(Locale.ROOT, "%,d more", count - LISTED)
            : first.get(count - 1));
  }
}
