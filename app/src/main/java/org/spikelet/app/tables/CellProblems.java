package org.spikelet.app.tables;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The cells of a column with one fault, those with the same text together. */
final class CellProblems {

  private static final int TEXTS = 4;

  private final String column;
  private final Problems.Fault fault;
  private final Map<String, Places> texts = new LinkedHashMap<>();
  private int count;

  CellProblems(String column, Problems.Fault fault) {
    this.column = column;
    this.fault = fault;
  }

  void add(int line, String cell) {
    count++;
    if (texts.size() < TEXTS || texts.containsKey(cell)) {
      texts.computeIfAbsent(cell, text -> new Places()).add(line);
    }
  }

  String column() {
    return column;
  }

  int count() {
    return count;
  }

  /** The line in which the first of them is. */
  int first() {
    return texts.values().iterator().next().first();
  }

  /** One with its line; of more what they are, and where. */
  String words() {
    String name = "column '" + column + "': ";
    if (count == 1) {
      String cell = texts.keySet().iterator().next();
      return "line " + first() + ": " + name + fault.one(Texts.cell(cell));
    }
    String where =
        texts.entrySet().stream()
            .map(text -> "'" + Texts.cell(text.getKey()) + "' in " + text.getValue())
            .collect(Collectors.joining(", "));
    int others = count - texts.values().stream().mapToInt(Places::count).sum();
    return name
        + fault.many(count)
        + ": "
        + where
        + (others > 0 ? String.format(Locale.ROOT, ", and %,d others", others) : "");
  }
}
