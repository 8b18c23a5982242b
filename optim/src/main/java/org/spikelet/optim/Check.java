package org.spikelet.optim;

import java.util.Objects;

/** Refuses hyper-parameters that make no sense. */
final class Check {

  private Check() {}

  /** Anything but null. */
  static <T> T given(String name, T value) {
    return Objects.requireNonNull(value, () -> name + ": must not be null");
  }

  /** A finite number that is not negative. */
  static double rate(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be finite and not negative, got " + value);
    }
    return value;
  }

  /** A decay rate, in [0, 1). */
  static double decay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": must be in [0, 1), got " + value);
    }
    return value;
  }

  /** A finite number above 0. */
  static double positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be finite and positive, got " + value);
    }
    return value;
  }

  /** A count of at least 1. */
  static long count(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": must be at least 1, got " + value);
    }
    return value;
  }
}
