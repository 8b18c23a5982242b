package org.spikelet.app.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows of the data were in a batch. They are many, and asked for at few rises: so the file is
 * read once more for them.
 */
final class BatchIds {

  private static final Pattern NAME =
      Pattern.compile("(?i)(.*[_/])?(batch_|sample_|row_)?(ids|indices|indexes|rows)");
  private static final Pattern ID = Pattern.compile("[\\w.:/-]+");

  private final Rows rows;
  private final String column;
  private final double[] lines;

  /**
   * Keeps where to look.
   *
   * @param lines the line of the file of each row of the log
   */
  BatchIds(Rows rows, String column, double[] lines) {
    this.rows = rows;
    this.column = column;
    this.lines = lines;
  }

  static boolean isNamed(String name) {
    return NAME.matcher(name).matches();
  }

  /** Reads the ids of some rows of the log. */
  Map<Integer, Set<String>> at(Collection<Integer> places) {
    Map<Long, List<Integer>> wanted = new TreeMap<>();
    for (int place : places) {
      wanted.computeIfAbsent((long) lines[place], line -> new ArrayList<>()).add(place);
    }
    Map<Integer, Set<String>> ids = new TreeMap<>();
    try {
      rows.read(
          row -> {
            List<Integer> here = wanted.remove(row.line());
            int at = here == null ? -1 : row.names().indexOf(column);
            if (at >= 0) {
              here.forEach(place -> ids.put(place, ids(row.cells().get(at))));
            }
            return !wanted.isEmpty();
          },
          new Repairs());
    } catch (IOException e) {
      throw new UncheckedIOException("the log could not be read again", e);
    }
    return ids;
  }

  private static Set<String> ids(String cell) {
    Set<String> ids = new LinkedHashSet<>();
    Matcher matcher = ID.matcher(cell);
    while (matcher.find()) {
      ids.add(matcher.group());
    }
    return ids;
  }
}
