package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, outermost first; rank 0 is a scalar.
 *
 * <p>Elements lie in row-major order: the element (i, j, k) of a shape a×b×c has the offset (i·b +
 * j)·c + k.
 */
public final class Shape {

  /** The shape of rank 0, with one element. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dimensions;
  private final int size;

  private Shape(int[] dimensions) {
    long product = 1;
    boolean empty = false;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "shape: a dimension is negative: " + Arrays.toString(dimensions));
      }
      product = Math.min(product, Integer.MAX_VALUE + 1L) * dimension;
      empty |= dimension == 0;
    }
    if (product > Integer.MAX_VALUE && !empty) {
      throw new IllegalArgumentException(
          "shape: more than 2³¹−1 elements: " + Arrays.toString(dimensions));
    }
    this.dimensions = dimensions;
    this.size = empty ? 0 : (int) product;
  }

  /**
   * Returns the shape with these dimensions, outermost first.
   *
   * @throws IllegalArgumentException if a dimension is negative or there are more than 2³¹−1
   *     elements
   */
  public static Shape of(int... dimensions) {
    return dimensions.length == 0 ? SCALAR : new Shape(dimensions.clone());
  }

  /** Returns the number of dimensions. */
  public int rank() {
    return dimensions.length;
  }

  /** Returns the number of elements, the product of the dimensions. */
  public int size() {
    return size;
  }

  /**
   * Returns the length along an axis; −1 is the last axis.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int dimension(int axis) {
    return dimensions[axis("dimension", axis)];
  }

  /** Returns the dimensions as a new array. */
  public int[] dimensions() {
    return dimensions.clone();
  }

  /**
   * Returns where the element with this offset is: one index for each axis.
   *
   * @throws IllegalArgumentException if there is no such element
   */
  public int[] position(int offset) {
    int rest = checkIndex("position", offset, size);
    int[] position = new int[rank()];
    for (int axis = rank() - 1; axis >= 0; rest /= dimensions[axis--]) {
      position[axis] = rest % dimensions[axis];
    }
    return position;
  }

  /** The dimensions, not a copy. */
  int[] array() {
    return dimensions;
  }

  /** Returns the axis counted from the front: −1 becomes rank − 1. */
  int axis(String operation, int axis) {
    if (axis < -rank() || axis >= rank()) {
      String range =
          rank() == 0 ? ", which has none" : "; axes go from -" + rank() + " to " + (rank() - 1);
      throw new IllegalArgumentException(
          "%s: axis %s does not exist in shape %s%s".formatted(operation, axis, this, range));
    }
    return axis < 0 ? axis + rank() : axis;
  }

  /** Returns an index that must be below a length, along an axis or of all elements. */
  int checkIndex(String operation, int index, int length) {
    if (index < 0 || index >= length) {
      String range = length == 0 ? "an empty axis" : "0 to " + (length - 1);
      throw new IllegalArgumentException(
          "%s: index %s is outside %s of the shape %s".formatted(operation, index, range, this));
    }
    return index;
  }

  /** Returns this shape with one axis replaced by another length. */
  Shape with(int axis, long length) {
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape: axis %s of %s would become %s long, more than 2³¹−1"
              .formatted(axis, this, length));
    }
    int[] changed = dimensions.clone();
    changed[axis] = (int) length;
    return new Shape(changed);
  }

  /** Returns this shape without its last axes. */
  Shape withoutLast(int count) {
    return count == rank() ? SCALAR : new Shape(Arrays.copyOf(dimensions, rank() - count));
  }

  /** Returns this shape with more axes at the end. */
  Shape withLast(int... lengths) {
    int[] longer = Arrays.copyOf(dimensions, rank() + lengths.length);
    System.arraycopy(lengths, 0, longer, rank(), lengths.length);
    return new Shape(longer);
  }

  /**
   * Returns the product of the dimensions from one axis (inclusive) to another (exclusive); 0 for a
   * shape without elements, whose other dimensions may have a product beyond any int.
   */
  int sizeBetween(int from, int to) {
    int product = size == 0 ? 0 : 1;
    for (int axis = from; axis < to; axis++) {
      product *= dimensions[axis];
    }
    return product;
  }

  /** Returns the shape that both shapes broadcast to, by NumPy's rule. */
  static Shape broadcast(String operation, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] result = new int[rank];
    for (int k = 1; k <= rank; k++) {
      int p = k <= a.rank() ? a.dimensions[a.rank() - k] : 1;
      int q = k <= b.rank() ? b.dimensions[b.rank() - k] : 1;
      if (p != q && p != 1 && q != 1) {
        throw new IllegalArgumentException(
            ("%s: shapes do not broadcast: %s and %s; counted from the last axis, lengths must be "
                    + "equal or 1")
                .formatted(operation, a, b));
      }
      result[rank - k] = p == 1 ? q : p;
    }
    // Mostly one of the two is the result.
    return Arrays.equals(result, a.dimensions)
        ? a
        : Arrays.equals(result, b.dimensions) ? b : new Shape(result);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** Returns the dimensions as they are spoken: {@code 32×14}, or {@code scalar}. */
  @Override
  public String toString() {
    return rank() == 0
        ? "scalar"
        : Arrays.stream(dimensions).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }
}
