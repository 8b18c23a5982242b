package org.spikelet.app.learn.chapter06;

import course.Matrix;
import org.spikelet.app.learn.check.Matrices;

/** Two factors, and weights for the numbers of their product. */
record Factors(Matrix a, Matrix b, Matrix w) {

  /** A number for a row and a column. */
  interface Cell {
    double of(int i, int j);
  }

  boolean isSquare() {
    return a.rows() == a.columns() && b.rows() == b.columns();
  }

  /** The sides of squares. */
  int n() {
    return a.rows();
  }

  String text() {
    return "Matrix a = " + Matrices.java(a) + ";\nMatrix b = " + Matrices.java(b) + ";\n";
  }

  String program() {
    return text()
        + "Matrix w = "
        + Matrices.java(w)
        + ";\nvar graph = new Graph();\nvar x = graph.variable(a);\nvar y = graph.variable(b);\n"
        + "var output = x.matmul(y).times(graph.variable(w));\n"
        + "graph.gradients(output, List.of(x, y))";
  }

  /** A square with these numbers, its shape in front. */
  double[] each(Cell f) {
    double[] result = new double[n() * n()];
    for (int k = 0; k < result.length; k++) {
      result[k] = f.of(k / n(), k % n());
    }
    return Matrices.shaped(n(), n(), result);
  }

  /** A product, its shape in front. */
  double[] shaped(Matrix left, Matrix right) {
    return Matrices.shaped(product(left, right));
  }

  /** Number by number. */
  static Matrix product(Matrix a, Matrix b) {
    double[] c = new double[a.rows() * b.columns()];
    for (int i = 0; i < c.length; i++) {
      for (int k = 0; k < a.columns(); k++) {
        c[i] += a.at(i / b.columns(), k) * b.at(k, i % b.columns());
      }
    }
    return Matrix.of(a.rows(), b.columns(), c);
  }
}
