package org.spikelet.autodiff;

import java.util.Arrays;
import org.spikelet.autodiff.kernels.ReductionLoop;

/** The axes of a shape that a reduction runs over. */
final class Axes {

  private final String operation;
  private final Shape shape;
  private final boolean[] reduced;

  private Axes(String operation, Shape shape, boolean[] reduced) {
    this.operation = operation;
    this.shape = shape;
    this.reduced = reduced;
  }

  /**
   * Marks the axes, or all of them if none is named.
   *
   * @throws IllegalArgumentException if an axis does not exist or is named twice
   */
  static Axes of(String operation, Shape shape, int... axes) {
    boolean[] reduced = new boolean[shape.rank()];
    Arrays.fill(reduced, axes.length == 0);
    for (int axis : axes) {
      int k = shape.axis(operation, axis);
      if (reduced[k]) {
        throw new IllegalArgumentException("%s: axis %s is named twice".formatted(operation, axis));
      }
      reduced[k] = true;
    }
    return new Axes(operation, shape, reduced);
  }

  /**
   * Marks the axes along which a part is repeated if it is broadcast to the shape.
   *
   * @throws IllegalArgumentException if it does not broadcast to the shape
   */
  static Axes repeated(String operation, Shape shape, Shape part) {
    int missing = shape.rank() - part.rank();
    boolean fits = missing >= 0;
    boolean[] reduced = new boolean[shape.rank()];
    for (int axis = 0; axis < reduced.length && fits; axis++) {
      int length = axis < missing ? 1 : part.dimension(axis - missing);
      reduced[axis] = axis < missing || length != shape.dimension(axis);
      fits = length == 1 || length == shape.dimension(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: the shape %s does not broadcast to %s".formatted(operation, part, shape));
    }
    return new Axes(operation, shape, reduced);
  }

  /** The shape with length 1 along the reduced axes. */
  Shape kept() {
    int[] lengths = shape.dimensions();
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = reduced[axis] ? 1 : lengths[axis];
    }
    return Shape.of(lengths);
  }

  /** Spreads what a reduction has left, with the reduced axes or without, over the shape again. */
  Tensor spread(Tensor left) {
    boolean aligned = left.shape().rank() == 0 || left.shape().rank() == shape.rank();
    return (aligned ? left : left.reshape(kept())).broadcastTo(shape);
  }

  /** The shape without the reduced axes. */
  Shape dropped() {
    int[] left = new int[shape.rank()];
    int rank = 0;
    for (int axis = 0; axis < reduced.length; axis++) {
      if (!reduced[axis]) {
        left[rank++] = shape.dimension(axis);
      }
    }
    return Shape.of(Arrays.copyOf(left, rank));
  }

  /**
   * Returns how many elements go into one.
   *
   * @throws IllegalArgumentException if there is none
   */
  double checkedCount() {
    double count = 1;
    for (int axis = 0; axis < reduced.length; axis++) {
      count *= reduced[axis] ? shape.dimension(axis) : 1;
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          "%s: the shape %s has no element along the reduced axes".formatted(operation, shape));
    }
    return count;
  }

  /** Reduces x along the axes, to a result of a shape of as many elements as are left. */
  Tensor reduce(ReductionLoop f, Tensor x, Shape result) {
    double[] y = f.along(reduced, shape.array(), x.data());
    return new Tensor(result, y == x.data() ? x.toArray() : y, Tape.current());
  }

  /** Runs a loop that keeps the length along the axis, of which there is one. */
  Tensor map(ReductionLoop f, Tensor x) {
    int axis = 0;
    while (!reduced[axis]) {
      axis++;
    }
    Tensor y = Tensor.result(shape);
    int inner = shape.sizeBetween(axis + 1, shape.rank());
    f.run(x.data(), shape.sizeBetween(0, axis), shape.dimension(axis), inner, y.data());
    return y;
  }
}
