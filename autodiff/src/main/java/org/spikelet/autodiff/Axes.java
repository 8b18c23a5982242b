package org.spikelet.autodiff;

import java.util.Arrays;

/**
 * The axes that a reduction runs over.
 *
 * <p>Neighbouring axes are reduced together, as the middle axis of outer × n × inner; the groups
 * one after the other.
 */
final class Axes {

  /**
   * A loop from x: outer × n × inner to y: outer × inner (or to the size of x, in {@link #map}).
   */
  @FunctionalInterface
  interface Kernel {
    void run(double[] x, int outer, int n, int inner, double[] y);
  }

  private final String operation;
  private final Shape shape;
  private final boolean[] reduced;

  private Axes(String operation, Shape shape, boolean[] reduced) {
    this.operation = operation;
    this.shape = shape;
    this.reduced = reduced;
  }

  /** Marks the axes, or all of them if none is named. */
  static Axes of(String operation, Shape shape, int... axes) {
    boolean[] reduced = new boolean[shape.rank()];
    for (int axis : axes) {
      int k = shape.axis(operation, axis);
      if (reduced[k]) {
        throw new IllegalArgumentException("%s: axis %s is named twice".formatted(operation, axis));
      }
      reduced[k] = true;
    }
    if (axes.length == 0) {
      Arrays.fill(reduced, true);
    }
    return new Axes(operation, shape, reduced);
  }

  /** The shape with length 1 along the reduced axes. */
  Shape kept() {
    Shape kept = shape;
    for (int axis = 0; axis < reduced.length; axis++) {
      kept = reduced[axis] ? kept.with(axis, 1) : kept;
    }
    return kept;
  }

  /** The shape without the reduced axes. */
  private Shape dropped() {
    int[] left = new int[shape.rank()];
    int rank = 0;
    for (int axis = 0; axis < reduced.length; axis++) {
      if (!reduced[axis]) {
        left[rank++] = shape.dimension(axis);
      }
    }
    return Shape.of(Arrays.copyOf(left, rank));
  }

  /** How many elements go into one, which must not be 0. */
  long checkedCount() {
    long count = 1;
    for (int axis = 0; axis < reduced.length; axis++) {
      count *= reduced[axis] ? shape.dimension(axis) : 1;
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          "%s: the shape %s has no element along the reduced axes".formatted(operation, shape));
    }
    return count;
  }

  Tensor reduce(Tensor x, Kernel kernel, boolean keepDims) {
    double[] values = x.data();
    Shape current = shape;
    for (int end = reduced.length; end > 0; end--) {
      if (reduced[end - 1]) {
        int start = end - 1;
        while (start > 0 && reduced[start - 1]) {
          start--;
        }
        int n = current.sizeBetween(start, end);
        for (int axis = start; axis < end; axis++) {
          current = current.with(axis, 1);
        }
        double[] y = Tape.allocate(current.size());
        int inner = current.sizeBetween(end, current.rank());
        kernel.run(values, current.sizeBetween(0, start), n, inner, y);
        values = y;
        end = start + 1;
      }
    }
    if (values == x.data()) {
      values = x.toArray();
    }
    return Tensor.result(keepDims ? current : dropped(), values);
  }

  /** Runs a kernel that keeps the length along a single axis. */
  Tensor map(Tensor x, Kernel kernel) {
    int axis = 0;
    while (!reduced[axis]) {
      axis++;
    }
    double[] y = Tape.allocate(x.size());
    int inner = shape.sizeBetween(axis + 1, shape.rank());
    kernel.run(x.data(), shape.sizeBetween(0, axis), shape.dimension(axis), inner, y);
    return Tensor.result(shape, y);
  }
}
