package org.spikelet.testing.oracle;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two answers to one question, compared: a number differs if it is off by more than 1e−9 of itself
 * and by more than 1e−12 of the largest one, which rounding errors of differences scale with.
 */
final class Comparison {

  private static final double RELATIVE = 1e-9;
  private static final double ROUNDING = 1e-12;

  private final Answer ours;
  private final Answer theirs;
  private final double largest;

  private Comparison(Answer ours, Answer theirs) {
    this.ours = ours;
    this.theirs = theirs;
    this.largest = Math.max(largest(ours), largest(theirs));
  }

  /** Returns the first difference, if there is one: in the value, the gradients, the products. */
  static Optional<Difference> difference(Answer ours, Answer theirs) {
    if (!ours.shape().equals(theirs.shape())) {
      return Optional.of(
          new Difference("shape", "%s, not %s".formatted(ours.shape(), theirs.shape())));
    }
    return new Comparison(ours, theirs).first();
  }

  /** Whether a zero of y has another sign, which a comparison of numbers does not see. */
  static boolean zerosDiffer(Answer ours, Answer theirs) {
    double[] a = Doubles.read(ours.value());
    double[] b = Doubles.read(theirs.value());
    return IntStream.range(0, a.length)
        .anyMatch(i -> a[i] == 0 && b[i] == 0 && 1 / a[i] != 1 / b[i]);
  }

  private Optional<Difference> first() {
    return Stream.of(
            in("value", List.of(ours.value()), List.of(theirs.value())),
            in("gradient", ours.gradients(), theirs.gradients()),
            in("product", ours.products(), theirs.products()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Difference> in(
      String quantity, List<List<String>> ours, List<List<String>> theirs) {
    for (int k = 0; k < ours.size(); k++) {
      double[] a = Doubles.read(ours.get(k));
      double[] b = Doubles.read(theirs.get(k));
      int input = k;
      Optional<Difference> found =
          IntStream.range(0, a.length)
              .filter(i -> differ(a[i], b[i]))
              .mapToObj(i -> "%s[%s]: %s, not %s".formatted(input, i, a[i], b[i]))
              .map(text -> new Difference(quantity, text))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private boolean differ(double a, double b) {
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return false;
    }
    double error = Math.abs(a - b);
    double size = Math.max(Math.abs(a), Math.abs(b));
    // An infinity or a NaN is within no bound of another number.
    return !(Double.isFinite(size) && (error <= RELATIVE * size || error <= ROUNDING * largest));
  }

  private static double largest(Answer answer) {
    return Stream.of(List.of(answer.value()), answer.gradients(), answer.products())
        .flatMap(List::stream)
        .flatMapToDouble(values -> DoubleStream.of(Doubles.read(values)))
        .map(Math::abs)
        .filter(Double::isFinite)
        .reduce(1, Math::max);
  }
}
