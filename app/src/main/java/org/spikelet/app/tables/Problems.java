package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that is wrong with a file, for one message: what is the same in many places is said once,
 * with the places, and so is what helps.
 */
final class Problems {

  private static final int SHOWN = 10;

  private final String file;
  private final List<String> general = new ArrayList<>();
  private final Map<String, Places> lines = new LinkedHashMap<>();
  private final Map<Key, CellProblems> cells = new LinkedHashMap<>();
  private final Set<String> cures = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();

  private record Key(String column, Fault fault) {}

  /** What is said of a line or of a column, and where it is first. */
  private record Said(int line, String words) {}

  /** What may be wrong with a cell. */
  enum Fault {
    NOT_A_NUMBER("'%s' is not a number", "%,d cells are no numbers"),
    NOT_FINITE(
        "the value is %s, and training needs finite numbers",
        "%,d values are not finite, and training needs finite numbers"),
    MISSING("the value is missing ('%s')", "%,d values are missing");

    private final String one;
    private final String many;

    Fault(String one, String many) {
      this.one = one;
      this.many = many;
    }

    String one(String cell) {
      return String.format(Locale.ROOT, one, cell);
    }

    String many(int count) {
      return String.format(Locale.ROOT, many, count);
    }
  }

  /** There are none yet. */
  Problems(String file) {
    this.file = file;
  }

  /** A problem of the file, or of a whole column. */
  void file(String words) {
    general.add(words);
  }

  /** A problem of a line. */
  void line(long line, String words) {
    lines.computeIfAbsent(words, w -> new Places()).add((int) line);
  }

  /** A problem of a cell. */
  void cell(int line, String column, Fault fault, String cell) {
    cells
        .computeIfAbsent(new Key(column, fault), key -> new CellProblems(column, fault))
        .add(line, cell);
  }

  /** Whether some lines could not be read. */
  boolean inLines() {
    return !lines.isEmpty();
  }

  /** What was found out about the file, which may be what is wrong. */
  void note(String words) {
    notes.add(words);
  }

  /** What helps, said once. */
  void cure(String words) {
    cures.add(words);
  }

  boolean isEmpty() {
    return general.isEmpty() && lines.isEmpty() && cells.isEmpty();
  }

  /** Throws all of them as one message, if there are any. */
  void refuse() {
    if (!isEmpty()) {
      throw new BadInput(
          words() + notes.stream().map(note -> "\n" + note).collect(Collectors.joining()));
    }
  }

  private String words() {
    int all =
        general.size()
            + lines.values().stream().mapToInt(Places::count).sum()
            + cells.values().stream().mapToInt(CellProblems::count).sum();
    List<Said> said = new ArrayList<>();
    general.forEach(words -> said.add(new Said(0, words)));
    lines.forEach((words, places) -> said.add(new Said(places.first(), places + ": " + words)));
    cells.values().forEach(cell -> said.add(new Said(cell.first(), cell.words())));
    if (said.size() == 1) {
      return file + ": " + said.get(0).words() + cures(all == 1 ? "; " : "\n");
    }
    said.sort(Comparator.comparingInt(Said::line));
    StringBuilder text = new StringBuilder(file);
    text.append(String.format(Locale.ROOT, ": %,d problems", all));
    said.stream().limit(SHOWN).forEach(each -> text.append("\n  ").append(each.words()));
    return text + more(said.size()) + cures("\n");
  }

  /** How many are not shown, and in which columns: else the next run would bring them as news. */
  private String more(int all) {
    if (all <= SHOWN) {
      return "";
    }
    List<String> columns =
        cells.values().stream()
            .sorted(Comparator.comparingInt(CellProblems::first))
            .skip(Math.max(0, SHOWN - general.size() - lines.size()))
            .map(CellProblems::column)
            .distinct()
            .toList();
    int others = all - SHOWN - columns.size();
    List<String> parts = new ArrayList<>();
    if (others > 0) {
      parts.add(String.format(Locale.ROOT, "%,d more", others));
    }
    if (!columns.isEmpty()) {
      parts.add("the like in " + RowNames.list("column", columns));
    }
    return "\n  and " + String.join(", and ", parts);
  }

  private String cures(String before) {
    return cures.stream()
        .map(words -> before + (before.equals("\n") ? capital(words) : words))
        .collect(Collectors.joining());
  }

  private static String capital(String words) {
    String sentence = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return sentence.endsWith("?") ? sentence : sentence + ".";
  }
}
