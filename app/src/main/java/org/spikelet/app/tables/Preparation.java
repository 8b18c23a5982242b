package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Dataset;

/**
 * Takes a table's columns apart: what to predict, what to leave out, and what to predict it from.
 */
final class Preparation {

  private final CsvTable table;
  private final Rules rules;
  private final Problems problems;
  private final List<Column> columns;
  private final List<Integer> labels;
  private final List<Integer> targets;
  private final Set<Integer> ignored;
  private final Set<Integer> categorical;
  private final Map<Integer, ColumnProfile> profiles = new LinkedHashMap<>();
  private final Map<Integer, ColumnChecks.Use> inputs = new LinkedHashMap<>();
  private final Map<Integer, Account.Entry> account = new TreeMap<>();
  private final List<String> remarks;

  Preparation(CsvTable table, Roles roles, Rules rules) {
    this.table = table;
    this.rules = rules;
    problems = table.problems();
    remarks = new ArrayList<>(table.remarks());
    MissingMarks marks = new MissingMarks(rules.missingMarks());
    columns =
        IntStream.range(0, table.header().size())
            .mapToObj(
                k ->
                    new Column(
                        table.header().get(k), table.columns().get(k), table.numerals(), marks))
            .toList();
    ColumnNames names = new ColumnNames(table.header(), problems);
    labels = roles.label().map(name -> names.find(List.of(name), "--label")).orElse(List.of());
    targets = names.find(roles.targets(), "--targets");
    ignored = new HashSet<>(names.find(roles.ignored(), "--ignore"));
    categorical = new HashSet<>(names.find(roles.categorical(), "--categorical"));
  }

  /** Checks all, then makes numbers of it. */
  PreparedTable prepare() {
    checkInputs();
    checkOutputs();
    if (rules.missing() == MissingChoice.FAIL) {
      checkNothingMissing();
    }
    if (table.rows() < 2 && !problems.inLines()) {
      problems.file(
          "training needs at least two rows of data, there is "
              + (table.rows() == 0 ? "none" : "one"));
    }
    remarks.forEach(problems::note);
    problems.refuse();
    int[] rows = rows();
    TrainingData data = data(rows);
    return new PreparedTable(
        data, names(rows), new Account(remarks, List.copyOf(account.values())));
  }

  private void checkInputs() {
    ColumnChecks checks = new ColumnChecks(table.lines(), rules, problems);
    for (int k = 0; k < columns.size(); k++) {
      if (ignored.contains(k) || labels.contains(k) || targets.contains(k)) {
        continue;
      }
      ColumnProfile profile = profile(k);
      boolean forced = categorical.contains(k) && profile.kind() != ColumnKind.EMPTY;
      inputs.put(
          k, forced ? checks.categories(columns.get(k)) : checks.input(columns.get(k), profile));
    }
    if (inputs.isEmpty() && problems.isEmpty()) {
      problems.file("no column is left to predict from; name fewer in the options");
    }
  }

  private ColumnProfile profile(int k) {
    return profiles.computeIfAbsent(k, each -> ColumnProfile.of(columns.get(each)));
  }

  private void checkOutputs() {
    if (labels.size() > 1) {
      problems.file("--label: names one column, not " + labels.size());
    }
    ColumnChecks checks = new ColumnChecks(table.lines(), rules, problems);
    for (int k : labels) {
      forbidIgnoring(k, "--label");
      profile(k);
    }
    for (int k : targets) {
      forbidIgnoring(k, "--targets");
      ColumnProfile profile = profile(k);
      if (profile.kind() == ColumnKind.TEXT || profile.kind() == ColumnKind.DATE) {
        problems.file(
            "--targets: column '"
                + columns.get(k).name()
                + "' holds text, such as '"
                + Texts.shortened(profile.texts().keySet().iterator().next(), 40)
                + "'; to predict classes use --label");
      } else {
        checks.numbers(columns.get(k), profile);
      }
    }
  }

  private void forbidIgnoring(int k, String option) {
    if (ignored.contains(k)) {
      problems.file(
          "--ignore: column '" + columns.get(k).name() + "' is what " + option + " names; choose");
    }
  }

