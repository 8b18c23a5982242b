package org.spikelet.app.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.spikelet.app.options.LossChoice;
import org.spikelet.app.tables.Scale;
import org.spikelet.app.tables.TrainingData;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;

/** How a trained net predicts the rows that it was trained on, in the columns' own units. */
final class Fit {

  /** Predictions whose range is this part of the targets' deviation are called one value. */
  private static final double ONE_VALUE = 0.01;

  /** An error that is this part of the mean's is hardly better. */
  private static final double HARDLY = 0.99;

  private static final int CHUNK = 4_096;
  private static final int TARGETS = 4;

  private final TrainingData table;

  /** n × outputs, as the net gives them. */
  private final double[] predictions;

  private Fit(TrainingData table, double[] predictions) {
    this.table = table;
    this.predictions = predictions;
  }

  /** Predicts all rows. */
  static Fit of(Module net, TrainingData table) {
    int width = table.outputs().size();
    double[] predictions = new double[table.data().size() * width];
    forEachChunk(
        net,
        table,
        (rows, y) ->
            System.arraycopy(y.toArray(), 0, predictions, rows[0] * width, rows.length * width));
    return new Fit(table, predictions);
  }

  /** Returns the mean loss over all rows, in evaluation. */
  static double loss(Module net, TrainingData table, LossChoice loss) {
    double[] sum = {0};
    forEachChunk(
        net,
        table,
        (rows, y) ->
            sum[0] +=
                rows.length
                    * loss.function().apply(y, table.data().targets().gatherRows(rows)).item());
    return sum[0] / table.data().size();
  }

  /** The net is in training again afterwards. */
  private static void forEachChunk(
      Module net, TrainingData table, BiConsumer<int[], Tensor> consumer) {
    net.eval();
    int count = table.data().size();
    for (int from = 0; from < count; from += CHUNK) {
      int[] rows = IntStream.range(from, Math.min(count, from + CHUNK)).toArray();
      consumer.accept(rows, net.forward(table.data().inputs().gatherRows(rows)));
    }
    net.train();
  }

  /** Whether all predictions are finite; otherwise nothing can be said. */
  private boolean finite() {
    return Arrays.stream(predictions).allMatch(Double::isFinite);
  }

  /** Says how good they are, and what is wrong with all of them. */
  List<String> words() {
    if (!finite()) {
      return List.of("The trained net's predictions are not finite.");
    }
    if (table.classification()) {
      return List.of(classes());
    }
    int all = table.outputs().size();
    List<String> words = new ArrayList<>();
    IntStream.range(0, Math.min(all, TARGETS)).forEach(target -> words.add(numbers(target)));
    if (all > TARGETS) {
      words.add("Of the " + all + " targets these are the first " + TARGETS + ".");
    }
    return words;
  }

  /** Returns what the net predicts for a row, in words. */
  String predicted(int row) {
    if (!finite()) {
      return "a number that is not finite";
    }
    int width = table.outputs().size();
    if (table.classification()) {
      return table.outputs().get(largest(row));
    }
    List<String> parts = new ArrayList<>();
    for (int target = 0; target < Math.min(width, TARGETS); target++) {
      Scale scale = table.scales().get(target);
      parts.add(
          table.outputs().get(target)
              + " "
              + Numbers.among(
                  deviation(target), scale.original(predictions[row * width + target])));
    }
    return String.join(", ", parts);
  }

  private int largest(int row) {
    int width = table.outputs().size();
    int best = 0;
    for (int k = 1; k < width; k++) {
      best = predictions[row * width + k] > predictions[row * width + best] ? k : best;
    }
    return best;
  }

  private String classes() {
    int rows = table.data().size();
    double[] targets = table.data().targets().toArray();
    int[] counts = new int[table.outputs().size()];
    int[] named = new int[table.outputs().size()];
    int right = 0;
    for (int row = 0; row < rows; row++) {
      int predicted = largest(row);
      counts[(int) targets[row]]++;
      named[predicted]++;
      right += predicted == targets[row] ? 1 : 0;
    }
    int most = Arrays.stream(counts).max().orElse(0);
    String one =
        Arrays.stream(named).anyMatch(n -> n == rows)
            ? " The predictions are one class, "
                + table.outputs().get(largest(0))
                + ", for every row."
            : "";
    return String.format(
        Locale.ROOT,
        "At the end the net names the class of %,d of the %,d rows (%s); the most frequent class alone"
            + " has %,d.%s",
        right,
        rows,
        percent(right, rows),
        most,
        one);
  }

  private static String percent(int part, int all) {
    return part == all ? "100 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
  }

  private String numbers(int target) {
    int width = table.outputs().size();
    String name = table.outputs().get(target);
    Scale scale = table.scales().get(target);
    double[] predicted = column(predictions, width, target);
    double[] known = column(table.data().targets().toArray(), width, target);
    double off = rootMeanSquare(known, i -> predicted[i]);
    double constant = aroundMean(known);
    double low = Arrays.stream(predicted).min().orElse(0);
    double high = Arrays.stream(predicted).max().orElse(0);
    String range =
        high - low <= ONE_VALUE * constant
            ? "The predictions of "
                + name
                + " are "
                + one(low, high, constant, scale)
                + ", for every row"
            : "At the end the predictions of "
                + name
                + " lie from "
                + Numbers.among(scale.difference(constant), scale.original(low))
                + " to "
                + Numbers.among(scale.difference(constant), scale.original(high));
    return range
        + ", and are off by "
        + Numbers.of(scale.difference(off))
        + " (root mean square over all rows); the mean alone is off by "
        + Numbers.of(scale.difference(constant))
        + "."
        + (off < HARDLY * constant
            ? ""
            : " That is "
                + (off < constant ? "hardly" : "no")
                + " better than the mean for every row.");
  }

  private static String one(double low, double high, double constant, Scale scale) {
    double deviation = scale.difference(constant);
    String from = Numbers.among(deviation, scale.original(low));
    String to = Numbers.among(deviation, scale.original(high));
    return from.equals(to) ? "one value, " + from : "nearly one value, " + from + " to " + to;
  }

  private static double[] column(double[] all, int width, int target) {
    return IntStream.range(0, all.length / width)
        .mapToDouble(i -> all[i * width + target])
        .toArray();
  }

  /** How far a target's numbers are apart, in its column's own unit. */
  private double deviation(int target) {
    double[] known = column(table.data().targets().toArray(), table.outputs().size(), target);
    return table.scales().get(target).difference(aroundMean(known));
  }

  private static double aroundMean(double... known) {
    double mean = Arrays.stream(known).average().orElse(0);
    return rootMeanSquare(known, i -> mean);
  }

  private static double rootMeanSquare(double[] known, IntToDoubleFunction of) {
    return Math.sqrt(
        IntStream.range(0, known.length)
            .mapToDouble(i -> (known[i] - of.applyAsDouble(i)) * (known[i] - of.applyAsDouble(i)))
            .average()
            .orElse(0));
  }
}
