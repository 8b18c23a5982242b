package org.spikelet.app.learn.chapter09;

import java.util.List;
import java.util.function.Function;

/** Adam as it is, and as it is often written by mistake. */
final class Adams {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private Adams() {}

  /** A mistake; its rule may depend on the number of weights. */
  record Wrong(String name, String hint, Function<Steps, Steps.Rule> rule) {}

  /** What is done with the two averages. */
  private interface Divided {
    /**
     * Returns what is multiplied by η.
     *
     * @param m the average of g
     * @param s the average of g²
     */
    double by(double m, double s, int t);
  }

  /** Returns Algorithm 1 of Kingma and Ba. */
  static Steps.Rule right(double eta) {
    return rule(eta, 1 - BETA_1, 1 - BETA_2, Adams::divided);
  }

  private static Steps.Rule rule(double eta, double ofG, double ofSquare, Divided divided) {
    return (memory, g, t, i) -> {
      memory[0] = BETA_1 * memory[0] + ofG * g;
      memory[1] = BETA_2 * memory[1] + ofSquare * g * g;
      return eta * divided.by(memory[0], memory[1], t);
    };
  }

  private static double divided(double m, double s, int t) {
    return mean(m, t) / (Math.sqrt(square(s, t)) + EPSILON);
  }

  private static double mean(double m, int t) {
    return m / (1 - Math.pow(BETA_1, t));
  }

  private static double square(double s, int t) {
    return s / (1 - Math.pow(BETA_2, t));
  }

  private static Wrong wrong(String name, String hint, double eta, Divided divided) {
    return wrong(name, hint, rule(eta, 1 - BETA_1, 1 - BETA_2, divided));
  }

  private static Wrong wrong(String name, String hint, Steps.Rule rule) {
    return new Wrong(name, hint, steps -> rule);
  }

  /** Returns the mistakes that are recognized. */
  static List<Wrong> wrong(double eta) {
    return List.of(
        wrong(
            "no-correction",
            "Bias correction is missing. m and s begin at 0 and are too small at first, by the"
                + " factors 1 - β₁ᵗ and 1 - β₂ᵗ: divide by them.",
            eta,
            (m, s, t) -> m / (Math.sqrt(s) + EPSILON)),
        wrong(
            "no-correction",
            "Bias correction is missing for s, the average of the squares: divide it by 1 - β₂ᵗ.",
            eta,
            (m, s, t) -> mean(m, t) / (Math.sqrt(s) + EPSILON)),
        wrong(
            "no-correction",
            "Bias correction is missing for m, the average of the gradients: divide it by 1 - β₁ᵗ.",
            eta,
            (m, s, t) -> m / (Math.sqrt(square(s, t)) + EPSILON)),
        wrong(
            "t-from-0",
            "t was still 0 in the first step, and 1 - β⁰ is 0: a division of 0 by 0 or of a number"
                + " by 0. Count the step first, then use t.",
            eta,
            (m, s, t) -> Double.NaN),
        new Wrong(
            "t-for-each-weight",
            "t is counted once for each weight. It counts steps: count it before the loop.",
            steps ->
                (memory, g, t, i) ->
                    right(eta).move(memory, g, (t - 1) * steps.weights() + i + 1, i)),
        wrong(
            "t-stays",
            "The correction is that of the first step each time. Does t go on counting?",
            eta,
            (m, s, t) -> divided(m, s, 1)),
        wrong(
            "epsilon-in-the-root",
            "ε is inside of the root, where it counts as √ε, ten thousand times as much. It is"
                + " added to the root.",
            eta,
            (m, s, t) -> mean(m, t) / Math.sqrt(square(s, t) + EPSILON)),
        wrong(
            "epsilon-before-correction",
            "ε is added before s is corrected. It is added to the root, the last thing of all.",
            eta,
            (m, s, t) -> mean(m, t) / Math.sqrt((s + EPSILON) / (1 - Math.pow(BETA_2, t)))),
        wrong(
            "no-epsilon",
            "ε is missing. Where a gradient is tiny, or 0 from the beginning, it is what keeps the"
                + " step from being long, or 0 / 0.",
            eta,
            (m, s, t) -> mean(m, t) / Math.sqrt(square(s, t))),
        wrong(
            "no-root",
            "The root is missing: the divisor is to have the unit of a gradient, and s is a square.",
            eta,
            (m, s, t) -> mean(m, t) / (square(s, t) + EPSILON)),
        new Wrong(
            "not-squared",
            "s is an average of g², and you average g. The root of a negative number is NaN.",
            steps ->
                (memory, g, t, i) -> {
                  memory[0] = BETA_1 * memory[0] + (1 - BETA_1) * g;
                  memory[1] = BETA_2 * memory[1] + (1 - BETA_2) * g;
                  return eta * divided(memory[0], memory[1], t);
                }),
        wrong(
            "not-an-average",
            "m is to be an average: β₁ of the old and 1 - β₁ of the new. You add all of g.",
            rule(eta, 1, 1 - BETA_2, Adams::divided)),
        wrong(
            "not-an-average",
            "s is to be an average: β₂ of the old and 1 - β₂ of the new. You add all of g².",
            rule(eta, 1 - BETA_1, 1, Adams::divided)),
        wrong(
            "not-an-average",
            "m and s are to be averages: β of the old and 1 - β of the new. You add all of it.",
            rule(eta, 1, 1, Adams::divided)),
        new Wrong(
            "correction-kept",
            "You keep the corrected m and s for the next step, which corrects them once more."
                + " Correct them in variables of their own.",
            steps ->
                (memory, g, t, i) -> {
                  memory[0] = mean(BETA_1 * memory[0] + (1 - BETA_1) * g, t);
                  memory[1] = square(BETA_2 * memory[1] + (1 - BETA_2) * g * g, t);
                  return eta * memory[0] / (Math.sqrt(memory[1]) + EPSILON);
                }),
        new Wrong(
            "stale",
            "The step uses stale averages, those of the step before. Take g into m and s first.",
            steps ->
                (memory, g, t, i) -> {
                  double before = divided(memory[0], memory[1], t);
                  right(eta).move(memory, g, t, i);
                  return eta * before;
                }));
  }
}