  private void checkNothingMissing() {
    for (int k : profiles.keySet()) {
      Column column = columns.get(k);
      for (int row = 0; profile(k).missing() > 0 && row < table.rows(); row++) {
        if (column.missing(row)) {
          problems.cure("--missing drop leaves out such rows, --missing mean fills numbers in");
          problems.cell(
              table.lines().get(row),
              column.name(),
              "the value is missing ('" + column.cells().get(row) + "')");
        }
      }
    }
  }

  /**
   * The rows that are kept: those with a label and targets, and as the rules say with all inputs.
   */
  private int[] rows() {
    List<Column> needed = new ArrayList<>();
    labels.forEach(k -> needed.add(columns.get(k)));
    targets.forEach(k -> needed.add(columns.get(k)));
    int[] taught =
        IntStream.range(0, table.rows())
            .filter(row -> needed.stream().noneMatch(column -> column.missing(row)))
            .toArray();
    remarkDropped(
        table.rows() - taught.length, "without a " + (labels.isEmpty() ? "target" : "label"));
    int[] kept = taught;
    List<Column> used =
        inputs.entrySet().stream()
            .filter(
                entry ->
                    entry.getValue() == ColumnChecks.Use.NUMBERS
                        || entry.getValue() == ColumnChecks.Use.CATEGORIES)
            .map(entry -> columns.get(entry.getKey()))
            .toList();
    if (rules.missing() == MissingChoice.DROP) {
      kept =
          Arrays.stream(taught)
              .filter(row -> used.stream().noneMatch(column -> column.missing(row)))
              .toArray();
      remarkDropped(taught.length - kept.length, "with missing cells");
    } else {
      remarkFilled(used, taught);
    }
    if (kept.length < 2) {
      problems.file(
          "of "
              + table.rows()
              + " rows "
              + kept.length
              + (kept.length == 1 ? " is" : " are")
              + " left without those that miss a value; training needs two. Leave out the columns that"
              + " miss most with --ignore, or use --missing mean");
      problems.refuse();
    }
    return kept;
  }

  private void remarkDropped(int count, String which) {
    if (count > 0) {
      remarks.add(
          String.format(
              Locale.ROOT, "%,d row%s %s left out.", count, count == 1 ? "" : "s", which));
    }
  }

