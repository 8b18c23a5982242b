package org.spikelet.app.learn.chapter06;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.function.UnaryOperator;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** One walk after another on the same graph. */
final class Again {

  private static final String RECORDED =
      "A gradient is to be recorded like all else, for chapter 11 asks for its own gradient. Write"
          + " the rules, and the sums in the walk, in the operations of variables; what is computed"
          + " with value depends on nothing.";

  private Again() {}

  /** The gradient of Σ (X·X)², number by number, is recorded, and has a gradient. */
  static Property<Factors> stillRecorded(List<Factors> squares) {
    return Property.of("the gradient of a gradient", squares)
        .program(
            f ->
                start(f)
                    + "var w = graph.variable("
                    + Matrices.java(f.w())
                    + ");\nvar p = x.matmul(x);\n"
                    + "var first = graph.gradients(p.times(p), List.of(x)).get(0);\n"
                    + "graph.gradients(first.times(w), List.of(x)).get(0)")
        .labels(f -> Matrices.shapedCells(f.n(), f.n()))
        .yours(
            f -> {
              Graph graph = new Graph();
              Variable x = graph.variable(f.a());
              Variable p = x.matmul(x);
              Variable first = graph.gradients(p.times(p), List.of(x)).get(0);
              Variable slope = first.times(graph.variable(f.w()));
              return Matrices.shaped(graph.gradients(slope, List.of(x)).get(0).value());
            })
        .expected("by differences", 1e-6, f -> slopes(f, x -> first(x, Factors.product(x, x))))
        .mistake("not-recorded", RECORDED, f -> Matrices.shaped(f.a().map(x -> 0)))
        .mistake(
            "not-recorded",
            RECORDED + " Here it is what a rule is given that depends on nothing.",
            f -> slopes(f, x -> first(x, Factors.product(f.a(), f.a()))));
  }

  /** Returns the gradient at X, where p is X·X. */
  private static Matrix first(Matrix x, Matrix p) {
    return Factors.product(p, x.transpose())
        .zip(Factors.product(x.transpose(), p), (a, b) -> 2 * (a + b));
  }

  private static double[] slopes(Factors f, UnaryOperator<Matrix> of) {
    return Matrices.shaped(
        Checks6.differences(f.a(), x -> of.apply(x).zip(f.w(), (a, b) -> a * b)));
  }

  /** A walk leaves nothing behind. */
  static Property<Factors> asked(List<Factors> squares) {
    return Property.of("asked a second time", squares)
        .program(
            f ->
                start(f)
                    + "var y = x.matmul(x);\ngraph.gradients(y, List.of(x));\n"
                    + "graph.gradients(y, List.of(x)).get(0)")
        .labels(f -> Matrices.shapedCells(f.n(), f.n()))
        .yours(
            f -> {
              Graph graph = new Graph();
              Variable x = graph.variable(f.a());
              Variable y = x.matmul(x);
              List<Variable> before = graph.gradients(y, List.of(x));
              List<Variable> now = graph.gradients(y, List.of(x));
              return Matrices.shaped(now.get(before.size() - 1).value());
            })
        .expected(f -> Matrices.shaped(twice(f, 1)))
        .mistake(
            "left-over",
            "The first time it was right; now the first answer is in the second, too. Keep nothing"
                + " from one walk to the next.",
            f -> Matrices.shaped(twice(f, 2)));
  }

  /** Returns the gradient of Σ X·X, so many times. */
  private static Matrix twice(Factors f, double factor) {
    Matrix ones = Matrix.filled(f.n(), f.n(), factor);
    return Factors.product(ones, f.a().transpose())
        .zip(Factors.product(f.a().transpose(), ones), Double::sum);
  }

  private static String start(Factors f) {
    return "var graph = new Graph();\nvar x = graph.variable(" + Matrices.java(f.a()) + ");\n";
  }

  /** Who follows each path by itself has twice as many with each operation. */
  static Property<Integer> doubled() {
    return Property.of("a matrix doubled again and again", List.of(2, 10, 60))
        .program(
            n ->
                "var graph = new Graph();\nvar x = graph.variable(Matrix.of(1, 1, 1));\nvar y = x;\n"
                    + "for (int i = 0; i < "
                    + n
                    + "; i++) {\n  y = y.plus(y);\n}\ngraph.gradients(y, List.of(x)).get(0)")
        .labels(n -> Matrices.cells(1, 1))
        .yours(
            n -> {
              Graph graph = new Graph();
              Variable x = graph.variable(Matrix.of(1, 1, 1));
              Variable y = x;
              for (int i = 0; i < n; i++) {
                y = y.plus(y);
              }
              return graph.gradients(y, List.of(x)).get(0).value().toArray();
            })
        .expected(n -> new double[] {Math.pow(2, n)});
  }
}
