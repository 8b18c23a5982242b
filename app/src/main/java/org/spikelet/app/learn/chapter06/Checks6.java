package org.spikelet.app.learn.chapter06;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** The product and its rules, against differences. */
public final class Checks6 implements Checks {

  /** Made by the checker. */
  public Checks6() {}

  private static final double H = 1e-5;

  /** Two factors, and weights for the numbers of their product. */
  private record Factors(Matrix a, Matrix b, Matrix w) {

    String text() {
      return "Matrix a = " + Matrices.java(a) + ";\nMatrix b = " + Matrices.java(b) + ";\n";
    }
  }

  @Override
  public List<Property<?>> properties() {
    return List.of(
        Property.of("the product", factors())
            .program(f -> f.text() + "Graph.product(a, b)")
            .labels(f -> Matrices.cells(f.a().rows(), f.b().columns()))
            .yours(f -> Graph.product(f.a(), f.b()).toArray())
            .expected(f -> product(f.a(), f.b()).toArray()),
        gradient("what reaches the first factor", 0),
        gradient("what reaches the second factor", 1),
        Property.of("a matrix used twice", squares())
            .program(
                f ->
                    f.text()
                        + "var graph = new Graph();\nvar x = graph.variable(a);\n"
                        + "graph.gradients(x.matmul(x), List.of(x))")
            .labels(f -> Matrices.cells(f.a().rows(), f.a().columns()))
            .yours(
                f -> {
                  Graph graph = new Graph();
                  Variable x = graph.variable(f.a());
                  return graph.gradients(x.matmul(x), List.of(x)).get(0).value().toArray();
                })
            .expected("by differences", 1e-6, f -> differences(f.a(), x -> product(x, x))));
  }

  private static Property<Factors> gradient(String name, int which) {
    return Property.of(name, factors())
        .program(
            f ->
                f.text()
                    + "Matrix w = "
                    + Matrices.java(f.w())
                    + ";\nvar graph = new Graph();\nvar x = graph.variable(a);\n"
                    + "var y = graph.variable(b);\n"
                    + "graph.gradients(x.matmul(y).times(graph.variable(w)), List.of(x, y)).get("
                    + which
                    + ")")
        .labels(f -> Matrices.cells(of(f, which).rows(), of(f, which).columns()))
        .yours(
            f -> {
              Graph graph = new Graph();
              Variable x = graph.variable(f.a());
              Variable y = graph.variable(f.b());
              Variable output = x.matmul(y).times(graph.variable(f.w()));
              return graph.gradients(output, List.of(x, y)).get(which).value().toArray();
            })
        .expected(
            "by differences",
            1e-6,
            f ->
                differences(
                    of(f, which),
                    m ->
                        (which == 0 ? product(m, f.b()) : product(f.a(), m))
                            .zip(f.w(), (x, y) -> x * y)));
  }

  private static Matrix of(Factors f, int which) {
    return which == 0 ? f.a() : f.b();
  }

  private static List<Factors> factors() {
    SplittableRandom random = new SplittableRandom(6);
    List<Factors> factors = new ArrayList<>();
    for (int size = 1; size <= 3; size++) {
      for (int m = 1; m <= size; m++) {
        for (int n = 1; n <= size; n++) {
          factors.add(
              new Factors(
                  Matrices.draw(m, size, random),
                  Matrices.draw(size, n, random),
                  Matrices.draw(m, n, random)));
        }
      }
    }
    return factors;
  }

  private static List<Factors> squares() {
    return factors().stream().filter(f -> f.a().rows() == f.a().columns()).toList();
  }

  /** Number by number. */
  private static Matrix product(Matrix a, Matrix b) {
    double[] c = new double[a.rows() * b.columns()];
    for (int i = 0; i < c.length; i++) {
      for (int k = 0; k < a.columns(); k++) {
        c[i] += a.at(i / b.columns(), k) * b.at(k, i % b.columns());
      }
    }
    return Matrix.of(a.rows(), b.columns(), c);
  }

  private static double[] differences(Matrix x, UnaryOperator<Matrix> f) {
    double[] slopes = new double[x.toArray().length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (moved(x, i, H, f) - moved(x, i, -H, f)) / (2 * H);
    }
    return slopes;
  }

  private static double moved(Matrix x, int i, double h, UnaryOperator<Matrix> f) {
    double[] numbers = x.toArray();
    numbers[i] += h;
    Matrix at = Matrix.of(x.rows(), x.columns(), numbers);
    return Arrays.stream(f.apply(at).toArray()).sum();
  }

  @Override
  public String goal() {
    Matrix turn = Matrix.of(2, 2, 0, -1, 1, 0);
    return "A quarter turn, twice: " + Graph.product(turn, turn) + "\n";
  }
}
