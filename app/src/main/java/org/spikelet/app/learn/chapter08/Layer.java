package org.spikelet.app.learn.chapter08;

import course.Graph;
import course.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Matrices;

/**
 * A dense layer and one batch for it.
 *
 * @param x batch × in
 * @param w in × out
 * @param b 1 × out
 */
record Layer(Matrix x, Matrix w, Matrix b) {

  /** Returns layers whose factors cannot be exchanged, but for the first. */
  static List<Layer> some() {
    SplittableRandom random = new SplittableRandom(81);
    List<Layer> layers = new ArrayList<>();
    for (int[] size : new int[][] {{1, 1, 1}, {1, 2, 3}, {2, 3, 2}, {3, 2, 2}, {3, 4, 2}}) {
      layers.add(
          new Layer(
              Matrices.draw(size[0], size[1], random),
              Matrices.draw(size[1], size[2], random),
              Matrices.draw(1, size[2], random)));
    }
    return layers;
  }

  /** Returns x·W + factor·b. */
  Matrix output(double factor) {
    return Graph.product(x, w).zip(b, (p, q) -> p + factor * q);
  }

  Scores scores() {
    return new Scores(output(1));
  }

  /** Returns the derivatives in x, W and b, given those in the output, in one row. */
  double[] gradients(Matrix upstream) {
    return IntStream.range(0, 3)
        .mapToObj(
            i ->
                switch (i) {
                  case 0 -> Graph.product(upstream, w.transpose());
                  case 1 -> Graph.product(x.transpose(), upstream);
                  default -> upstream.sumTo(1, b.columns());
                })
        .flatMapToDouble(each -> Arrays.stream(each.toArray()))
        .toArray();
  }

  /** Returns the names of these derivatives. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    Matrices.cells(x.rows(), x.columns()).forEach(cell -> names.add("in x, " + cell));
    Matrices.cells(w.rows(), w.columns()).forEach(cell -> names.add("in w, " + cell));
    Matrices.cells(1, b.columns()).forEach(cell -> names.add("in b, " + cell));
    return names;
  }

  String text() {
    return "var graph = new Graph();\nvar x = graph.variable("
        + Matrices.java(x)
        + ");\nvar w = graph.variable("
        + Matrices.java(w)
        + ");\nvar b = graph.variable("
        + Matrices.java(b)
        + ");\n";
  }
}
