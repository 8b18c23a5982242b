package org.spikelet.app.learn.chapter06;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** The product, the walk, and the product's rules, against differences. */
public final class Checks6 implements Checks {

  private static final double H = 1e-5;
  private static final int LARGEST = 3;

  /** Made by the checker. */
  public Checks6() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(
        squareProduct(),
        product("the product of matrices of any shape", factors())
            .thrown(
                "outside",
                "An index is too large. i counts the rows of a, j the columns of b, and k both the"
                    + " columns of a and the rows of b. c has b.columns() columns, so row i and"
                    + " column j are at i * b.columns() + j.",
                ArrayIndexOutOfBoundsException.class::isInstance),
        Walk.property(),
        Walk.unreached(),
        first(),
        second(),
        both(),
        usedTwice(),
        Again.asked(squares()),
        Again.doubled(),
        Again.stillRecorded(squares()));
  }

  private static List<Factors> factors() {
    SplittableRandom random = new SplittableRandom(6);
    List<Factors> factors = new ArrayList<>();
    for (int n = 1; n <= LARGEST; n++) {
      for (int m = 1; m <= LARGEST; m++) {
        for (int size = 1; size <= LARGEST; size++) {
          factors.add(
              new Factors(
                  Matrices.draw(m, size, random),
                  Matrices.draw(size, n, random),
                  Matrices.draw(m, n, random)));
        }
      }
    }
    // Longer than a step of a loop that takes several at a time.
    factors.add(
        new Factors(
            Matrices.draw(2, 9, random), Matrices.draw(9, 5, random), Matrices.draw(2, 5, random)));
    return factors;
  }

  private static List<Factors> squares() {
    return factors().stream().filter(Factors::isSquare).toList();
  }

  private static Property<Factors> product(String name, List<Factors> factors) {
    return Property.of(name, factors)
        .program(f -> f.text() + "Graph.product(a, b)")
        .labels(f -> Matrices.shapedCells(f.a().rows(), f.b().columns()))
        .yours(f -> Matrices.shaped(Graph.product(f.a(), f.b())))
        .expected(f -> Matrices.shaped(Factors.product(f.a(), f.b())));
  }

  private static Property<Factors> squareProduct() {
    return product("the product of squares", squares())
        .mistake(
            "overwritten",
            "Of the terms of each sum you keep the last one. They are added: write += where you"
                + " have =.",
            f -> f.each((i, j) -> f.a().at(i, f.n() - 1) * f.b().at(f.n() - 1, j)))
        .mistake(
            "second-transposed",
            "b is read with rows and columns exchanged: it is b.at(k, j).",
            f -> Matrices.shaped(Factors.product(f.a(), f.b().transpose())))
        .mistake(
            "first-transposed",
            "a is read with rows and columns exchanged: it is a.at(i, k).",
            f -> Matrices.shaped(Factors.product(f.a().transpose(), f.b())))
        .mistake(
            "result-transposed",
            "The result lies column by column. Row i and column j are at i * b.columns() + j.",
            f -> Matrices.shaped(Factors.product(f.a(), f.b()).transpose()))
        .mistake(
            "order",
            "This is b times a. With matrices the order matters.",
            f -> Matrices.shaped(Factors.product(f.b(), f.a())))
        .mistake(
            "number-by-number",
            "Each number is multiplied by its partner. In the matrix product each row of a meets"
                + " each column of b, and the products along the way are added.",
            f -> f.each((i, j) -> f.a().at(i, j) * f.b().at(i, j)));
  }

  private static Property<Factors> first() {
    return gradient("what reaches the first factor", 0)
        .mistake("no-transpose", transposed("b"), f -> f.shaped(f.w(), f.b()))
        .mistake("order", order("g.matmul(...)"), f -> f.shaped(f.b().transpose(), f.w()))
        .mistake("upstream", UPSTREAM, f -> Matrices.shaped(f.b().transpose()))
        .mistake("exchanged", EXCHANGED, f -> f.shaped(f.a().transpose(), f.w()))
        .mistake(
            "other-factor",
            "The rule for this uses this. How far the product moves depends on the other one, b.",
            f -> f.shaped(f.w(), f.a().transpose()))
        .mistake(
            "number-by-number", NUMBERS, f -> f.each((i, j) -> f.w().at(i, j) * f.b().at(i, j)));
  }

  private static Property<Factors> second() {
    return gradient("what reaches the second factor", 1)
        .mistake("no-transpose", transposed("this"), f -> f.shaped(f.a(), f.w()))
        .mistake("order", order("transpose().matmul(g)"), f -> f.shaped(f.w(), f.a().transpose()))
        .mistake("upstream", UPSTREAM, f -> Matrices.shaped(f.a().transpose()))
        .mistake("exchanged", EXCHANGED, f -> f.shaped(f.w(), f.b().transpose()))
        .mistake(
            "other-factor",
            "The rule for b uses b. How far the product moves depends on the other one, this.",
            f -> f.shaped(f.b().transpose(), f.w()))
        .mistake(
            "number-by-number", NUMBERS, f -> f.each((i, j) -> f.w().at(i, j) * f.a().at(i, j)));
  }

  private static final String UPSTREAM =
      "The rule returns the other factor, and forgets g, which has reached the product.";
  private static final String EXCHANGED =
      "The two rules are exchanged: the first is for this, the second for b.";
  private static final String NUMBERS =
      "times multiplies number by number. What is needed here is a matrix product, matmul.";

  private static String transposed(String factor) {
    return "A transpose is missing, that of "
        + factor
        + ". With squares the shapes do not show it; with other shapes it would not fit.";
  }

  private static String order(String right) {
    return "The factors are in the wrong order: it is " + right + ".";
  }

  private static Property<Factors> gradient(String name, int which) {
    return Property.of(name + ", with squares", squares())
        .program(f -> f.program() + ".get(" + which + ")")
        .labels(f -> Matrices.shapedCells(f.n(), f.n()))
        .yours(f -> Matrices.shaped(gradients(f).get(which).value()))
        .expected("by differences", 1e-6, f -> Matrices.shaped(differences(f).get(which)));
  }

  private static Property<Factors> both() {
    return Property.of("what reaches both, with any shapes", factors())
        .program(Factors::program)
        .labels(
            f -> {
              List<String> names = new ArrayList<>();
              labels("first: ", f.a()).forEach(names::add);
              labels("second: ", f.b()).forEach(names::add);
              return names;
            })
        .yours(f -> join(gradients(f).stream().map(Variable::value).toList()))
        .expected("by differences", 1e-6, f -> join(differences(f)));
  }

  private static List<String> labels(String name, Matrix m) {
    return Matrices.shapedCells(m.rows(), m.columns()).stream().map(name::concat).toList();
  }

  private static double[] join(List<Matrix> two) {
    return two.stream().flatMapToDouble(m -> DoubleStream.of(Matrices.shaped(m))).toArray();
  }

  private static Property<Factors> usedTwice() {
    return Property.of("a matrix times itself", squares())
        .program(
            f ->
                "var graph = new Graph();\nvar x = graph.variable("
                    + Matrices.java(f.a())
                    + ");\ngraph.gradients(x.matmul(x), List.of(x)).get(0)")
        .labels(f -> Matrices.shapedCells(f.n(), f.n()))
        .yours(
            f -> {
              Graph graph = new Graph();
              Variable x = graph.variable(f.a());
              return Matrices.shaped(graph.gradients(x.matmul(x), List.of(x)).get(0).value());
            })
        .expected(
            "by differences",
            1e-6,
            f -> Matrices.shaped(differences(f.a(), x -> Factors.product(x, x))));
  }

  private static List<Variable> gradients(Factors f) {
    Graph graph = new Graph();
    Variable x = graph.variable(f.a());
    Variable y = graph.variable(f.b());
    return graph.gradients(x.matmul(y).times(graph.variable(f.w())), List.of(x, y));
  }

  private static List<Matrix> differences(Factors f) {
    Function<Matrix, Matrix> weighted = c -> c.zip(f.w(), (x, y) -> x * y);
    return List.of(
        differences(f.a(), m -> weighted.apply(Factors.product(m, f.b()))),
        differences(f.b(), m -> weighted.apply(Factors.product(f.a(), m))));
  }

  static Matrix differences(Matrix x, UnaryOperator<Matrix> f) {
    double[] slopes = new double[x.toArray().length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (moved(x, i, H, f) - moved(x, i, -H, f)) / (2 * H);
    }
    return Matrix.of(x.rows(), x.columns(), slopes);
  }

  private static double moved(Matrix x, int i, double h, UnaryOperator<Matrix> f) {
    double[] numbers = x.toArray();
    numbers[i] += h;
    Matrix at = Matrix.of(x.rows(), x.columns(), numbers);
    return Arrays.stream(f.apply(at).toArray()).sum();
  }

  @Override
  public String goal() {
    return Turn.learned();
  }
}
