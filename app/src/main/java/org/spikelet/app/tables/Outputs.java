package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * What is to be predicted.
 *
 * @param tensor n × targets, or n classes
 * @param names of the targets, or the classes
 * @param scales of the targets; none for classes
 * @param done what was done, for each column
 */
record Outputs(Tensor tensor, List<String> names, List<Scale> scales, List<String> done) {

  /** Columns of numbers; one that is always the same is a problem. */
  static Outputs numbers(List<Column> columns, Rules rules, Problems problems, int... rows) {
    double[] values = new double[rows.length * columns.size()];
    List<Scale> scales = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (int t = 0; t < columns.size(); t++) {
      double[] numbers = Arrays.stream(rows).mapToDouble(columns.get(t)::number).toArray();
      checkDiffer(columns.get(t).name(), problems, numbers);
      Scale measured = Scale.of(numbers);
      boolean standard = rules.scaling() == Scaling.STANDARD;
      Scale scale = standard ? measured : Scale.NONE;
      scales.add(scale);
      for (int i = 0; i < rows.length; i++) {
        values[i * columns.size() + t] = scale.standard(numbers[i]);
      }
      done.add(
          String.format(
              Locale.ROOT,
              "to predict; %smean %s, deviation %s",
              standard ? "standardized: " : "",
              Texts.number(measured.originalMean()),
              Texts.number(measured.difference(1))));
    }
    Tensor tensor = Tensor.of(Shape.of(rows.length, columns.size()), values);
    return new Outputs(tensor, columns.stream().map(Column::name).toList(), scales, done);
  }

  /** A column of classes; one class is a problem, and so is nearly one for each row. */
  static Outputs classes(Column column, Problems problems, int... rows) {
    SortedMap<String, Integer> classes = column.values(rows);
    checkClasses(column.name(), classes.keySet(), rows.length, problems);
    double[] indices =
        Arrays.stream(rows).mapToDouble(row -> classes.get(column.text(row))).toArray();
    return new Outputs(
        Tensor.of(Shape.of(rows.length), indices),
        List.copyOf(classes.keySet()),
        List.of(),
        List.of("to predict, " + classes.size() + " classes: " + Texts.list(classes.keySet())));
  }

  /** Writes down that a target is always the same. */
  static void checkDiffer(String column, Problems problems, double... numbers) {
    if (Arrays.stream(numbers).allMatch(x -> x == numbers[0])) {
      problems.file(
          "all rows have the target "
              + Texts.number(numbers[0])
              + " in column '"
              + column
              + "'; there is nothing to learn from one value");
    }
  }

  /** Writes down that there is one class, or nearly one for each row. */
  static void checkClasses(String column, Set<String> classes, int rows, Problems problems) {
    if (classes.size() == 1) {
      problems.file(
          "all rows have the label '"
              + classes.iterator().next()
              + "' in column '"
              + column
              + "'; there is nothing to learn from one class");
    }
    if (classes.size() > rows / 2 && classes.size() > 20) {
      problems.file(
          "column '"
              + column
              + "' has "
              + classes.size()
              + " labels in "
              + rows
              + " rows; are they numbers to predict? Then use --targets "
              + column);
    }
  }
}
