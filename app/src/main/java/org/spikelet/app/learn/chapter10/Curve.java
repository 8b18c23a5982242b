package org.spikelet.app.learn.chapter10;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Losses in which spikes are counted, and what may be wrong in the counting. */
record Curve(List<Double> losses) {
  private static final int LINE = 12;
  private static final int WINDOW = 20;

  /** Which losses are compared with what. */
  record Rule(
      int first,
      int window,
      int behind,
      double factor,
      boolean equal,
      ToDoubleFunction<double[]> of) {

    static final Rule RIGHT = new Rule(WINDOW, WINDOW, 0, 2, false, Curve::median);

    Rule centre(ToDoubleFunction<double[]> other) {
      return new Rule(first, window, behind, factor, equal, other);
    }

    Rule from(int other) {
      return new Rule(other, window, behind, factor, equal, of);
    }

    /** The last of those compared with is so many places behind the one before the loss. */
    Rule window(int length, int further) {
      return new Rule(first, length, further, factor, equal, of);
    }

    Rule factor(double other) {
      return new Rule(first, window, behind, other, equal, of);
    }

    Rule orEqual() {
      return new Rule(first, window, behind, factor, true, of);
    }
  }

  /** From flat ones with one high loss to restless ones. */
  static List<Curve> some() {
    SplittableRandom random = new SplittableRandom(102);
    List<Curve> curves = new ArrayList<>();
    curves.add(flat(0, 9));
    curves.add(flat(1, 9));
    curves.add(flat(20, 9, 19));
    curves.add(levels(1, 3, 5));
    curves.add(levels(3, 1, 5));
    curves.add(levels(1, 3, 3.5));
    curves.add(flat(22, 9));
    curves.add(flat(22, 9, 21));
    curves.add(flat(24, 9, 20));
    curves.add(flat(24, 9, 5));
    curves.add(flat(26, 2, 22));
    curves.add(flat(26, 1.5, 22));
    curves.add(flat(26, 9, 21, 22, 23));
    curves.add(flat(28, 9, 21, 24, 25));
    curves.add(flat(30, 9, 0, 1, 2, 3, 4, 25));
    curves.add(rising(3, 4));
    curves.add(rising(3, 3.5, 4));
    for (int i = 0; i < 12; i++) {
      curves.add(
          new Curve(
              random
                  .ints(40, 1, 16)
                  .mapToObj(n -> random.nextInt(6) == 0 ? n / 2.0 : 1 + n / 10.0)
                  .toList()));
    }
    return curves;
  }

  /** The median of the 20 is between two numbers; then one more loss. */
  private static Curve levels(double first, double then, double last) {
    return new Curve(
        IntStream.rangeClosed(0, WINDOW)
            .mapToObj(i -> i == WINDOW ? last : i < WINDOW / 2 ? first : then)
            .toList());
  }

  /** The first of these moves the median of the next from 1.45 to 1.9. */
  private static Curve rising(double... last) {
    List<Double> losses = new ArrayList<>();
    IntStream.range(0, WINDOW).forEach(i -> losses.add(i < WINDOW / 2 ? 1 : 1.9));
    Arrays.stream(last).forEach(losses::add);
    return new Curve(losses);
  }

  private static Curve flat(int length, double high, int... places) {
    return new Curve(
        IntStream.range(0, length)
            .mapToObj(i -> Arrays.stream(places).anyMatch(place -> place == i) ? high : 1.0)
            .toList());
  }

  double[] numbers() {
    return losses.stream().mapToDouble(each -> each).toArray();
  }

  /** Returns which losses are high, by a rule. */
  boolean[] high(Rule rule) {
    double[] all = numbers();
    boolean[] high = new boolean[all.length];
    for (int i = rule.first(); i < all.length; i++) {
      int end = i - rule.behind();
      double[] last = Arrays.copyOfRange(all, Math.max(0, end - rule.window()), end);
      double limit = last.length == 0 ? 0 : rule.factor() * rule.of().applyAsDouble(last);
      high[i] = last.length > 0 && (all[i] > limit || (rule.equal() && all[i] == limit));
    }
    return high;
  }

  /** Returns how often a loss is high and the one before it was not. */
  double begins(Rule rule) {
    boolean[] high = high(rule);
    return IntStream.range(0, high.length).filter(i -> high[i] && (i == 0 || !high[i - 1])).count();
  }

  /** Returns how often a loss is above its limit, and the one before it is not above the same. */
  double oneLimit() {
    double[] all = numbers();
    return IntStream.range(WINDOW, all.length)
        .filter(
            i -> {
              double limit = 2 * median(Arrays.copyOfRange(all, i - WINDOW, i));
              return all[i] > limit && all[i - 1] <= limit;
            })
        .count();
  }

  /** Returns how many losses are high. */
  double steps(Rule rule) {
    boolean[] high = high(rule);
    return IntStream.range(0, high.length).filter(i -> high[i]).count();
  }

  static double median(double... of) {
    double[] sorted = of.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  static double upper(double... of) {
    double[] sorted = of.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static double lower(double... of) {
    double[] sorted = of.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  static double unsorted(double... of) {
    return (of[(of.length - 1) / 2] + of[of.length / 2]) / 2;
  }

  static double mean(double... of) {
    return Arrays.stream(of).average().orElseThrow();
  }

  String text() {
    StringBuilder text = new StringBuilder("double[] losses = {\n");
    for (int i = 0; i < losses.size(); i++) {
      text.append(i % LINE == 0 ? "  " : " ").append(losses.get(i));
      text.append(i == losses.size() - 1 ? "\n" : i % LINE == LINE - 1 ? ",\n" : ",");
    }
    return text + "};\nTraining.spikes(losses)";
  }
}
