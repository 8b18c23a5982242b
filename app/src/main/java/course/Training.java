package course;

import course.Graph.Variable;
import course.Optimizers.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Chapter 10: the spikes. The net of the question, 14 → 100 → 40 → 4, and its training. */
public final class Training {
  private static final int[] WIDTHS = {14, 100, 40, 4};
  private static final int BATCH = 32;

  private final List<Matrix> parameters = new ArrayList<>(); // weights and bias of each layer
  private final SplittableRandom random;
  private final Matrix inputs; // examples × 14
  private final Matrix targets; // examples × 4

  /** A new net and its data: heavy-tailed inputs, targets from a fixed net. */
  public Training(long seed, int examples) {
    random = new SplittableRandom(seed);
    inputs = Matrix.filled(examples, WIDTHS[0], 0).map(zero -> studentT());
    Matrix a = normal(WIDTHS[0], 20, 1 / Math.sqrt(WIDTHS[0]));
    Matrix b = normal(20, WIDTHS[3], 1 / Math.sqrt(20));
    targets = Graph.product(Graph.product(inputs, a).map(Math::tanh), b);
    for (int i = 0; i < WIDTHS.length - 1; i++) {
      parameters.add(normal(WIDTHS[i], WIDTHS[i + 1], Math.sqrt(2.0 / WIDTHS[i])));
      parameters.add(Matrix.filled(1, WIDTHS[i + 1], 0));
    }
  }

  /**
   * Some examples.
   *
   * @param x 32 × 14
   * @param y 32 × 4
   */
  public record Batch(Matrix x, Matrix y) {}

  /** Draws the next batch at random; each call draws another. */
  public Batch next() {
    int[] rows = random.ints(BATCH, 0, inputs.rows()).toArray();
    return new Batch(rows(inputs, rows), rows(targets, rows));
  }

  /** Returns the weights and biases as they are now. */
  public List<Matrix> parameters() {
    return List.copyOf(parameters);
  }

  /**
   * Returns the mean squared error of the net: 1 × 1.
   *
   * @param p three times weights and bias
   */
  public static Variable loss(List<Variable> p, Variable x, Variable y) {
    // Gap loss: dense, relu, dense, relu, dense; then the mean of all squared differences to y.
    Variable hidden = Layers.dense(x, p.get(0), p.get(1)).relu();
    Variable next = Layers.dense(hidden, p.get(2), p.get(3)).relu();
    Variable error = Layers.dense(next, p.get(4), p.get(5)).minus(y);
    return error.times(error).sum().scale(1.0 / (y.value().rows() * y.value().columns()));
    // End of gap.
  }

  /**
   * Trains, and returns the loss of each step's batch before the step.
   *
   * @param optimizer makes one for an array of so many weights
   */
  public double[] run(int steps, IntFunction<Optimizer> optimizer) {
    List<Optimizer> optimizers =
        parameters.stream().map(p -> optimizer.apply(p.toArray().length)).toList();
    double[] losses = new double[steps];
    // Gap run: each step has a new graph; record the loss of the next batch on it, keep its number,
    // ask for the gradients, and let each optimizer move its parameter's numbers; put them back.
    for (int step = 0; step < steps; step++) {
      Graph graph = new Graph();
      Batch batch = next();
      List<Variable> p = parameters.stream().map(graph::variable).toList();
      Variable loss = loss(p, graph.variable(batch.x()), graph.variable(batch.y()));
      losses[step] = loss.value().at(0, 0);
      List<Variable> gradients = graph.gradients(loss, p);
      for (int i = 0; i < p.size(); i++) {
        double[] w = parameters.get(i).toArray();
        optimizers.get(i).step(w, gradients.get(i).value().toArray());
        parameters.set(i, Matrix.of(parameters.get(i).rows(), parameters.get(i).columns(), w));
      }
    }
    return losses;
    // End of gap.
  }

  /**
   * Returns how often the loss jumps: to more than twice the median of the 20 losses before, while
   * the loss before it had not.
   */
  public static int spikes(double[] losses) {
    // Gap spikes: from the 21st loss on, compare with the median of the last 20; a spike that lasts
    // for several steps counts once.
    int spikes = 0;
    boolean before = false;
    for (int i = 20; i < losses.length; i++) {
      double[] last = Arrays.copyOfRange(losses, i - 20, i);
      Arrays.sort(last);
      boolean high = losses[i] > 2 * (last[9] + last[10]) / 2;
      spikes += high && !before ? 1 : 0;
      before = high;
    }
    return spikes;
    // End of gap.
  }

  private static Matrix rows(Matrix of, int... rows) {
    double[] taken = new double[rows.length * of.columns()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = of.at(rows[i / of.columns()], i % of.columns());
    }
    return Matrix.of(rows.length, of.columns(), taken);
  }

  private Matrix normal(int rows, int columns, double deviation) {
    return Matrix.filled(rows, columns, deviation).map(scale -> scale * normal());
  }

  /** Box and Muller's way to a normal number. */
  private double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Student's t with 2 degrees of freedom: rarely, but then by far, an outlier. */
  private double studentT() {
    double a = 2 * random.nextDouble() - 1;
    return a * Math.sqrt(2 / (1 - a * a));
  }
}
