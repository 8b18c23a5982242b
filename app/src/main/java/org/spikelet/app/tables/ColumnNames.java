package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the columns that an option names: parted by commas, which may stand in a name as well. */
final class ColumnNames {

  private static final int LISTED = 12;

  private final List<String> header;
  private final Problems problems;

  /** What is not found becomes a problem. */
  ColumnNames(List<String> header, Problems problems) {
    this.header = header;
    this.problems = problems;
  }

  /** Returns the positions of columns; of "a,b" the column of this name, if there is one. */
  List<Integer> find(List<String> given, String option) {
    List<Integer> found = new ArrayList<>();
    for (String names : given) {
      List<String> parts = List.of(names.split(",", -1));
      for (int from = 0; from < parts.size(); ) {
        int end = parts.size();
        while (end > from + 1 && position(parts.subList(from, end)).isEmpty()) {
          end--;
        }
        OptionalInt position = position(parts.subList(from, end));
        String name = parts.get(from).strip();
        position.ifPresentOrElse(found::add, () -> unknown(name, option));
        from = end;
      }
    }
    return found.stream().distinct().toList();
  }

  private OptionalInt position(List<String> parts) {
    String name = oneLine(String.join(",", parts)).strip();
    String bare = name.matches("\".*\"") ? name.substring(1, name.length() - 1) : name;
    return IntStream.range(0, header.size())
        .filter(k -> header.get(k).equals(name) || header.get(k).equals(bare))
        .findFirst();
  }

  /** With a space for line breaks and the like, which nobody can type. */
  static String oneLine(String name) {
    return name.replaceAll("\\p{Cntrl}+", " ");
  }

  private void unknown(String name, String option) {
    String some =
        header.stream()
            .limit(LISTED)
            .map(each -> each.indexOf(',') < 0 ? each : '"' + each + '"')
            .collect(Collectors.joining(", "));
    problems.file(
        option
            + ": there is no column '"
            + name
            + "'; the columns are "
            + some
            + (header.size() > LISTED ? " and " + (header.size() - LISTED) + " more" : ""));
  }
}
