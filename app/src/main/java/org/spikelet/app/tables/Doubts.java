package org.spikelet.app.tables;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What can be read, but may be meant otherwise: trained on, and said. The same in several columns
 * is said once.
 */
final class Doubts {

  private static final Pattern ZERO = Pattern.compile("0\\d+");
  private static final Pattern DAY =
      Pattern.compile("(19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])");
  private static final Pattern LONG = Pattern.compile("[-+]?\\d{16,}");
  private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d{0,14}");
  private static final Pattern ID =
      Pattern.compile("(.*[\\s_.-])?(?i:ids?|index|idx|nr|no|row|instant)\\.?|.*\\p{Ll}I[dD]");
  private static final Pattern NINES = Pattern.compile("-?9{2,}");
  private static final Pattern UNIT = Pattern.compile("[-+]?\\d+([.,]\\d+)?\\s?([\\p{L}µ°/]+\\d?)");

  /** A mark for missing numbers comes more than once by chance. */
  private static final int REPEATED = 3;

  private static final double SOME = 0.1;

  /** What is said, and of which columns. */
  private final Map<String, List<String>> columns = new LinkedHashMap<>();

  /** Looks at a column that is taken for numbers. */
  void numbers(Column column) {
    List<String> cells = cells(column);
    if (cells.isEmpty()) {
      return;
    }
    cells.stream()
        .filter(cell -> ZERO.matcher(cell).matches())
        .findFirst()
        .ifPresent(
            cell ->
                add(
                    "Numbers that begin with 0, as ids and postcodes do, are taken for numbers;"
                        + " --categorical makes names of them, --ignore leaves them out",
                    column,
                    Texts.cell(cell)));
    cells.stream()
        .filter(cell -> LONG.matcher(cell).matches() && !exact(cell))
        .findFirst()
        .ifPresent(
            cell ->
                add(
                    "Whole numbers too long for a double are rounded, so that neighbours become the"
                        + " same; --ignore leaves out ids",
                    column,
                    Texts.cell(cell)));
    if (cells.stream().allMatch(cell -> DAY.matcher(cell).matches())) {
      add(
          "Numbers that may be dates, year, month and day in one, are taken for numbers, with a jump"
              + " after each month",
          column,
          cells.get(0));
    }
    nines(column);
  }

  private static boolean exact(String cell) {
    double nearest = Double.parseDouble(cell);
    return Double.isFinite(nearest) && new BigDecimal(cell).compareTo(new BigDecimal(nearest)) == 0;
  }

  /** Looks at an input that is taken for numbers: whether its name and its values are of ids. */
  void ids(Column column) {
    List<String> cells = cells(column);
    boolean whole = cells.stream().allMatch(cell -> WHOLE.matcher(cell).matches());
    boolean distinct = cells.stream().distinct().count() == cells.size();
    if (ID.matcher(column.name()).matches() && whole && distinct) {
      add(
          "Whole numbers that are called ids, and are another in each row, are taken for numbers;"
              + " --ignore leaves them out",
          column,
          Texts.list(cells.subList(0, Math.min(3, cells.size()))) + ", …");
    }
  }

  /** A number of nines, repeated, at one end and farther from all others than these are apart. */
  private void nines(Column column) {
    TreeMap<Double, Integer> counts = new TreeMap<>();
    IntStream.range(0, column.cells().size())
        .mapToDouble(column::number)
        .filter(Double::isFinite)
        .forEach(x -> counts.merge(x, 1, Integer::sum));
    if (counts.size() < 3) {
      return;
    }
    double low = counts.firstKey();
    double high = counts.lastKey();
    double second = counts.higherKey(low);
    double last = counts.lowerKey(high);
    if (second - low > high - second) {
      nines(column, low, counts.get(low));
    } else if (high - last > last - low) {
      nines(column, high, counts.get(high));
    }
  }

  private void nines(Column column, double number, int count) {
    String digits = String.format(Locale.ROOT, "%.0f", number);
    if (count >= REPEATED && number == Math.rint(number) && NINES.matcher(digits).matches()) {
      add(
          digits
              + " comes again and again, far from all other numbers of its column; if it stands for a"
              + " missing one, say --missing-values "
              + digits,
          column,
          String.format(Locale.ROOT, "%,d cells", count));
    }
  }

