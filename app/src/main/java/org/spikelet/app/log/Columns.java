package org.spikelet.app.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.spikelet.app.tables.BadInput;

/**
 * Which column is what.
 *
 * @param names of the columns that are used
 * @param others columns that hold a loss, too, and were not taken
 * @param ids the column that says which rows of the data were in a batch, if there is one
 */
record Columns(Map<Field, String> names, List<String> others, Optional<String> ids) {

  /** A name that is there so many times as often as another is the one that is meant. */
  private static final int MORE = 10;

  /** What is the better the higher it is. */
  private static final Pattern BETTER =
      Pattern.compile(
          "(?i).*(acc(?![a-z])|accurac|reward|return|score|auc|f1|precision|recall|bleu|psnr|iou|top_?\\d).*");

  /** How many of the first rows have a number in each column. */
  static final class Census {
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<Set<String>, Long> together = new HashMap<>();
    private long rows;

    void add(Rows.Row row) {
      rows++;
      Set<String> here = new HashSet<>();
      for (int i = 0; i < row.names().size(); i++) {
        String cell = row.cells().get(i).strip();
        boolean number = !Cell.isMissing(cell) && Cell.number(cell).isPresent();
        numbers.merge(row.names().get(i), number ? 1L : 0L, Long::sum);
        if (number) {
          here.add(row.names().get(i));
        }
        if (!number && !Cell.isMissing(cell)) {
          words.putIfAbsent(row.names().get(i), row.line() + ": '" + cell + "'");
        }
      }
      together.merge(here, 1L, Long::sum);
    }

    /** In how many rows both have a number. */
    long together(String one, String other) {
      return together.entrySet().stream()
          .filter(rows -> rows.getKey().contains(one) && rows.getKey().contains(other))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    long rows() {
      return rows;
    }

    /** A column that is named as a loss and holds words: the first of them, and its line. */
    Optional<String> lossOfWords() {
      return words.keySet().stream()
          .filter(name -> Field.LOSS.isNamed(name) && numbers.get(name) == 0)
          .findFirst()
          .map(name -> words.get(name) + " in the column '" + name + "' is no number");
    }

    List<String> numeric() {
      return numbers.keySet().stream().filter(name -> numbers.get(name) > 0).toList();
    }

    String all() {
      return String.join(", ", numbers.keySet());
    }
  }

  /**
   * Finds the columns by their names.
   *
   * @param wanted the loss, if it was named
   * @throws BadInput if there is none that could be the loss, or several
   */
  static Columns of(String file, Census census, Optional<String> wanted) {
    List<String> numeric = census.numeric();
    if (numeric.isEmpty()) {
      throw new BadInput(
          file
              + ": no column holds numbers; its columns are "
              + census.all()
              + ". A log needs a header such as step,loss and a line of numbers for each step");
    }
    Map<Field, String> names = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      if (field != Field.LOSS) {
        best(field, census).ifPresent(name -> names.put(field, name));
      }
    }
    String loss =
        wanted.map(name -> named(file, name, census)).orElseGet(() -> loss(file, census, names));
    names.values().remove(loss);
    stepOf(loss, census).ifPresent(name -> names.put(Field.STEP, name));
    names.put(Field.LOSS, loss);
    List<String> others =
        numeric.stream().filter(name -> Field.LOSS.isNamed(name) && !name.equals(loss)).toList();
    Optional<String> ids = census.numbers.keySet().stream().filter(BatchIds::isNamed).findFirst();
    return new Columns(names, others, ids);
  }

  /** The surest name; of equal ones that with the most numbers, then the shortest. */
  private static Optional<String> best(Field field, Census census) {
    return best(field, census, census.numeric());
  }

  private static Optional<String> best(Field field, Census census, List<String> names) {
    return names.stream()
        .filter(field::isNamed)
        .min(
            Comparator.<String>comparingInt(field::tier)
                .thenComparing(name -> -census.numbers.get(name))
                .thenComparingInt(String::length));
  }

  /** The step that stands beside the loss: lines of another kind may count by another name. */
  private static Optional<String> stepOf(String loss, Census census) {
    List<String> steps =
        census.numeric().stream()
            .filter(name -> Field.STEP.isNamed(name) && !name.equals(loss))
            .toList();
    long most = steps.stream().mapToLong(name -> census.together(name, loss)).max().orElse(0);
    return best(
        Field.STEP,
        census,
        steps.stream().filter(name -> census.together(name, loss) * MORE > most).toList());
  }

  private static String named(String file, String wanted, Census census) {
    if (census.numeric().contains(wanted)) {
      return wanted;
    }
    throw new BadInput(
        "--loss: "
            + file
            + " has no column '"
            + wanted
            + "' of numbers; those with numbers are "
            + String.join(", ", census.numeric()));
  }

  private static String loss(String file, Census census, Map<Field, String> others) {
    Map<Integer, List<String>> tiers = new TreeMap<>();
    for (String name : census.numeric()) {
      if (Field.LOSS.isNamed(name)) {
        tiers.computeIfAbsent(Field.LOSS.tier(name), tier -> new ArrayList<>()).add(name);
      }
    }
    if (tiers.isEmpty()) {
      return only(file, census, others);
    }
    List<String> best = tiers.values().iterator().next();
    long most = best.stream().mapToLong(census.numbers::get).max().orElse(0);
    List<String> frequent =
        best.stream().filter(name -> census.numbers.get(name) * MORE > most).toList();
    if (frequent.size() > 1) {
      throw new BadInput(
          file
              + ": several columns could be the loss: "
              + String.join(", ", frequent)
              + ". Say which with --loss, such as --loss '"
              + frequent.get(0)
              + "'");
    }
    return frequent.get(0);
  }

  /** No name says loss; but if one column is left over, it must be it. */
  private static String only(String file, Census census, Map<Field, String> others) {
    List<String> left =
        census.numeric().stream()
            .filter(name -> !others.containsValue(name))
            .filter(name -> !name.toLowerCase(Locale.ROOT).matches(".*(time|date).*"))
            .toList();
    if (left.size() == 1 && !others.isEmpty() && !BETTER.matcher(left.get(0)).matches()) {
      return left.get(0);
    }
    if (census.lossOfWords().isPresent()) {
      throw new BadInput(file + ":" + census.lossOfWords().get());
    }
    throw new BadInput(
        file
            + ": no column is named loss; those with numbers are "
            + String.join(", ", census.numeric())
            + ". Say with --loss which one is the loss");
  }
}
