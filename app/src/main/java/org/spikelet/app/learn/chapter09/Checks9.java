package org.spikelet.app.learn.chapter09;

import course.Optimizers;
import course.Optimizers.Optimizer;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Plot;
import org.spikelet.app.learn.check.Property;

/** Steps of the optimizers, against the formulas. */
public final class Checks9 implements Checks {

  private static final double ETA = 0.2; // not 1 - MU, or mistakes would look alike
  private static final double MU = 0.9;

  /** Made by the checker. */
  public Checks9() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(sgd(), momentum(), adam(), two(MOMENTUM), two(ADAM));
  }

  private static Property<Steps> property(Kind kind) {
    Steps.Rule rule = kind.rule();
    return Property.of("steps of " + kind.name(), Steps.some())
        .program(steps -> steps.text(kind.java()))
        .labels(Steps::labels)
        .yours(steps -> steps.walk(kind.made().apply(steps.weights())))
        .expected("by the formula", 1e-9, steps -> steps.walk(rule))
        .mistake(
            "sign",
            "You go uphill: the loss grows in the direction of the gradient, so the step is"
                + " subtracted.",
            steps -> steps.walk((memory, g, t, i) -> -rule.move(memory, g, t, i)))
        .mistake(
            "in-place",
            "Nothing moves. The numbers in the array w are to change: a new array that w is set to"
                + " nobody else sees.",
            steps -> steps.walk((memory, g, t, i) -> 0))
        .mistake(
            "first-weight",
            "Only w[0] moves. Each weight has its own gradient, and its own step.",
            steps -> steps.walk((memory, g, t, i) -> i == 0 ? rule.move(memory, g, t, i) : 0))
        .mistake(
            "eta",
            "η is missing: the step is too long.",
            steps -> steps.walk((memory, g, t, i) -> rule.move(memory, g, t, i) / ETA))
        .mistake(
            "eta-twice",
            "η is there twice: the step is too short.",
            steps -> steps.walk((memory, g, t, i) -> rule.move(memory, g, t, i) * ETA));
  }

  /** How an optimizer is made, in Java's words and in deed, and what it does. */
  private record Kind(String name, String java, IntFunction<Optimizer> made, Steps.Rule rule) {}

  private static final Kind MOMENTUM =
      new Kind(
          "momentum",
          "new Optimizers.Momentum(0.2, 0.9, N)",
          n -> new Optimizers.Momentum(ETA, MU, n),
          (v, g, t, i) -> ETA * add(v, MU, g));

  private static final Kind ADAM =
      new Kind(
          "Adam",
          "new Optimizers.Adam(0.2, N)",
          n -> new Optimizers.Adam(ETA, n),
          Adams.right(ETA));

  /** A net has an optimizer for each of its parameters. */
  private static Property<Steps> two(Kind kind) {
    Steps.Rule rule = kind.rule();
    return Property.of("two of " + kind.name() + " side by side", Steps.some())
        .program(steps -> steps.textOfTwo(kind.java()))
        .labels(Steps::labels)
        .yours(
            steps ->
                steps.walk(kind.made().apply(steps.weights()), kind.made().apply(steps.weights())))
        .expected("by the formula", 1e-9, steps -> steps.walk(rule))
        .mistake(
            "shared-memory",
            "Both optimizers remember in the same array. Each has its own: no field of it is"
                + " static.",
            steps ->
                steps.walk(
                    (memory, g, t, i) -> {
                      rule.move(memory, 1, t, i);
                      return rule.move(memory, g, t, i);
                    }))
        .mistake(
            "shared-count",
            "Both optimizers count their steps in the same t. Each has its own: no field of it is"
                + " static.",
            steps -> steps.walk((memory, g, t, i) -> rule.move(memory, g, 2 * t, i)));
  }

  private static Property<Steps> sgd() {
    return property(
        new Kind(
            "SGD", "Optimizers.sgd(0.2)", n -> Optimizers.sgd(ETA), (memory, g, t, i) -> ETA * g));
  }

  private static Property<Steps> momentum() {
    return property(MOMENTUM)
        .mistake(
            "stale-v",
            "The step uses a stale v, that of the step before, so the first step does not move at"
                + " all. Compute the new v first.",
            steps ->
                steps.walk(
                    (v, g, t, i) -> {
                      double before = v[0];
                      add(v, MU, g);
                      return ETA * before;
                    }))
        .mistake(
            "dampened",
            "You add (1 - μ)·g, as an average does. Momentum adds g itself: v is a sum, and with a"
                + " constant gradient it grows to g / (1 - μ).",
            steps -> steps.walk((v, g, t, i) -> ETA * add(v, MU, (1 - MU) * g)))
        .mistake(
            "no-memory",
            "These are the steps of SGD: nothing of v is left from one step to the next.",
            steps -> steps.walk((v, g, t, i) -> ETA * g))
        .mistake(
            "never-forgets",
            "v is not multiplied by μ, so it forgets nothing and only grows.",
            steps -> steps.walk((v, g, t, i) -> ETA * add(v, 1, g)))
        .mistake(
            "one-memory",
            "All weights share one v. Each has its own: v[i].",
            steps -> {
              double[] shared = new double[1];
              return steps.walk((v, g, t, i) -> ETA * add(shared, MU, g));
            });
  }

  /** Returns the new v. */
  private static double add(double[] v, double mu, double g) {
    v[0] = mu * v[0] + g;
    return v[0];
  }

  private static Property<Steps> adam() {
    Property<Steps> adam = property(ADAM);
    Adams.wrong(ETA)
        .forEach(
            wrong ->
                adam.mistake(
                    wrong.name(), wrong.hint(), steps -> steps.walk(wrong.rule().apply(steps))));
    return adam;
  }

  @Override
  public String goal() {
    Plot plot = new Plot(-2.2, 0.4, -1.2, 1.2);
    StringBuilder table = new StringBuilder();
    List.of(
            new Way('s', "SGD, η = 0.045", Optimizers.sgd(0.045)),
            new Way('m', "momentum, η = 0.01", new Optimizers.Momentum(0.01, 0.8, 2)),
            new Way('a', "Adam, η = 0.1", new Optimizers.Adam(0.1, 2)))
        .forEach(way -> table.append(way.walk(plot)));
    return "Three ways down a long valley, x² + 20·y², from the left to its bottom (+):\n\n"
        + plot.point('+', 0, 0)
        + "\n"
        + table;
  }

  /** An optimizer, and the letter of its steps. */
  private record Way(char letter, String name, Optimizer optimizer) {

    String walk(Plot plot) {
      double[] w = {-2, 1};
      for (int t = 0; t < 50; t++) {
        plot.point(letter, w[0], w[1]);
        optimizer.step(w, new double[] {2 * w[0], 40 * w[1]});
      }
      return String.format(
          Locale.ROOT,
          "  %c  %-19s after 50 steps %.1e from the bottom%n",
          letter,
          name,
          Math.hypot(w[0], w[1]));
    }
  }
}
