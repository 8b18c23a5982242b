package org.spikelet.app.learn.chapter10;

import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import course.Optimizers;
import course.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Property;

/** The loss of the net, its training, and what counts as a spike. */
public final class Checks10 implements Checks {

  /** Made by the checker. */
  public Checks10() {}

  /** Losses and how many spikes they have. */
  private record Curve(List<Double> losses, int spikes) {

    double[] numbers() {
      return losses.stream().mapToDouble(each -> each).toArray();
    }
  }

  @Override
  public List<Property<?>> properties() {
    return List.of(
        Property.of("the loss", List.of(1.0, 2.0, -3.0))
            .program(y -> "// weights and inputs all 1, biases 0, the only target " + y)
            .yours(y -> new double[] {loss(y)})
            .expected(y -> new double[] {(1 - y) * (1 - y)}),
        Property.of("the training", List.of(1, 2, 30))
            .program(n -> "new Training(7, 50).run(" + n + ", size -> Optimizers.sgd(0))")
            .labels(n -> List.of("number of losses", "of them positive"))
            .yours(
                n -> {
                  double[] losses = new Training(7, 50).run(n, size -> Optimizers.sgd(0));
                  return new double[] {
                    losses.length, Arrays.stream(losses).filter(loss -> loss > 0).count()
                  };
                })
            .expected(n -> new double[] {n, n}),
        Property.of("the spikes", curves())
            .program(c -> "Training.spikes(/* " + c.losses() + " */)")
            .labels(c -> List.of("spikes"))
            .yours(c -> new double[] {Training.spikes(c.numbers())})
            .expected(c -> new double[] {c.spikes()}));
  }

  private static double loss(double y) {
    Graph graph = new Graph();
    Variable one = graph.variable(Matrix.of(1, 1, 1));
    Variable zero = graph.variable(Matrix.of(1, 1, 0));
    List<Variable> p = List.of(one, zero, one, zero, one, zero);
    return Training.loss(p, one, graph.variable(Matrix.of(1, 1, y))).value().at(0, 0);
  }

  private static List<Curve> curves() {
    return List.of(
        curve(0), curve(1, 21), curve(1, 21, 22), curve(2, 21, 24), curve(0, 5), curve(1, 5, 30));
  }

  private static Curve curve(int spikes, int... high) {
    return new Curve(
        IntStream.range(0, 40)
            .mapToObj(i -> Arrays.stream(high).anyMatch(each -> each == i) ? 9.0 : 1.0)
            .toList(),
        spikes);
  }

  @Override
  public String goal() {
    double[] adam = new Training(1, 500).run(300, size -> new Optimizers.Adam(0.01, size));
    double[] sgd = new Training(1, 500).run(300, size -> Optimizers.sgd(0.001));
    return String.format(
        Locale.ROOT,
        "300 steps: Adam from %.3g to %.3g with %d spikes, SGD from %.3g to %.3g with %d.%n",
        adam[0],
        adam[299],
        Training.spikes(adam),
        sgd[0],
        sgd[299],
        Training.spikes(sgd));
  }
}
