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
record Steps(List<List<Double>> gradients) {

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
        new Steps(List.of(List.of(1.0, -2.0))),
        new Steps(List.of(List.of(2.0, 0.5), List.of(-1.0, 0.5), List.of(0.0, 3.0))));
  }

  private static Steps one(double... gradients) {
    return new Steps(Arrays.stream(gradients).mapToObj(List::of).toList());
  }

  int weights() {
    return gradients.get(0).size();
  }

  private double[] begin() {
    return IntStream.rangeClosed(1, weights()).asDoubleStream().toArray();
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(each -> each).toArray();
  }

  /** Returns all weights after each step. */
  double[] walk(Optimizer optimizer) {
    double[] w = begin();
    return gradients.stream()
        .flatMapToDouble(
            g -> {
              optimizer.step(w, array(g));
              return Arrays.stream(w.clone());
            })
        .toArray();
  }

  /** Returns all weights after each step, by a rule. */
  double[] walk(Rule rule) {
    double[] w = begin();
    double[][] memory = new double[weights()][2];
    double[] after = new double[gradients.size() * weights()];
    for (int at = 0; at < after.length; at++) {
      int i = at % weights();
      int t = at / weights() + 1;
      w[i] -= rule.move(memory[i], gradients.get(t - 1).get(i), t, i);
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
    StringBuilder text =
        new StringBuilder("var optimizer = " + made.replace("N", String.valueOf(weights())));
    text.append(";\ndouble[] w = {").append(numbers(begin())).append("};\n");
    gradients.forEach(
        g ->
            text.append("optimizer.step(w, new double[] {")
                .append(numbers(array(g)))
                .append("});\n"));
    return text.append("w").toString();
  }

  private static String numbers(double... numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }
}
