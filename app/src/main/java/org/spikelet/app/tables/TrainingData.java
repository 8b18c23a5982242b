package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Dataset;

/**
 * A table made ready to train on.
 *
 * @param data inputs: n × features; targets: n × targets, or n classes
 * @param features the names of the inputs
 * @param outputs the names of the targets, or the classes
 */
public record TrainingData(Dataset data, List<String> features, List<String> outputs) {

  /** Copies the lists. */
  public TrainingData {
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
  }

  /**
   * Takes the columns apart: what to predict, what to leave out, and the rest to predict it from.
   *
   * @param label the column of classes; empty for regression
   * @param targets the columns of numbers to predict; empty for classification
   * @throws BadInput if the table has not what is needed
   */
  public static TrainingData of(
      CsvTable table, Optional<String> label, List<String> targets, List<String> ignored) {
    Set<Integer> taken = new LinkedHashSet<>();
    ignored.forEach(name -> taken.add(table.column(name, "--ignore")));
    label.ifPresent(name -> taken.add(table.column(name, "--label")));
    List<Integer> targetColumns = new ArrayList<>();
    targets.forEach(name -> targetColumns.add(table.column(name, "--targets")));
    taken.addAll(targetColumns);
    List<Integer> inputColumns = new ArrayList<>();
    for (int k = 0; k < table.header().size(); k++) {
      if (!taken.contains(k)) {
        inputColumns.add(k);
      }
    }
    if (inputColumns.isEmpty()) {
      throw new BadInput(
          table.file() + ": no column is left to predict from; name fewer in the options");
    }
    int n = table.rows().size();
    if (n < 2) {
      throw new BadInput(
          table.file()
              + ": training needs at least two rows of data, there is "
              + (n == 0 ? "none" : "one"));
    }
    Tensor inputs = numbers(table, inputColumns);
    List<String> features = inputColumns.stream().map(table.header()::get).toList();
    if (label.isPresent()) {
      int column = table.column(label.get(), "--label");
      List<String> classes = classes(table, column);
      double[] indices =
          table.rows().stream()
              .mapToDouble(row -> classes.indexOf(row.values().get(column)))
              .toArray();
      return new TrainingData(
          new Dataset(inputs, Tensor.of(Shape.of(n), indices)), features, classes);
    }
    return new TrainingData(new Dataset(inputs, numbers(table, targetColumns)), features, targets);
  }

  /** rows × columns. */
  private static Tensor numbers(CsvTable table, List<Integer> columns) {
    double[] values = new double[table.rows().size() * columns.size()];
    int at = 0;
    for (CsvTable.Row row : table.rows()) {
      for (int column : columns) {
        values[at++] = table.number(row, column);
      }
    }
    return Tensor.of(Shape.of(table.rows().size(), columns.size()), values);
  }

  private static List<String> classes(CsvTable table, int column) {
    String name = table.header().get(column);
    Set<String> classes = new TreeSet<>();
    for (CsvTable.Row row : table.rows()) {
      if (row.values().get(column).isEmpty()) {
        throw new BadInput(
            table.at(row) + ": column '" + name + "': the label is missing; leave out the row");
      }
      classes.add(row.values().get(column));
    }
    if (classes.size() == 1) {
      throw new BadInput(
          table.file()
              + ": all rows have the label '"
              + classes.iterator().next()
              + "' in column '"
              + name
              + "'; there is nothing to learn from one class");
    }
    if (classes.size() > table.rows().size() / 2 && classes.size() > 20) {
      throw new BadInput(
          table.file()
              + ": column '"
              + name
              + "' has "
              + classes.size()
              + " labels in "
              + table.rows().size()
              + " rows; are they numbers to predict? Then use --targets "
              + name);
    }
    return List.copyOf(classes);
  }

  /** Returns whether the targets are classes: one index for each row, not rows of numbers. */
  public boolean classification() {
    return data.targets().shape().rank() == 1;
  }

  /** Returns this with each input less its mean, over its deviation; a constant one becomes 0. */
  public TrainingData standardized() {
    Tensor x = data.inputs();
    Tensor centred = x.sub(x.mean(0));
    Tensor deviation = centred.square().mean(0).sqrt();
    Tensor divisor = deviation.greaterThan(0).where(deviation, Tensor.ones(deviation.shape()));
    return new TrainingData(new Dataset(centred.div(divisor), data.targets()), features, outputs);
  }
}
