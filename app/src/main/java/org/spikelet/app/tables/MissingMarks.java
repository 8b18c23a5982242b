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

  private final Set<String> texts = new HashSet<>();
  private final Set<Double> numbers = new HashSet<>();
  private final Numerals numerals;

  /** The usual ones, and more; a number of these is meant however a cell writes it. */
  MissingMarks(Collection<String> more, Numerals numerals) {
    this.numerals = numerals;
    texts.add("");
    USUAL.forEach(mark -> texts.add(mark.toLowerCase(Locale.ROOT)));
    more.forEach(mark -> add(mark.strip()));
  }

  private void add(String mark) {
    texts.add(mark.toLowerCase(Locale.ROOT));
    double number = number(mark);
    if (!Double.isNaN(number)) {
      numbers.add(number);
    }
  }

  /** As the table writes numbers, or with a point; 0 is -0, too. */
  private double number(String text) {
    double number = numerals.parse(text);
    return 0.0 + (Double.isNaN(number) ? Numerals.PLAINLY.parse(text) : number);
  }

  /** Returns whether this cell says that its value is missing. */
  boolean contains(String cell) {
    return texts.contains(cell.toLowerCase(Locale.ROOT))
        || (!numbers.isEmpty() && numbers.contains(0.0 + numerals.parse(cell)));
  }
}
