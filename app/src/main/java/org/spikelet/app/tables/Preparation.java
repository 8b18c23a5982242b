package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final Set<ColumnChecks.Use> USED =
      EnumSet.of(ColumnChecks.Use.NUMBERS, ColumnChecks.Use.CATEGORIES);

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
    MissingMarks marks = new MissingMarks(rules.missingMarks(), table.numerals());
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
    remarks.addAll(doubts());
    remarks.forEach(problems::note);
    problems.refuse();
    int[] rows = rows();
    int last = table.rows() - 1;
    if (rows[rows.length - 1] == last) {
      new TotalRow(last, columns).doubt(table.lines().get(last)).ifPresent(remarks::add);
    }
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
      int[] present = present(k);
      if (present.length > 1) {
        Set<String> classes = columns.get(k).values(present).keySet();
        Outputs.checkClasses(columns.get(k).name(), classes, present.length, problems);
      }
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
        if (profile.texts().isEmpty() && present(k).length > 1) {
          Outputs.checkDiffer(
              columns.get(k).name(),
              problems,
              IntStream.of(present(k)).mapToDouble(columns.get(k)::number).toArray());
        }
      }
    }
  }

  /** The rows in which a column has a value. */
  private int[] present(int k) {
    return IntStream.range(0, table.rows()).filter(row -> !columns.get(k).missing(row)).toArray();
  }

  private void forbidIgnoring(int k, String option) {
    if (ignored.contains(k)) {
      problems.file(
          "--ignore: column '" + columns.get(k).name() + "' is what " + option + " names; choose");
    }
  }

  private List<String> doubts() {
    Doubts doubts = new Doubts();
    inputs.forEach((k, use) -> doubt(doubts, k, use));
    labels.forEach(k -> doubts.texts(columns.get(k)));
    labels.forEach(k -> doubts.label(columns.get(k)));
    targets.stream()
        .filter(k -> profile(k).kind() == ColumnKind.NUMBER)
        .forEach(k -> doubts.numbers(columns.get(k)));
    return doubts.words();
  }

  private void doubt(Doubts doubts, int k, ColumnChecks.Use use) {
    Column column = columns.get(k);
    switch (use) {
      case NUMBERS -> {
        doubts.numbers(column);
        doubts.ids(column);
      }
      case CATEGORIES -> {
        doubts.texts(column);
        doubts.missing(column);
      }
      default -> {}
    }
    if (profile(k).kind() == ColumnKind.TEXT && !categorical.contains(k)) {
      doubts.mixed(column, profile(k));
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
              Problems.Fault.MISSING,
              column.cells().get(row));
        }
      }
    }
  }

  private int[] rows() {
    List<Column> used =
        inputs.entrySet().stream()
            .filter(entry -> USED.contains(entry.getValue()))
            .map(entry -> columns.get(entry.getKey()))
            .toList();
    List<Integer> outputs = labels.isEmpty() ? targets : labels;
    return new KeptRows(table.rows(), rules, problems, remarks)
        .of(
            outputs.stream().map(columns::get).toList(),
            labels.isEmpty() ? "target" : "label",
            used);
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
    Outputs outputs = outputs(rows);
    problems.refuse();
    Tensor x = inputs(features, names.size(), rows);
    return new TrainingData(
        new Dataset(x, outputs.tensor()), names, outputs.names(), outputs.scales());
  }

  private Outputs outputs(int... rows) {
    if (!labels.isEmpty()) {
      Outputs classes = Outputs.classes(columns.get(labels.get(0)), problems, rows);
      account(labels.get(0), "label", classes.done().get(0));
      return classes;
    }
    Outputs numbers =
        Outputs.numbers(targets.stream().map(columns::get).toList(), rules, problems, rows);
    for (int t = 0; t < targets.size(); t++) {
      account(targets.get(t), "number", numbers.done().get(t));
    }
    return numbers;
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
