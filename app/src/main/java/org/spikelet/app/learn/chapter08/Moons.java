package org.spikelet.app.learn.chapter08;

import course.Graph;
import course.Graph.Variable;
import course.Layers;
import course.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Plot;

/** Two half-moons that no straight line separates, and a net 2 → 16 → 2 that does. */
final class Moons {
  private static final int POINTS = 60;
  private static final int HIDDEN = 16;
  private static final int STEPS = 400;
  private static final double RATE = 0.5;

  private final Matrix points;
  private final Matrix targets;
  private final List<Matrix> net = new ArrayList<>(); // two times weights and bias
  private double loss;

  Moons() {
    SplittableRandom random = new SplittableRandom(80);
    double[] places = new double[2 * POINTS];
    double[] classes = new double[2 * POINTS];
    for (int i = 0; i < POINTS; i++) {
      double angle = Math.PI * i / (POINTS - 1);
      boolean upper = i % 2 == 0;
      places[2 * i] = upper ? Math.cos(angle) : 1 - Math.cos(angle);
      places[2 * i + 1] = upper ? Math.sin(angle) : 0.4 - Math.sin(angle);
      classes[2 * i + (upper ? 0 : 1)] = 1;
    }
    points = Matrix.of(POINTS, 2, places);
    targets = Matrix.of(POINTS, 2, classes);
    net.add(Matrix.filled(2, HIDDEN, 1.5).map(width -> width * random.nextDouble(-1, 1)));
    net.add(Matrix.filled(1, HIDDEN, 0.5).map(width -> width * random.nextDouble(-1, 1)));
    net.add(Matrix.filled(HIDDEN, 2, 0.5).map(width -> width * random.nextDouble(-1, 1)));
    net.add(Matrix.filled(1, 2, 0));
  }

  private static Variable logits(List<Variable> p, Variable x) {
    return Layers.dense(Layers.dense(x, p.get(0), p.get(1)).tanh(), p.get(2), p.get(3));
  }

  private void step() {
    Graph graph = new Graph();
    List<Variable> p = net.stream().map(graph::variable).toList();
    Variable all = Layers.crossEntropy(logits(p, graph.variable(points)), graph.variable(targets));
    loss = all.value().at(0, 0);
    List<Variable> gradients = graph.gradients(all, p);
    for (int i = 0; i < net.size(); i++) {
      net.set(i, net.get(i).zip(gradients.get(i).value(), (w, g) -> w - RATE * g));
    }
  }

  private boolean first(Matrix logits, int row) {
    return logits.at(row, 0) > logits.at(row, 1);
  }

  private Matrix answers(Matrix x) {
    Graph graph = new Graph();
    return logits(net.stream().map(graph::variable).toList(), graph.variable(x)).value();
  }

  /** Trains, and draws where the net sees the one class and where the other. */
  String picture() {
    step();
    double begin = loss;
    IntStream.range(1, STEPS).forEach(i -> step());
    Plot plot = new Plot(-1.5, 2.5, -1, 1.4);
    int wide = 61;
    int high = 15;
    double[] grid = new double[2 * wide * high];
    for (int i = 0; i < wide * high; i++) {
      int column = i % wide;
      int row = i / wide;
      grid[2 * i] = -1.5 + 4.0 * column / (wide - 1);
      grid[2 * i + 1] = -1 + 2.4 * row / (high - 1);
    }
    Matrix seen = answers(Matrix.of(wide * high, 2, grid));
    for (int i = 0; i < wide * high; i++) {
      plot.point(first(seen, i) ? '.' : ' ', grid[2 * i], grid[2 * i + 1]);
    }
    Matrix learned = answers(points);
    long right = 0;
    for (int i = 0; i < POINTS; i++) {
      boolean upper = targets.at(i, 0) == 1;
      plot.point(upper ? 'o' : '#', points.at(i, 0), points.at(i, 1));
      right += first(learned, i) == upper ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "Classes o and #, and where a net of two of your layers sees the first (.):%n%n%s%n"
            + "  %d steps: the loss fell from %.3f to %.4f, and %d of %d are right.%n",
        plot,
        STEPS,
        begin,
        loss,
        right,
        POINTS);
  }
}
