package org.spikelet.app.tables;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What stands in a cell whose value is missing. */
final class MissingMarks {

  /** In any case of letters, besides the empty cell. */
  static final List<String> USUAL =
      List.of("?", "NA", "N/A", "n.a.", "#N/A", "<NA>", "NaN", "-NaN", "null", "None", ".", "-");

  private final Set<String> marks = new HashSet<>();

  /** The usual ones, and more. */
  MissingMarks(Collection<String> more) {
    marks.add("");
    USUAL.forEach(mark -> marks.add(mark.toLowerCase(Locale.ROOT)));
    more.forEach(mark -> marks.add(mark.strip().toLowerCase(Locale.ROOT)));
  }

  /** Returns whether this cell says that its value is missing. */
  boolean contains(String cell) {
    return marks.contains(cell.toLowerCase(Locale.ROOT));
  }
}
