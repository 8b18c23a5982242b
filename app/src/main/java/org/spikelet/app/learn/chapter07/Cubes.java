package org.spikelet.app.learn.chapter07;

import course.Differences;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Matrices;

/** The cubes of some numbers, along a direction, with weights on the outputs and a step. */
record Cubes(Matrix x, Matrix d, Matrix w, double h) {

  /** From one number with direction and weight 1 to three of all. */
  static List<Cubes> all() {
    return List.of(
        of(0.5, row(1), row(1), row(1)),
        of(0.5, row(2), row(1), row(1)),
        of(0.25, row(2), row(3), row(1)),
        of(0.25, row(2), row(3), row(5)),
        of(0.125, row(-3), row(-2), row(0.5)),
        of(0.5, row(1, 2), row(1, 0), row(1, 1)),
        of(0.25, row(1, 2), row(0.5, -1), row(2, -3)),
        of(0.125, row(0.5, -1, 3), row(2, 1, -1), row(-1, 4, 0.5)));
  }

  private static double[] row(double... numbers) {
    return numbers;
  }

  private static Cubes of(double h, double[] x, double[] d, double[] w) {
    int n = x.length;
    return new Cubes(Matrix.of(1, n, x), Matrix.of(1, n, d), Matrix.of(1, n, w), h);
  }

  private static Variable cube(Variable x) {
    return x.times(x).times(x);
  }

  String text(String method) {
    return "Matrix x = "
        + Matrices.java(x)
        + ";\nMatrix d = "
        + Matrices.java(d)
        + ";\nMatrix w = "
        + Matrices.java(w)
        + ";\nDifferences."
        + method
        + "(t -> t.times(t).times(t), x, d, w"
        + (method.equals("numeric") ? ", " + h : "")
        + ")";
  }

  double numeric() {
    return Differences.numeric(Cubes::cube, x, d, w, h);
  }

  double analytic() {
    return Differences.analytic(Cubes::cube, x, d, w);
  }

  double x(int i) {
    return x.at(0, i);
  }

  double d(int i) {
    return d.at(0, i);
  }

  double w(int i) {
    return w.at(0, i);
  }

  /** Adds up over all numbers. */
  double sum(IntToDoubleFunction each) {
    return IntStream.range(0, x.columns()).mapToDouble(each).sum();
  }

  /** How far a cube rises from x + from·h·d to x + to·h·d. */
  double rise(int i, double from, double to) {
    return Math.pow(x(i) + to * h * d(i), 3) - Math.pow(x(i) + from * h * d(i), 3);
  }
}
