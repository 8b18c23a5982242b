package org.spikelet.app.learn.chapter06;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Plot;

/** A matrix that turns a letter, found by descent along the learner's gradients. */
final class Turn {

  private Turn() {}

  static String learned() {
    Matrix letter = letter();
    double angle = Math.PI / 3;
    Matrix turn =
        Matrix.of(2, 2, Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle));
    Matrix turned = Graph.product(letter, turn);
    Matrix w = Matrix.of(2, 2, 1, 0, 0, 1);
    StringBuilder losses = new StringBuilder();
    for (int step = 0; step <= 60; step++) {
      Graph graph = new Graph();
      Variable weights = graph.variable(w);
      Variable error = graph.variable(letter).matmul(weights).minus(graph.variable(turned));
      Variable loss = error.times(error).sum();
      Matrix gradient = graph.gradients(loss, List.of(weights)).get(0).value();
      if (List.of(0, 5, 20, 60).contains(step)) {
        losses.append(
            String.format(Locale.ROOT, "  step %2d: loss %.6f%n", step, loss.value().at(0, 0)));
      }
      w = w.zip(gradient, (x, g) -> x - 0.02 * g);
    }
    Plot plot = new Plot(-2.4, 2.4, -1.2, 1.2);
    draw(plot, 'o', letter);
    draw(plot, '*', Graph.product(letter, w));
    return "A letter (o), and where the matrix puts it (*) that your gradients have found:\n\n"
        + losses
        + "\n"
        + plot
        + String.format(
            Locale.ROOT,
            "%n  found %.3f %6.3f      a turn by 60 degrees %.3f %6.3f%n"
                + "       %6.3f %6.3f                          %6.3f %6.3f%n",
            w.at(0, 0),
            w.at(0, 1),
            turn.at(0, 0),
            turn.at(0, 1),
            w.at(1, 0),
            w.at(1, 1),
            turn.at(1, 0),
            turn.at(1, 1));
  }

  /** The points of an F, one in each row. */
  private static Matrix letter() {
    double[] numbers =
        DoubleStream.concat(
                IntStream.rangeClosed(0, 6).boxed().flatMapToDouble(i -> at(-0.4, -1 + i / 3.0)),
                DoubleStream.concat(
                    IntStream.rangeClosed(1, 6).boxed().flatMapToDouble(i -> at(-0.4 + i / 6.0, 1)),
                    IntStream.rangeClosed(1, 4)
                        .boxed()
                        .flatMapToDouble(i -> at(-0.4 + i / 6.0, 0.0))))
            .toArray();
    return Matrix.of(numbers.length / 2, 2, numbers);
  }

  private static DoubleStream at(double x, double y) {
    return DoubleStream.of(x, y);
  }

  private static void draw(Plot plot, char letter, Matrix points) {
    for (int i = 0; i < points.rows(); i++) {
      plot.point(letter, points.at(i, 0), points.at(i, 1));
    }
  }
}
