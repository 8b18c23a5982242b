package org.spikelet.app.learn.chapter12;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import course.Pool;
import course.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** One step of the net of the question, by the course's classes and by the library. */
final class Twin {
  private static final int STEPS = 100;

  private final List<Matrix> weights;
  private final Training.Batch batch;

  private Twin() {
    Training training = new Training(1, 100);
    weights = training.parameters();
    batch = training.next();
  }

  /** Returns the loss, and behind it all derivatives. */
  private List<Double> byCourse() {
    Graph graph = new Graph();
    List<Variable> p = weights.stream().map(graph::variable).toList();
    Variable loss = Training.loss(p, graph.variable(batch.x()), graph.variable(batch.y()));
    List<Double> numbers = new ArrayList<>(List.of(loss.value().at(0, 0)));
    graph.gradients(loss, p).forEach(each -> add(numbers, each.value().toArray()));
    return numbers;
  }

  private List<Double> byLibrary() {
    List<Parameter> p =
        IntStream.range(0, weights.size())
            .mapToObj(i -> Parameter.of("p" + i, tensor(weights.get(i))))
            .toList();
    try (Tape tape = Tape.record()) {
      Tensor hidden = tensor(batch.x()).matmul(p.get(0)).add(p.get(1)).relu();
      Tensor next = hidden.matmul(p.get(2)).add(p.get(3)).relu();
      Tensor error = next.matmul(p.get(4)).add(p.get(5)).sub(tensor(batch.y()));
      Tensor loss = error.square().mean();
      Gradients gradients = tape.gradients(loss);
      List<Double> numbers = new ArrayList<>(List.of(loss.item()));
      p.forEach(each -> add(numbers, gradients.of(each).toArray()));
      return numbers;
    }
  }

  private static Tensor tensor(Matrix m) {
    return Tensor.of(Shape.of(m.rows(), m.columns()), m.toArray());
  }

  private static void add(List<Double> to, double... numbers) {
    for (double each : numbers) {
      to.add(each);
    }
  }

  /** Returns how many arrays the learner's pool makes for the three layers, in many steps. */
  private int made() {
    Pool pool = new Pool();
    int rows = batch.x().rows();
    for (int step = 0; step < STEPS; step++) {
      List<double[]> lent = new ArrayList<>();
      double[] in = batch.x().toArray();
      for (int layer = 0; layer < weights.size(); layer += 2) {
        Matrix w = weights.get(layer);
        double[] out = pool.take(rows * w.columns());
        Pool.addProduct(in, w.toArray(), out, rows, w.rows(), w.columns());
        lent.add(out);
        in = out;
      }
      lent.forEach(pool::giveBack);
    }
    return pool.made();
  }

  static String words() {
    Twin twin = new Twin();
    List<Double> yours = twin.byCourse();
    List<Double> library = twin.byLibrary();
    double worst =
        IntStream.range(1, yours.size())
            .mapToDouble(i -> Math.abs(yours.get(i) - library.get(i)))
            .max()
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "The net of the question, one batch:%n%n"
            + "                          by the course          by the library%n"
            + "  loss            %22.15f  %22.15f%n"
            + "  derivatives     %22d  %22d%n%n"
            + "  No derivative differs by more than %.1e.%n%n"
            + "The three products of %d steps through your pool: %d arrays were made, and not%n"
            + "%d. The text of this chapter says where in the library to read on.%n",
        yours.get(0),
        library.get(0),
        yours.size() - 1,
        library.size() - 1,
        worst,
        STEPS,
        twin.made(),
        3 * STEPS);
  }
}