  private void remarkFilled(List<Column> used, int... rows) {
    long missing =
        used.stream().mapToLong(c -> Arrays.stream(rows).filter(c::missing).count()).sum();
    if (missing > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d missing cell%s: a number gets its column's mean, a text a value of its own;"
                  + " --missing drop leaves out such rows.",
              missing,
              missing == 1 ? "" : "s"));
    }
  }

  private TrainingData data(int... rows) {
    List<Feature> features = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      if (inputs.containsKey(k)) {
        Feature feature = feature(k, rows);
        features.add(feature);
        String kind = inputs.get(k) == ColumnChecks.Use.CATEGORIES ? "text" : kind(k);
        account(k, kind, feature.done());
      } else if (ignored.contains(k)) {
        account(k, "", "left out: --ignore");
      }
    }
    List<String> names = features.stream().flatMap(f -> f.names().stream()).toList();
    if (names.isEmpty()) {
      problems.file(
          account.values().stream()
              .filter(entry -> entry.done().startsWith("left out"))
              .map(entry -> "column '" + entry.column() + "' is " + entry.done())
              .collect(Collectors.joining(", ", "no column is left to predict from: ", "")));
    }
    Outputs outputs = labels.isEmpty() ? numbers(rows) : classes(rows);
    problems.refuse();
    Tensor x = inputs(features, names.size(), rows);
    return new TrainingData(
        new Dataset(x, outputs.tensor()), names, outputs.names(), outputs.scales());
  }

  private Feature feature(int k, int... rows) {
    Column column = columns.get(k);
    return switch (inputs.get(k)) {
      case NUMBERS ->
          (table.unnamed().contains(column.name()) || column.name().startsWith("Unnamed:"))
                  && Feature.counts(column)
              ? Feature.leftOut("counts the rows")
              : Feature.numbers(column, rows, rules.scaling());
      case CATEGORIES -> Feature.oneHot(column, rows);
      case NAMES ->
          Feature.leftOut(
              "like names, "
                  + profile(k).texts().size()
                  + " values in "
                  + (table.rows() - profile(k).missing())
                  + " rows");
      case NOTHING -> Feature.leftOut("no value");
    };
  }

  /** rows × features. */
  private Tensor inputs(List<Feature> features, int width, int... rows) {
    if ((long) rows.length * width > Integer.MAX_VALUE - 8) {
      throw new BadInput(
          table.file()
              + ": "
              + rows.length
              + " rows of "
              + width
              + " inputs are more numbers than an array holds; leave out rows or columns");
    }
    double[] values = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      int at = i * width;
      for (Feature feature : features) {
        feature.writer().write(rows[i], values, at);
        at += feature.names().size();
      }
    }
    return Tensor.of(Shape.of(rows.length, width), values);
  }

  /** What is to be predicted: n × targets, or n classes. */
  private record Outputs(Tensor tensor, List<String> names, List<Scale> scales) {}

  private Outputs numbers(int... rows) {
    double[] values = new double[rows.length * targets.size()];
    List<Scale> scales = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      Column column = columns.get(targets.get(t));
      double[] numbers = Arrays.stream(rows).mapToDouble(column::number).toArray();
      if (Arrays.stream(numbers).allMatch(x -> x == numbers[0])) {
        problems.file(
            "all rows have the target "
                + Texts.number(numbers[0])
                + " in column '"
                + column.name()
                + "'; there is nothing to learn from one value");
      }
      Scale scale = rules.scaling() == Scaling.STANDARD ? Scale.of(numbers) : Scale.NONE;
      scales.add(scale);
      for (int i = 0; i < rows.length; i++) {
        values[i * targets.size() + t] = scale.standard(numbers[i]);
      }
      Scale measured = Scale.of(numbers);
      account(
          targets.get(t),
          "number",
          String.format(
              "to predict; %smean %s, deviation %s",
              rules.scaling() == Scaling.STANDARD ? "standardized: " : "",
              Texts.number(measured.originalMean()),
              Texts.number(measured.difference(1))));
    }
    List<String> names = targets.stream().map(k -> columns.get(k).name()).toList();
    return new Outputs(Tensor.of(Shape.of(rows.length, targets.size()), values), names, scales);
  }

  private Outputs classes(int... rows) {
    Column column = columns.get(labels.get(0));
    SortedMap<String, Integer> classes = column.values(rows);
    String name = column.name();
    if (classes.size() == 1) {
      problems.file(
          "all rows have the label '"
              + classes.firstKey()
              + "' in column '"
              + name
              + "'; there is nothing to learn from one class");
    }
    if (classes.size() > rows.length / 2 && classes.size() > 20) {
      problems.file(
          "column '"
              + name
              + "' has "
              + classes.size()
              + " labels in "
              + rows.length
              + " rows; are they numbers to predict? Then use --targets "
              + name);
    }
    account(
        labels.get(0),
        "label",
        "to predict, " + classes.size() + " classes: " + Texts.list(classes.keySet()));
    double[] indices =
        Arrays.stream(rows).mapToDouble(row -> classes.get(column.text(row))).toArray();
    return new Outputs(
        Tensor.of(Shape.of(rows.length), indices), List.copyOf(classes.keySet()), List.of());
  }

  private String kind(int k) {
    return profile(k).kind().toString();
  }

  private void account(int k, String kind, String done) {
    int missing = profiles.containsKey(k) ? profile(k).missing() : 0;
    account.put(k, new Account.Entry(columns.get(k).name(), kind, missing, done));
  }

  private RowNames names(int... rows) {
    List<Integer> first = labels.isEmpty() ? targets : labels;
    List<Integer> order = new ArrayList<>(first);
    IntStream.range(0, columns.size()).filter(k -> !first.contains(k)).forEach(order::add);
    RowWords words = new RowWords(table, order.stream().map(columns::get).toList());
    return RowNames.ofFile(row -> table.lines().get(rows[row]), row -> words.of(rows[row]));
  }
}
