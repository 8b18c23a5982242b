package org.spikelet.app.learn.chapter08;

import course.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Matrices;

/** Logits, one row for each example, and in plain loops what is to come out. */
record Scores(Matrix z) {

  /** Returns logits of ordinary size. */
  static List<Scores> some() {
    SplittableRandom random = new SplittableRandom(8);
    return IntStream.range(1, 5)
        .boxed()
        .flatMap(m -> IntStream.range(1, 5).mapToObj(n -> new Scores(Matrices.draw(m, n, random))))
        .toList();
  }

  /** Returns logits whose exponentials are out of a double's range. */
  static List<Scores> large() {
    return Stream.of(
            Matrix.of(1, 1, 1000),
            Matrix.of(1, 2, 1000, 998),
            Matrix.of(1, 2, -1000, -1001),
            Matrix.of(2, 2, 0.5, 800, 1, -0.5))
        .map(Scores::new)
        .toList();
  }

  int right(int row) {
    return (row * row + 1) % z.columns(); // by no simple rule
  }

  Matrix targets() {
    double[] targets = new double[z.rows() * z.columns()];
    for (int i = 0; i < z.rows(); i++) {
      targets[i * z.columns() + right(i)] = 1;
    }
    return Matrix.of(z.rows(), z.columns(), targets);
  }

  /** Returns a number for each row. */
  double[] rows(IntToDoubleFunction number) {
    return IntStream.range(0, z.rows()).mapToDouble(number).toArray();
  }

  double largest(int row) {
    return IntStream.range(0, z.columns()).mapToDouble(j -> z.at(row, j)).max().orElseThrow();
  }

  double sum(int row) {
    return IntStream.range(0, z.columns()).mapToDouble(j -> z.at(row, j)).sum();
  }

  /** Returns Σ exp(z − m) of a row. */
  double exponentials(int row) {
    return exponentials(row, largest(row));
  }

  double exponentials(int row, double m) {
    return IntStream.range(0, z.columns()).mapToDouble(j -> Math.exp(z.at(row, j) - m)).sum();
  }

  /** Returns the exponential of the right logit, picked by a product with the targets. */
  double picked(int row) {
    return IntStream.range(0, z.columns())
        .mapToDouble(j -> Math.exp(z.at(row, j)) * (j == right(row) ? 1 : 0))
        .sum();
  }

  double logSumExp(int row) {
    return largest(row) + Math.log(exponentials(row));
  }

  /** Returns the loss of one row. */
  double loss(int row) {
    return logSumExp(row) - z.at(row, right(row));
  }

  /** Returns the sum of the losses of all rows. */
  double losses() {
    return IntStream.range(0, z.rows()).mapToDouble(this::loss).sum();
  }

  /** Returns (softmax − target) / batch, with softmax times a factor. */
  Matrix gradient(double factor) {
    double[] gradient = new double[z.rows() * z.columns()];
    for (int i = 0; i < z.rows(); i++) {
      for (int j = 0; j < z.columns(); j++) {
        double softmax = Math.exp(z.at(i, j) - logSumExp(i));
        double target = j == right(i) ? 1 : 0;
        gradient[i * z.columns() + j] = (factor * softmax - target) / z.rows();
      }
    }
    return Matrix.of(z.rows(), z.columns(), gradient);
  }

  String text() {
    return "var graph = new Graph();\nvar z = graph.variable(" + Matrices.java(z) + ");\n";
  }

  String withTargets() {
    return text() + "var y = graph.variable(" + Matrices.java(targets()) + ");\n";
  }
}
