package org.spikelet.app.learn.chapter08;

import course.Graph;
import course.Graph.Variable;
import course.Layers;
import course.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** A layer and a loss, and their gradients, against plain loops. */
public final class Checks8 implements Checks {

  private static final String OVERFLOW =
      "e^1000 is beyond a double and becomes Infinity; e^-1000 becomes 0. Take the exponential of"
          + " z - m only, with m the largest of the row: no exponent is above 0 then.";
  private static final String PROBABILITY =
      "A probability may be too small for a double, or come out as Infinity over Infinity. Do not"
          + " form it: the loss is log-sum-exp less the right logit.";
  private static final String CUT =
      "The derivatives end somewhere: from there on your code computes with the matrices,"
          + " value(), and records nothing. Use the operations of the variables.";

  /** Made by the checker. */
  public Checks8() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(dense(), logSumExp(), large(), crossEntropy(), largeCrossEntropy(), gradients());
  }

  private static Property<Layer> dense() {
    return Property.of("a dense layer", Layer.some())
        .program(layer -> layer.text() + "Layers.dense(x, w, b)")
        .labels(layer -> Matrices.cells(layer.x().rows(), layer.w().columns()))
        .yours(
            layer -> {
              Graph graph = new Graph();
              Variable x = graph.variable(layer.x());
              return Layers.dense(x, graph.variable(layer.w()), graph.variable(layer.b()))
                  .value()
                  .toArray();
            })
        .expected(layer -> layer.output(1).toArray())
        .mistake("bias", "The bias is not added.", layer -> layer.output(0).toArray())
        .mistake("sign", "The bias is added, not subtracted.", layer -> layer.output(-1).toArray())
        .thrown(
            "order",
            "x is batch × in and the weights are in × out. In a product the inner sides must be"
                + " equal, so it is x · W, in this order, and nothing is transposed.",
            e -> says(e, "inner sides"))
        .thrown(
            "not-a-product",
            "This takes number by number. A layer needs the matrix product, x.matmul(weights).",
            e -> says(e, "do not match"));
  }

  private static boolean says(Throwable e, String words) {
    return e instanceof IllegalArgumentException
        && e.getMessage() != null
        && e.getMessage().contains(words);
  }

  private static Property<Scores> logSumExp() {
    return overRows("log-sum-exp", Scores.some())
        .mistake(
            "not-added-back",
            "This is m too small: what was subtracted before the exponentials has to be added after"
                + " the logarithm.",
            s -> s.rows(i -> Math.log(s.exponentials(i))))
        .mistake(
            "logarithm",
            "The logarithm of the sum is missing.",
            s -> s.rows(i -> s.exponentials(i) + s.largest(i)))
        .mistake(
            "not-summed",
            "The exponentials are not summed, and a logarithm of each gives back what was there.",
            s -> s.z().toArray())
        .mistake(
            "axis",
            "You sum over the rows. Each row is an example and has a sum of its own, so the sum is"
                + " over its columns: batch × 1 is left, sumTo(batch, 1).",
            Checks8::overColumns)
        .mistake(
            "axis",
            "You sum over all rows together. Each row is an example and has a sum of its own:"
                + " batch × 1 is left, sumTo(batch, 1).",
            s -> {
              double all = Arrays.stream(s.rows(s::exponentials)).sum();
              return s.rows(i -> Math.log(all) + s.largest(i));
            });
  }

  private static double[] overColumns(Scores s) {
    int n = s.z().columns();
    return IntStream.range(0, s.z().rows() * n)
        .mapToDouble(
            at -> {
              double sum =
                  Arrays.stream(s.rows(i -> Math.exp(s.z().at(i, at % n) - s.largest(i)))).sum();
              return Math.log(sum) + s.largest(at / n);
            })
        .toArray();
  }

  private static Property<Scores> large() {
    return overRows("log-sum-exp of large logits", Scores.large())
        .mistake("overflow", OVERFLOW, s -> s.rows(i -> Math.log(s.exponentials(i, 0))))
        .mistake(
            "overflow",
            OVERFLOW,
            s ->
                s.rows(
                    i -> Math.log(s.exponentials(i, 0) * Math.exp(-s.largest(i))) + s.largest(i)));
  }

  private static Property<Scores> overRows(String name, List<Scores> inputs) {
    return Property.of(name, inputs)
        .program(s -> s.text() + "Layers.logSumExp(z)")
        .labels(s -> Matrices.cells(s.z().rows(), 1))
        .yours(s -> Layers.logSumExp(new Graph().variable(s.z())).value().toArray())
        .expected(s -> s.rows(s::logSumExp));
  }

  private static Property<Scores> crossEntropy() {
    return loss("cross-entropy", Scores.some())
        .mistake(
            "not-a-mean",
            "This is the sum over the rows. The loss is their mean: divide by the number of rows.",
            s -> one(s.losses()))
        .mistake(
            "divided-twice",
            "You divide by the number of rows twice. A sum over the rows becomes a mean by one"
                + " division.",
            s -> one(s.losses() / s.z().rows() / s.z().rows()))
        .mistake(
            "whole-numbers",
            "1 / rows is a division of whole numbers, and 0 if there is more than one row: write"
                + " 1.0 / rows.",
            s -> one(s.z().rows() == 1 ? s.losses() : 0))
        .mistake(
            "all-numbers",
            "You divide by the number of all logits. The mean is over the examples, so divide by"
                + " the number of rows.",
            s -> one(s.losses() / s.z().rows() / s.z().columns()))
        .mistake(
            "sign",
            "The sign is turned round. The loss is log-sum-exp less the right logit; it is never"
                + " below 0.",
            s -> one(-s.losses() / s.z().rows()))
        .mistake(
            "right-logit",
            "This is the mean of log-sum-exp; the logit of the right class is not subtracted.",
            s -> mean(s, s::logSumExp))
        .mistake(
            "not-picked",
            "You subtract all logits of a row, not only the right one. Times the targets first:"
                + " that leaves the right logit and makes the others 0.",
            s -> mean(s, i -> s.logSumExp(i) - s.sum(i)))
        .mistake(
            "not-picked",
            "You subtract each logit from log-sum-exp and add them all up. Pick the right one"
                + " first: times the targets, summed over each row.",
            s -> mean(s, i -> s.z().columns() * s.logSumExp(i) - s.sum(i)))
        .mistake(
            "not-picked",
            "log-sum-exp is counted once for each class: the logits times the targets must be"
                + " summed over each row, to batch × 1, before they are subtracted.",
            s -> mean(s, i -> s.z().columns() * s.logSumExp(i) - s.z().at(i, s.right(i))));
  }

  private static Property<Scores> largeCrossEntropy() {
    return loss("cross-entropy of large logits", Scores.large())
        .mistake(
            "overflow",
            OVERFLOW + " logSumExp does it already.",
            s -> mean(s, i -> Math.log(s.exponentials(i, 0)) - s.z().at(i, s.right(i))))
        .mistake("overflow", PROBABILITY, s -> mean(s, i -> probability(s, i, s.picked(i))))
        .mistake(
            "overflow",
            PROBABILITY,
            s -> mean(s, i -> probability(s, i, Math.exp(s.z().at(i, s.right(i))))));
  }

  private static double probability(Scores s, int row, double right) {
    return -Math.log(right * (1 / s.exponentials(row, 0)));
  }

  private static Property<Scores> loss(String name, List<Scores> inputs) {
    return Property.of(name, inputs)
        .program(s -> s.withTargets() + "Layers.crossEntropy(z, y)")
        .labels(s -> List.of("the loss"))
        .yours(
            s -> {
              Graph graph = new Graph();
              Variable logits = graph.variable(s.z());
              return Layers.crossEntropy(logits, graph.variable(s.targets())).value().toArray();
            })
        .expected(s -> mean(s, s::loss));
  }

  private static Property<Layer> gradients() {
    return Property.of("the gradients of a layer and its loss", Layer.some())
        .program(
            layer ->
                layer.text()
                    + "var y = graph.variable("
                    + Matrices.java(layer.scores().targets())
                    + ");\nvar loss = Layers.crossEntropy(Layers.dense(x, w, b), y);\n"
                    + "graph.gradients(loss, List.of(x, w, b))")
        .labels(Layer::names)
        .yours(
            layer -> {
              Graph graph = new Graph();
              Variable x = graph.variable(layer.x());
              Variable w = graph.variable(layer.w());
              Variable b = graph.variable(layer.b());
              Variable targets = graph.variable(layer.scores().targets());
              Variable loss = Layers.crossEntropy(Layers.dense(x, w, b), targets);
              return graph.gradients(loss, List.of(x, w, b)).stream()
                  .flatMapToDouble(each -> Arrays.stream(each.value().toArray()))
                  .toArray();
            })
        .expected(layer -> layer.gradients(layer.scores().gradient(1)))
        .mistake("cut", CUT, layer -> new double[layer.names().size()])
        .mistake(
            "cut",
            CUT + " Here it is log-sum-exp that passes nothing on.",
            layer -> layer.gradients(layer.scores().gradient(0)))
        .mistake(
            "cut",
            CUT + " Here it is the product in the layer that passes nothing on.",
            layer -> {
              double[] all = layer.gradients(layer.scores().gradient(1));
              Arrays.fill(all, 0, all.length - layer.b().columns(), 0);
              return all;
            });
  }

  private static double[] mean(Scores s, IntToDoubleFunction number) {
    return one(Arrays.stream(s.rows(number)).sum() / s.z().rows());
  }

  private static double[] one(double number) {
    return new double[] {number};
  }

  @Override
  public String goal() {
    double safe =
        Layers.logSumExp(new Graph().variable(Matrix.of(1, 2, 1000, 1000))).value().at(0, 0);
    return String.format(Locale.ROOT, "ln(e^1000 + e^1000) = %.6f, without overflow.%n%n", safe)
        + new Moons().picture();
  }
}
