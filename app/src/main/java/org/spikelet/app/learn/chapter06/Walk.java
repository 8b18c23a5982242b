package org.spikelet.app.learn.chapter06;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/**
 * A function that works number by number, at a place, and what a walk back over it gives.
 *
 * @param text the function of x in Java
 * @param right its derivative
 * @param assigned what comes out if of several parts the last one wins
 * @param first what comes out if the first one does
 * @param ones what comes out if each rule is given ones
 * @param firstInput what comes out if only the first input of each operation gets its part
 * @param forwards what comes out if the walk goes from the front to the end
 */
record Walk(
    Matrix x,
    String text,
    UnaryOperator<Variable> f,
    DoubleUnaryOperator right,
    DoubleUnaryOperator assigned,
    DoubleUnaryOperator first,
    DoubleUnaryOperator ones,
    DoubleUnaryOperator firstInput,
    DoubleUnaryOperator forwards) {

  /** Returns what must hold for all of them. */
  static Property<Walk> property() {
    return Property.of("the walk, without products", all())
        .program(Walk::program)
        .labels(w -> Matrices.shapedCells(w.x().rows(), w.x().columns()))
        .yours(Walk::yours)
        .expected(w -> w.numbers(w.right()))
        .mistake(
            "used-twice",
            "A variable that is used twice gets a part from each use, and the parts add up. You"
                + " keep the last one: if something is there already, put the plus of both there.",
            w -> w.numbers(w.assigned()))
        .mistake(
            "not-kept",
            "A variable that is used twice keeps the first part only. plus changes nothing: it"
                + " returns a new variable, which must be put into gradients.",
            w -> w.numbers(w.first()))
        .mistake(
            "upstream",
            "Each rule is given ones. It must be given what has reached this variable,"
                + " gradients[i].",
            w -> w.numbers(w.ones()))
        .mistake(
            "first-input",
            "Only the first input of each operation gets its part. Go through all of made.inputs.",
            w -> w.numbers(w.firstInput()))
        .mistake(
            "direction",
            "You walk from the front to the end. Go from gradients.length - 1 down to 0.",
            w -> w.numbers(w.forwards()))
        .mistake(
            "nothing-arrives",
            "Nothing reaches the input. The output is at gradients.length - 1, where the 1 is"
                + " already: begin there, and put what a rule returns at its input's index.",
            w -> w.numbers(x -> 0))
        .thrown(
            "null",
            "null stands for zero. A variable that nothing has reached (gradients[i] is null) is"
                + " skipped; and where nothing has arrived yet, what arrives is put, not added.",
            NullPointerException.class::isInstance);
  }

  /** A walk must not end where nothing has arrived. */
  static Property<Matrix> unreached() {
    return Property.of("a variable between, which nothing reaches", places())
        .program(
            x ->
                "var graph = new Graph();\nvar x = graph.variable("
                    + Matrices.java(x)
                    + ");\nvar y = x.exp();\nvar unused = y.relu();\n"
                    + "graph.gradients(y.tanh(), List.of(x)).get(0)")
        .labels(x -> Matrices.shapedCells(x.rows(), x.columns()))
        .yours(
            place -> {
              Variable x = new Graph().variable(place);
              Variable y = x.exp();
              Variable unused = y.relu();
              return Matrices.shaped(unused.graph().gradients(y.tanh(), List.of(x)).get(0).value());
            })
        .expected(x -> Matrices.shaped(x.map(t -> Math.exp(t) * slopeOfTanh(Math.exp(t)))))
        .mistake(
            "ends-early",
            "The walk ends at the first variable that nothing has reached. There may be others in"
                + " front of it: skip it, and go on.",
            x -> Matrices.shaped(x.map(t -> 0)))
        .thrown(
            "null",
            "null stands for zero. A variable that nothing has reached (gradients[i] is null) is"
                + " skipped.",
            NullPointerException.class::isInstance);
  }

  private static List<Matrix> places() {
    return List.of(Matrix.of(1, 1, 0.5), Matrix.of(2, 2, 0.2, -0.5, 1.5, 0.8));
  }

  /** Returns some, each on one number and on four. */
  private static List<Walk> all() {
    return places().stream().flatMap(Walk::at).toList();
  }

  private static Stream<Walk> at(Matrix x) {
    DoubleUnaryOperator exp = Math::exp;
    DoubleUnaryOperator chain = t -> Math.exp(t) * slopeOfTanh(Math.exp(t));
    DoubleUnaryOperator none = t -> 0;
    DoubleUnaryOperator own = t -> t;
    DoubleUnaryOperator both = t -> Math.exp(t) * (1 + t);
    DoubleUnaryOperator through = t -> Math.exp(t) * t;
    DoubleUnaryOperator twice = t -> 2 * Math.exp(t);
    return Stream.of(
        new Walk(x, "x.exp()", t -> t.exp(), exp, exp, exp, exp, exp, exp),
        new Walk(x, "x.exp().tanh()", t -> t.exp().tanh(), chain, chain, chain, exp, chain, none),
        new Walk(x, "x.plus(x)", t -> t.plus(t), t -> 2, t -> 1, t -> 1, t -> 2, t -> 1, t -> 2),
        new Walk(
            x, "x.times(x)", t -> t.times(t), t -> 2 * t, own, own, t -> 2 * t, own, t -> 2 * t),
        new Walk(
            x, "x.exp().times(x)", t -> t.exp().times(t), both, through, exp, twice, through, exp),
        new Walk(
            x, "x.times(x.exp())", t -> t.times(t.exp()), both, through, exp, twice, exp, exp));
  }

  private static double slopeOfTanh(double x) {
    return 1 - Math.tanh(x) * Math.tanh(x);
  }

  /** Another use of x stands beside it on the graph, and is not asked for. */
  private String program() {
    return "var graph = new Graph();\nvar x = graph.variable("
        + Matrices.java(x)
        + ");\nvar unused = x.relu();\ngraph.gradients("
        + text
        + ", List.of(x)).get(0)";
  }

  private double[] yours() {
    Graph graph = new Graph();
    Variable variable = graph.variable(x);
    Variable unused = variable.relu();
    return Matrices.shaped(
        unused.graph().gradients(f.apply(variable), List.of(variable)).get(0).value());
  }

  private double[] numbers(DoubleUnaryOperator of) {
    return Matrices.shaped(x.map(of));
  }
}
