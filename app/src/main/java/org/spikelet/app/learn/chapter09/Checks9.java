package org.spikelet.app.learn.chapter09;

import course.Optimizers;
import course.Optimizers.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Property;

/** Steps of the optimizers, against the formulas. */
public final class Checks9 implements Checks {

  /** Made by the checker. */
  public Checks9() {}

  private static final double ETA = 0.1;

  /** Gradients of one weight, one for each step; the weight begins at 1. */
  private record Steps(List<Double> gradients) {}

  private static final List<Steps> STEPS =
      List.of(
          new Steps(List.of(1.0)),
          new Steps(List.of(-3.0)),
          new Steps(List.of(1.0, 1.0)),
          new Steps(List.of(2.0, -1.0, 0.0)),
          new Steps(List.of(1e-9, 5.0, -2.0, 0.5)));

  /** Returns the weight after each step. */
  private interface Formula {
    double[] after(double... gradients);
  }

  @Override
  public List<Property<?>> properties() {
    return List.of(
        property("SGD", "Optimizers.sgd(0.1)", () -> Optimizers.sgd(ETA), Checks9::sgd),
        property(
            "momentum",
            "new Optimizers.Momentum(0.1, 0.9, 1)",
            () -> new Optimizers.Momentum(ETA, 0.9, 1),
            Checks9::momentum),
        property(
            "Adam",
            "new Optimizers.Adam(0.1, 1)",
            () -> new Optimizers.Adam(ETA, 1),
            Checks9::adam));
  }

  private static Property<Steps> property(
      String name, String java, Supplier<Optimizer> yours, Formula formula) {
    return Property.of("steps of " + name, STEPS)
        .program(
            s -> {
              StringBuilder text =
                  new StringBuilder("var optimizer = " + java + ";\ndouble[] w = {1};\n");
              s.gradients()
                  .forEach(g -> text.append("optimizer.step(w, new double[] {" + g + "});\n"));
              return text.toString();
            })
        .labels(
            s ->
                IntStream.rangeClosed(1, s.gradients().size())
                    .mapToObj(t -> "w after step " + t)
                    .toList())
        .yours(s -> walk(yours.get(), s))
        .expected(s -> formula.after(s.gradients().stream().mapToDouble(each -> each).toArray()));
  }

  private static double[] walk(Optimizer optimizer, Steps steps) {
    double[] w = {1};
    return steps.gradients().stream()
        .mapToDouble(
            g -> {
              optimizer.step(w, new double[] {g});
              return w[0];
            })
        .toArray();
  }

  private static double[] sgd(double... g) {
    double[] w = new double[g.length];
    for (int t = 0; t < g.length; t++) {
      w[t] = (t == 0 ? 1 : w[t - 1]) - ETA * g[t];
    }
    return w;
  }

  private static double[] momentum(double... g) {
    double[] w = new double[g.length];
    double v = 0;
    for (int t = 0; t < g.length; t++) {
      v = 0.9 * v + g[t];
      w[t] = (t == 0 ? 1 : w[t - 1]) - ETA * v;
    }
    return w;
  }

  private static double[] adam(double... g) {
    double[] w = new double[g.length];
    double m = 0;
    double s = 0;
    for (int t = 0; t < g.length; t++) {
      m = 0.9 * m + 0.1 * g[t];
      s = 0.999 * s + 0.001 * g[t] * g[t];
      double mean = m / (1 - Math.pow(0.9, t + 1));
      double root = Math.sqrt(s / (1 - Math.pow(0.999, t + 1)));
      w[t] = (t == 0 ? 1 : w[t - 1]) - ETA * mean / (root + 1e-8);
    }
    return w;
  }

  @Override
  public String goal() {
    StringBuilder table =
        new StringBuilder("100 steps down a valley, x² + 100·y², from (1, 1):\n\n");
    List.of(
            new Named("SGD", Optimizers.sgd(0.009)),
            new Named("momentum", new Optimizers.Momentum(0.009, 0.9, 2)),
            new Named("Adam", new Optimizers.Adam(0.05, 2)))
        .forEach(
            each -> {
              double[] w = {1, 1};
              for (int t = 0; t < 100; t++) {
                each.optimizer().step(w, new double[] {2 * w[0], 200 * w[1]});
              }
              double left = Arrays.stream(w).map(Math::abs).max().orElseThrow();
              table.append(
                  String.format(Locale.ROOT, "  %-9s still %.1e away%n", each.name(), left));
            });
    return table.toString();
  }

  /** An optimizer under its name. */
  private record Named(String name, Optimizer optimizer) {}
}
