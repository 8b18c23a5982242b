package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.spikelet.autodiff.Tensor;

/** Refuses hyper-parameters that make no sense, and states that something else has saved. */
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

  /** What was saved: tensors of these sizes. */
  static void saved(String name, List<Tensor> saved, int... sizes) {
    int[] there = saved.stream().mapToInt(Tensor::size).toArray();
    if (!Arrays.equals(there, sizes)) {
      throw new IllegalArgumentException(
          "restore: %s saves tensors of the sizes %s, there are %s; restore them to the one that saved them"
              .formatted(name, Arrays.toString(sizes), Arrays.toString(there)));
    }
  }
}
