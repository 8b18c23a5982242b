package org.spikelet.app.learn.chapter09;

import course.Optimizers.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gradients, one array for each step. The weights begin at 1, 2, …
 *
 * @param gradients each of as many numbers as there are weights
 */
record Steps(List<double[]> gradients) {

  /** How one weight moves. */
  interface Rule {
    /**
     * Returns what is subtracted from the weight.
     *
     * @param memory two numbers of this weight, 0 at first
     * @param g its gradient
     * @param t the step, counted from 1
     * @param i which weight
     */
    double move(double[] memory, double g, int t, int i);
  }

  /** From one step of one weight to four steps, and two weights. */
  static List<Steps> some() {
    return List.of(
        one(1),
        one(-3),
        one(1, 1),
        one(2, -1),
        one(2, -1, 0),
        one(1e-9, 5, -2, 0.5),
        one(1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12),
        steps(row(1, -2)),
        steps(row(2, 0.5), row(-1, 0.5), row(0, 3)));
  }

  private static Steps one(double... gradients) {
    return new Steps(Arrays.stream(gradients).mapToObj(g -> row(g)).toList());
  }

  private static Steps steps(double[]... gradients) {
    return new Steps(List.of(gradients));
  }

  private static double[] row(double... numbers) {
    return numbers;
  }

  int weights() {
    return gradients.get(0).length;
  }

  private double[] begin() {
    return IntStream.rangeClosed(1, weights()).asDoubleStream().toArray();
  }

  /** Returns all weights after each step. */
  double[] walk(Optimizer optimizer) {
    double[] w = begin();
    return gradients.stream()
        .flatMapToDouble(
            g -> {
              optimizer.step(w, g);
              return Arrays.stream(w.clone());
            })
        .toArray();
  }

  /** Returns all weights after each step, before each of which another optimizer has its own. */
  double[] walk(Optimizer optimizer, Optimizer other) {
    double[] others = begin();
    double[] ones = Arrays.stream(others).map(each -> 1).toArray();
    return walk(
        (w, g) -> {
          other.step(others, ones.clone());
          optimizer.step(w, g);
        });
  }

  /** Returns all weights after each step, by a rule. */
  double[] walk(Rule rule) {
    double[] w = begin();
    double[][] memory = new double[weights()][2];
    double[] after = new double[gradients.size() * weights()];
    for (int at = 0; at < after.length; at++) {
      int i = at % weights();
      int t = at / weights() + 1;
      w[i] -= rule.move(memory[i], gradients.get(t - 1)[i], t, i);
      after[at] = w[i];
    }
    return after;
  }

  List<String> labels() {
    return IntStream.range(0, gradients.size() * weights())
        .mapToObj(at -> "w[" + at % weights() + "] after step " + (at / weights() + 1))
        .toList();
  }

  /**
   * Returns the steps as a program.
   *
   * @param made how the optimizer is made; N stands for the number of weights
   */
  String text(String made) {
    return text(made, "", "");
  }

  /** Returns the steps as a program in which another optimizer has a step before each. */
  String textOfTwo(String made) {
    String n = String.valueOf(weights());
    String ones = numbers(begin()).replaceAll("[0-9.]+", "1");
    return text(
        made,
        "var other = "
            + made.replace("N", n)
            + ";\ndouble[] others = {"
            + numbers(begin())
            + "};\n",
        "other.step(others, new double[] {" + ones + "});\n");
  }

  private String text(String made, String first, String each) {
    StringBuilder text =
        new StringBuilder("var optimizer = " + made.replace("N", String.valueOf(weights())));
    text.append(";\n").append(first).append("double[] w = {").append(numbers(begin()));
    text.append("};\n");
    gradients.forEach(
        g ->
            text.append(each)
                .append("optimizer.step(w, new double[] {")
                .append(numbers(g))
                .append("});\n"));
    return text.append("w").toString();
  }

  private static String numbers(double... numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }
}
