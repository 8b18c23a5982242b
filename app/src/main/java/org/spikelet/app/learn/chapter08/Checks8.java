package org.spikelet.app.learn.chapter08;

import course.Graph;
import course.Graph.Variable;
import course.Layers;
import course.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** A layer and a loss, against plain loops. */
public final class Checks8 implements Checks {

  /** Made by the checker. */
  public Checks8() {}

  /** Logits and the right class of each row. */
  private record Scores(Matrix z) {

    int right(int row) {
      return row % z.columns();
    }

    Matrix targets() {
      double[] targets = new double[z.rows() * z.columns()];
      for (int i = 0; i < z.rows(); i++) {
        targets[i * z.columns() + right(i)] = 1;
      }
      return Matrix.of(z.rows(), z.columns(), targets);
    }
  }

  @Override
  public List<Property<?>> properties() {
    return List.of(
        Property.of("a dense layer", scores())
            .program(
                s -> "Matrix x = " + Matrices.java(s.z()) + ";\n// x · x' + (10 for each column)")
            .labels(s -> Matrices.cells(s.z().rows(), s.z().rows()))
            .yours(Checks8::dense)
            .expected(
                s -> Graph.product(s.z(), s.z().transpose()).map(each -> each + 10).toArray()),
        Property.of("log-sum-exp", scores())
            .program(
                s ->
                    "var graph = new Graph();\nLayers.logSumExp(graph.variable("
                        + Matrices.java(s.z())
                        + "))")
            .labels(s -> Matrices.cells(s.z().rows(), 1))
            .yours(s -> Layers.logSumExp(new Graph().variable(s.z())).value().toArray())
            .expected(
                s -> IntStream.range(0, s.z().rows()).mapToDouble(i -> lse(s.z(), i)).toArray()),
        Property.of("cross-entropy", scores())
            .program(
                s ->
                    "var graph = new Graph();\nLayers.crossEntropy(\n    graph.variable("
                        + Matrices.java(s.z())
                        + "),\n    graph.variable("
                        + Matrices.java(s.targets())
                        + "))")
            .yours(
                s -> {
                  Graph graph = new Graph();
                  Variable logits = graph.variable(s.z());
                  return Layers.crossEntropy(logits, graph.variable(s.targets())).value().toArray();
                })
            .expected(
                s ->
                    new double[] {
                      IntStream.range(0, s.z().rows())
                          .mapToDouble(i -> lse(s.z(), i) - s.z().at(i, s.right(i)))
                          .average()
                          .orElseThrow()
                    }));
  }

  private static double[] dense(Scores s) {
    Graph graph = new Graph();
    Variable x = graph.variable(s.z());
    Variable bias = graph.variable(Matrix.filled(1, s.z().rows(), 10));
    return Layers.dense(x, graph.variable(s.z().transpose()), bias).value().toArray();
  }

  private static double lse(Matrix z, int row) {
    double largest =
        IntStream.range(0, z.columns()).mapToDouble(j -> z.at(row, j)).max().orElseThrow();
    double sum =
        IntStream.range(0, z.columns()).mapToDouble(j -> Math.exp(z.at(row, j) - largest)).sum();
    return largest + Math.log(sum);
  }

  private static List<Scores> scores() {
    SplittableRandom random = new SplittableRandom(8);
    Stream<Scores> some =
        IntStream.range(1, 5)
            .boxed()
            .flatMap(
                m -> IntStream.range(1, 5).mapToObj(n -> new Scores(Matrices.draw(m, n, random))));
    return Stream.concat(some, Stream.of(new Scores(Matrix.of(1, 2, 1000, 998)))).toList();
  }

  @Override
  public String goal() {
    double loss =
        Layers.logSumExp(new Graph().variable(Matrix.of(1, 2, 1000, 1000))).value().at(0, 0);
    return String.format(Locale.ROOT, "ln(e^1000 + e^1000) = %.6f, without overflow.%n", loss);
  }
}
