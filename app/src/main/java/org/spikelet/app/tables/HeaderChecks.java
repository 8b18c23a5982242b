package org.spikelet.app.tables;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at the names of the columns: whether they are names, and each is there once. */
final class HeaderChecks {

  /** Columns with so many spaces between them that they stand below each other. */
  private static final Pattern SPACED = Pattern.compile("\\S+(\\s{2,}\\S+){2,}");

  private HeaderChecks() {}

  /** Writes down what is wrong with the header that stands in this line. */
  static void check(List<String> names, int line, Problems problems) {
    if (names.stream().noneMatch(name -> Double.isNaN(Numerals.PLAINLY.parse(name)))) {
      problems.line(
          line,
          "the header holds only numbers, such as '"
              + names.get(0)
              + "'; if it is a row of data, add --no-header, and the columns are named c1, c2, …");
      return;
    }
    for (int k = 0; k < names.size(); k++) {
      int first = names.indexOf(names.get(k));
      if (first < k) {
        problems.line(
            line,
            "columns "
                + (first + 1)
                + " and "
                + (k + 1)
                + " are both named '"
                + names.get(k)
                + "'; rename one");
      }
    }
  }

  /** Doubts names of which one is a fraction, or most are numbers: the header may be missing. */
  static Optional<String> doubt(List<String> names) {
    List<String> numbers =
        names.stream()
            .filter(name -> !Double.isNaN(Numerals.PLAINLY.parse(name.replace(',', '.'))))
            .toList();
    Optional<String> fraction =
        numbers.stream().filter(name -> name.matches(".*[.,].*")).findFirst();
    if (numbers.size() == names.size()
        || (fraction.isEmpty() && 2 * numbers.size() <= names.size())) {
      return Optional.empty();
    }
    return Optional.of(
        "The header holds numbers, such as '"
            + fraction.orElseGet(() -> numbers.get(0))
            + "'; if it is a row of data, add --no-header, and the columns are named c1, c2 and so on.");
  }

  /** Writes down that the columns are not parted by what was taken for the separator. */
  static void checkParted(List<String> names, char separator, int line, Problems problems) {
    if (SPACED.matcher(names.get(0)).matches()) {
      problems.line(
          line,
          "the columns seem to be parted by runs of spaces; make each run a comma or a tab, and put"
              + " a header above them");
    } else if (names.size() == 1) {
      problems.line(
          line,
          "the header is one column, '"
              + names.get(0)
              + "', between "
              + Separator.words(separator)
              + "; is it separated otherwise? Say so with --separator");
    }
  }
}
