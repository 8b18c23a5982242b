package org.spikelet.app.learn.chapter10;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Matrices;

/**
 * A net of three layers, and one batch for it.
 *
 * @param parameters three times weights and bias
 */
record Net(List<Matrix> parameters, Matrix x, Matrix y) {

  /** From one number a layer to three. */
  static List<Net> some() {
    SplittableRandom random = new SplittableRandom(101);
    List<Net> nets = new ArrayList<>();
    for (int[] size : new int[][] {{1, 1}, {1, 1}, {1, 1}, {1, 2}, {2, 1}, {3, 2}, {2, 3}}) {
      int m = size[0];
      int n = size[1];
      List<Matrix> parameters = new ArrayList<>();
      for (int layer = 0; layer < 3; layer++) {
        parameters.add(Matrices.draw(n, n, random));
        parameters.add(Matrices.draw(1, n, random));
      }
      nets.add(new Net(parameters, Matrices.draw(m, n, random), Matrices.draw(m, n, random)));
    }
    return nets;
  }

  /** Returns the answers; for each of the layers is said whether relu follows. */
  private Matrix answers(boolean... relu) {
    Matrix out = x;
    for (int layer = 0; layer < relu.length; layer++) {
      out = Graph.product(out, parameters.get(2 * layer));
      out = out.zip(parameters.get(2 * layer + 1), Double::sum);
      out = relu[layer] ? out.map(each -> Math.max(each, 0)) : out;
    }
    return out;
  }

  /** Returns the sum of all squared errors; for each of the layers is said whether relu follows. */
  double squares(boolean... relu) {
    return sum(answers(relu).zip(y, (a, b) -> (a - b) * (a - b)));
  }

  double squares() {
    return squares(true, true, false);
  }

  /** Returns the sum of the errors' sizes. */
  double sizes() {
    return sum(answers(true, true, false).zip(y, (a, b) -> Math.abs(a - b)));
  }

  private static double sum(Matrix m) {
    return Arrays.stream(m.toArray()).sum();
  }

  int numbers() {
    return y.rows() * y.columns();
  }

  /** How a loss is recorded, from parameters, inputs and targets. */
  interface Loss {
    Variable of(List<Variable> p, Variable x, Variable y);
  }

  /** Returns all derivatives of a loss, in one row. */
  double[] gradients(Loss loss) {
    Graph graph = new Graph();
    List<Variable> p = parameters.stream().map(graph::variable).toList();
    return graph.gradients(loss.of(p, graph.variable(x), graph.variable(y)), p).stream()
        .flatMapToDouble(each -> Arrays.stream(each.value().toArray()))
        .toArray();
  }

  /** Returns the names of these derivatives. */
  List<String> names() {
    return IntStream.range(0, parameters.size())
        .boxed()
        .flatMap(
            i ->
                Matrices.cells(parameters.get(i).rows(), parameters.get(i).columns()).stream()
                    .map(cell -> "in p.get(" + i + "), " + cell))
        .toList();
  }

  String text() {
    return text("Training.loss(p, x, y)");
  }

  /** Returns it as a program that ends so. */
  String text(String last) {
    StringBuilder text = new StringBuilder("var graph = new Graph();\nvar p = Stream.of(\n");
    for (int i = 0; i < parameters.size(); i++) {
      text.append("        ").append(Matrices.java(parameters.get(i)));
      text.append(i < parameters.size() - 1 ? ",\n" : ").map(graph::variable).toList();\n");
    }
    return text
        + "var x = graph.variable("
        + Matrices.java(x)
        + ");\nvar y = graph.variable("
        + Matrices.java(y)
        + ");\n"
        + last;
  }

  /** Returns the mean squared error of a net, recorded. */
  static Variable loss(List<Variable> p, Variable x, Variable y) {
    Variable out = x;
    for (int layer = 0; layer < 3; layer++) {
      out = out.matmul(p.get(2 * layer)).plus(p.get(2 * layer + 1));
      out = layer < 2 ? out.relu() : out;
    }
    Variable error = out.minus(y);
    return error.times(error).sum().scale(1.0 / (y.value().rows() * y.value().columns()));
  }
}