  /** Looks at a column whose texts are taken for categories, or for classes. */
  void texts(Column column) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    List<String> cells = cells(column);
    cells.stream()
        .distinct()
        .forEach(
            cell -> alike.computeIfAbsent(plain(column, cell), p -> new ArrayList<>()).add(cell));
    alike.values().stream()
        .filter(texts -> texts.size() > 1)
        .findFirst()
        .ifPresent(
            texts ->
                add(
                    "Texts that differ only in how they are written are different values",
                    column,
                    Texts.list(texts.subList(0, Math.min(4, texts.size())))));
  }

  /** Looks at texts that stand for a missing class: one may be the name of a class. */
  void label(Column column) {
    Map<String, Integer> marks = marks(column);
    marks.remove("");
    if (!marks.isEmpty()) {
      add(
          "Cells that stand for a missing label; if one is a class, write another name for it",
          column,
          marks.entrySet().stream()
              .map(
                  mark ->
                      String.format(Locale.ROOT, "'%s' %,d times", mark.getKey(), mark.getValue()))
              .collect(Collectors.joining(", ")));
    }
  }

  /** Looks at the missing texts of a column: whether they are one value, and written as several. */
  void missing(Column column) {
    Map<String, Integer> marks = marks(column);
    if (marks.size() > 1) {
      add(
          "Different texts stand for a missing one, and are one value; if one is a category, write"
              + " another name for it",
          column,
          marks.keySet().stream()
              .map(mark -> mark.isEmpty() ? "nothing" : "'" + mark + "'")
              .collect(Collectors.joining(", ")));
    }
  }

  private static Map<String, Integer> marks(Column column) {
    Map<String, Integer> marks = new LinkedHashMap<>();
    IntStream.range(0, column.cells().size())
        .filter(column::missing)
        .forEach(row -> marks.merge(column.cells().get(row), 1, Integer::sum));
    return marks;
  }

  /** Looks at a column of texts that are not asked for: whether they are numbers after all. */
  void mixed(Column column, ColumnProfile profile) {
    List<String> cells = cells(column);
    if (profile.numbers() > SOME * cells.size()) {
      add(
          "Numbers among texts are taken for texts",
          column,
          String.format(Locale.ROOT, "%,d of %,d cells", profile.numbers(), cells.size()));
    }
    Map<String, Integer> units = new LinkedHashMap<>();
    for (String cell : cells) {
      Matcher unit = UNIT.matcher(cell);
      if (unit.matches()) {
        units.merge(unit.group(2), 1, Integer::sum);
      }
    }
    units.entrySet().stream()
        .filter(unit -> 2 * unit.getValue() > cells.size() && column.values(all(column)).size() > 2)
        .findFirst()
        .ifPresent(
            unit ->
                add(
                    "Numbers with a unit are taken for texts; without the unit they are numbers",
                    column,
                    "as in " + Texts.shortened(cells.get(0), 24)));
  }

  /** As a number if it is one, else without differences of case and of spaces. */
  private static String plain(Column column, String cell) {
    double number = column.numerals().parse(cell);
    return Double.isNaN(number)
        ? cell.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Zs}_-]+", " ")
        : String.valueOf(number);
  }

  private static int[] all(Column column) {
    return IntStream.range(0, column.cells().size()).toArray();
  }

  private static List<String> cells(Column column) {
    return IntStream.range(0, column.cells().size())
        .filter(row -> !column.missing(row))
        .mapToObj(row -> column.cells().get(row))
        .toList();
  }

  private void add(String words, Column column, String example) {
    columns
        .computeIfAbsent(words, w -> new ArrayList<>())
        .add("'" + Texts.shortened(column.name(), 40) + "' (" + example + ")");
  }

  /** Returns them in sentences. */
  List<String> words() {
    return columns.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + RowNames.list("column", entry.getValue()) + ".")
        .toList();
  }
}
