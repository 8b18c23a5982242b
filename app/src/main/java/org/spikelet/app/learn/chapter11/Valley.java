package org.spikelet.app.learn.chapter11;

import course.Graph.Variable;
import course.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Matrices;

/**
 * The valley Σ c·x² + (Σ x)³, at x, and a direction v; all are 1 × n. Its second derivatives are
 * known.
 */
record Valley(Matrix c, Matrix x, Matrix v) {

  /** Valleys in one to five directions, everywhere. */
  static List<Valley> some() {
    SplittableRandom random = new SplittableRandom(11);
    List<Valley> valleys = new ArrayList<>();
    for (int n = 1; n <= 5; n++) {
      valleys.add(
          new Valley(
              Matrices.draw(1, n, random),
              Matrices.draw(1, n, random),
              Matrices.draw(1, n, random)));
    }
    return valleys;
  }

  /** Valleys at 0, where the cube has no curvature; the first direction is the steepest. */
  static List<Valley> bowls() {
    return List.of(
        bowl(new double[] {3}, 1),
        bowl(new double[] {3}, 2),
        bowl(new double[] {-2}, 1),
        bowl(new double[] {5, 1}, 1, 2),
        bowl(new double[] {-4, 1, 2}, 1, 1, 3));
  }

  private static Valley bowl(double[] c, double... v) {
    int n = v.length;
    return new Valley(Matrix.of(1, n, c), Matrix.filled(1, n, 0), Matrix.of(1, n, v));
  }

  Variable loss(Variable at) {
    Variable sum = at.sum();
    return at.times(at).times(at.graph().variable(c)).sum().plus(sum.times(sum).times(sum));
  }

  /** Returns the gradient, 2·c·x + 3·(Σ x)². */
  double[] gradient() {
    double all = 3 * sum(x) * sum(x);
    return c.zip(x, (a, b) -> 2 * a * b + all).toArray();
  }

  /** Returns H·d, with H = diag(2·c) + 6·Σ x. */
  double[] hessianTimes(Matrix d) {
    double all = 6 * sum(x) * sum(d);
    return c.zip(d, (a, b) -> 2 * a * b + all).toArray();
  }

  Matrix ones() {
    return Matrix.filled(1, x.columns(), 1);
  }

  private static double sum(Matrix m) {
    return Arrays.stream(m.toArray()).sum();
  }

  /**
   * Returns what is found by power iteration.
   *
   * @param divisor by what a vector is divided before each product
   * @param found what the last vector, so divided, and its product with H say
   */
  double power(int iterations, ToDoubleFunction<double[]> divisor, Reading found) {
    double[] next = v.toArray();
    double[] last = next;
    for (int i = 0; i < iterations; i++) {
      double by = divisor.applyAsDouble(next);
      last = Arrays.stream(next).map(each -> each / by).toArray();
      next = hessianTimes(Matrix.of(1, last.length, last));
    }
    return found.of(last, next);
  }

  /** What is read off a vector and its product with H. */
  interface Reading {
    double of(double[] v, double[] product);
  }

  static double dot(double[] a, double... b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  static double length(double... a) {
    return Math.sqrt(dot(a, a));
  }

  String text() {
    return "Matrix c = "
        + Matrices.java(c)
        + ";\nUnaryOperator<Variable> loss = x -> {\n  Variable s = x.sum();\n"
        + "  return x.times(x).times(x.graph().variable(c)).sum()\n"
        + "      .plus(s.times(s).times(s));\n"
        + "};\nMatrix x = "
        + Matrices.java(x)
        + ";\nMatrix v = "
        + Matrices.java(v)
        + ";\n";
  }
}
