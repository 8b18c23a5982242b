package org.spikelet.app.learn.check;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What a code answered to one input: numbers, or something that it threw. */
final class Answer {
  private final double[] numbers; // none if something was thrown
  private final Optional<Throwable> thrown;

  private Answer(double[] numbers, Optional<Throwable> thrown) {
    this.numbers = numbers;
    this.thrown = thrown;
  }

  /** Asks the learner's code, which may throw anything. */
  @SuppressWarnings("CatchingUnchecked") // an error is as much an answer as an exception
  static <T> Answer of(Function<T, double[]> code, T input) {
    try {
      return new Answer(code.apply(input), Optional.empty());
    } catch (Throwable e) {
      return new Answer(new double[0], Optional.of(e));
    }
  }

  /** Returns whether both are the same numbers, but for so small a part of their size. */
  boolean agrees(Answer other, double tolerance) {
    return thrown.isEmpty()
        && other.thrown.isEmpty()
        && numbers.length == other.numbers.length
        && IntStream.range(0, numbers.length)
            .allMatch(i -> near(numbers[i], other.numbers[i], tolerance));
  }

  private static boolean near(double a, double b, double tolerance) {
    return Double.compare(a, b) == 0
        || (Double.isFinite(a - b) // else infinity would be near to everything
            && Math.abs(a - b) <= tolerance * Math.max(1, Math.max(Math.abs(a), Math.abs(b))));
  }

  /** Returns how many numbers there are. */
  int size() {
    return numbers.length;
  }

  /** Returns one of the numbers. */
  double number(int i) {
    return numbers[i];
  }

  /** Returns what was thrown instead. */
  Optional<Throwable> thrown() {
    return thrown;
  }
}
