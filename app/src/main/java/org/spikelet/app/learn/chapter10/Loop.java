package org.spikelet.app.learn.chapter10;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import course.Optimizers;
import course.Optimizers.Optimizer;
import course.Training;
import course.Training.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A training loop that may have slips in it. What it knows of the learner's class is how data is
 * made and drawn, which is given.
 */
final class Loop {
  private static final long SEED = 7;
  private static final int EXAMPLES = 50;
  private static final double ETA = 0.002;
  private static final double MU = 0.9;

  /** What may be wrong in it. */
  enum Slip {
    /** Nothing. */
    NONE,
    /** The loss is that after the step. */
    LOSS_AFTER,
    /** No loss is kept. */
    NOT_KEPT,
    /** The moved weights are not put back, or nothing is moved. */
    NOT_PUT_BACK,
    /** The variables are made once, before the loop. */
    STALE_VARIABLES,
    /** All steps see the first batch. */
    ONE_BATCH,
    /** Inputs and targets are of different batches. */
    TWO_BATCHES,
    /** Only the first weights move. */
    FIRST_ONLY,
    /** Biases do not move. */
    NO_BIASES,
    /** The optimizers are new in each step. */
    NEW_OPTIMIZERS
  }

  private Loop() {}

  static Training training() {
    return new Training(SEED, EXAMPLES);
  }

  static Optimizer optimizer(int size) {
    return new Optimizers.Momentum(ETA, MU, size);
  }

  static String text(int steps) {
    return "var training = new Training("
        + SEED
        + ", "
        + EXAMPLES
        + ");\nvar losses = training.run("
        + steps
        + ", size -> new Optimizers.Momentum("
        + ETA
        + ", "
        + MU
        + ", size));\n"
        + "var weights = training.parameters().stream().flatMapToDouble(\n"
        + "    p -> Arrays.stream(p.toArray()));\n"
        + "List.of(losses, weights.map(w -> w * w).sum())";
  }

  static List<String> labels(int steps) {
    List<String> labels = new ArrayList<>();
    IntStream.rangeClosed(1, steps).forEach(t -> labels.add("loss of step " + t));
    labels.add("all weights squared, summed");
    return labels;
  }

  /** Returns the losses, and behind them what tells where the weights are now. */
  static double[] numbers(double[] losses, List<Matrix> parameters) {
    double[] numbers = Arrays.copyOf(losses, losses.length + 1);
    numbers[losses.length] =
        parameters.stream()
            .flatMapToDouble(p -> Arrays.stream(p.toArray()))
            .map(each -> each * each)
            .sum();
    return numbers;
  }

  /** Trains. */
  static double[] run(int steps, Slip slip) {
    Training data = training();
    List<Matrix> parameters = new ArrayList<>(data.parameters());
    List<Optimizer> optimizers = optimizers(parameters);
    double[] losses = new double[steps];
    Batch batch = data.next();
    for (int step = 0; step < steps; step++) {
      batch = step == 0 || slip == Slip.ONE_BATCH ? batch : data.next();
      batch = slip == Slip.TWO_BATCHES ? new Batch(batch.x(), data.next().y()) : batch;
      optimizers = slip == Slip.NEW_OPTIMIZERS ? optimizers(parameters) : optimizers;
      Graph graph = new Graph();
      List<Matrix> seen = slip == Slip.STALE_VARIABLES ? data.parameters() : parameters;
      List<Variable> p = seen.stream().map(graph::variable).toList();
      Variable loss = loss(graph, p, batch);
      losses[step] = loss.value().at(0, 0);
      List<Variable> gradients = graph.gradients(loss, p);
      for (int i = 0; i < p.size(); i++) {
        if (moves(i, slip)) {
          Matrix old = parameters.get(i);
          double[] w = old.toArray();
          optimizers.get(i).step(w, gradients.get(i).value().toArray());
          parameters.set(i, Matrix.of(old.rows(), old.columns(), w));
        }
      }
      if (slip == Slip.LOSS_AFTER) {
        losses[step] =
            loss(graph, parameters.stream().map(graph::variable).toList(), batch).value().at(0, 0);
      }
    }
    return numbers(slip == Slip.NOT_KEPT ? new double[steps] : losses, parameters);
  }

  private static Variable loss(Graph graph, List<Variable> p, Batch batch) {
    return Net.loss(p, graph.variable(batch.x()), graph.variable(batch.y()));
  }

  private static boolean moves(int parameter, Slip slip) {
    return switch (slip) {
      case NOT_PUT_BACK -> false;
      case FIRST_ONLY -> parameter == 0;
      case NO_BIASES -> parameter % 2 == 0;
      default -> true;
    };
  }

  private static List<Optimizer> optimizers(List<Matrix> parameters) {
    return parameters.stream().map(p -> optimizer(p.toArray().length)).toList();
  }
}
