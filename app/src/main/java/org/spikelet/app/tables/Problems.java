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

/** All that is wrong with a file, for one message: the first ten places, and how many more. */
final class Problems {

  private static final int SHOWN = 10;
  private static final String WHOLE_LINES = "about whole lines";

  /** Of a file full of mistakes no more are kept than a message can use. */
  private static final int KEPT = 1_000;

  private final String file;
  private final List<Problem> general = new ArrayList<>();
  private final List<Problem> places = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Set<String> cures = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();

  /** Line 0 is the whole file or a whole column. */
  private record Problem(long line, String where, String words) {}

  /** There are none yet. */
  Problems(String file) {
    this.file = file;
  }

  /** A problem of the file, or of a whole column. */
  void file(String words) {
    general.add(new Problem(0, "", words));
  }

  /** A problem of a line. */
  void line(long line, String words) {
    place(new Problem(line, WHOLE_LINES, words));
  }

  /** A problem of a cell. */
  void cell(long line, String column, String words) {
    place(new Problem(line, "in column '" + column + "'", "column '" + column + "': " + words));
  }

  /** Whether some lines could not be read. */
  boolean inLines() {
    return counts.containsKey(WHOLE_LINES);
  }

  /** What was found out about the file, which may be what is wrong. */
  void note(String words) {
    notes.add(words);
  }

  /** What helps, said once. */
  void cure(String words) {
    cures.add(words);
  }

  private void place(Problem problem) {
    int count = counts.merge(problem.where(), 1, Integer::sum);
    if (count <= KEPT) {
      places.add(problem);
    }
  }

  boolean isEmpty() {
    return general.isEmpty() && places.isEmpty();
  }

  /** Throws all of them as one message, if there are any. */
  void refuse() {
    if (!isEmpty()) {
      throw new BadInput(
          words() + notes.stream().map(note -> "\n" + note).collect(Collectors.joining()));
    }
  }

  private String words() {
    int all = general.size() + counts.values().stream().mapToInt(n -> n).sum();
    if (all == 1) {
      return file + ": " + words(general.isEmpty() ? places.get(0) : general.get(0)) + cures("; ");
    }
    StringBuilder text = new StringBuilder(file);
    text.append(String.format(Locale.ROOT, ": %,d problems", all));
    general.forEach(problem -> text.append("\n  ").append(words(problem)));
    places.sort(Comparator.comparingLong(Problem::line));
    List<Problem> shown = places.subList(0, Math.min(SHOWN, places.size()));
    shown.forEach(problem -> text.append("\n  ").append(words(problem)));
    String more = more(shown);
    return text + (more.isEmpty() ? "" : "\n  and " + more) + cures("\n");
  }

  /** How many are not shown, by column: else the next run would bring them as news. */
  private String more(List<Problem> shown) {
    Map<String, Integer> left = new LinkedHashMap<>(counts);
    shown.forEach(problem -> left.merge(problem.where(), -1, Integer::sum));
    return left.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> String.format(Locale.ROOT, "%,d more %s", entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String words(Problem problem) {
    return problem.line() == 0
        ? problem.words()
        : String.format(Locale.ROOT, "line %d: %s", problem.line(), problem.words());
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
