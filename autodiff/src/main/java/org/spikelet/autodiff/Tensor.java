package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.Objects;
import org.spikelet.autodiff.kernels.Memory;

/**
 * An array of doubles with a shape, in row-major order; immutable, unless it is a {@link
 * Parameter}.
 *
 * <p>A tensor comes from a factory such as {@link #of}, or from an operation on other tensors.
 * There are no views of a part: an operation that computes or moves elements writes an array of its
 * own. An array is shared only by tensors with the same values in the same shape: {@link #detach}
 * and {@link Tape#watch} share that of their tensor, unless it is a parameter; {@code sumTo} and
 * {@code broadcastTo} the shape that it has return the tensor itself.
 *
 * <p><b>Operations.</b> There are six families, each an interface in a file of its own: {@link
 * Unary}, {@link Binary}, {@link Reductions}, {@link Movement}, {@link Indexing} and {@link
 * Products}. An operation is one method there, its forward pass and its derivative on one screen;
 * as default methods they can be written so, and called as {@code x.exp()}, without a class of some
 * thousand lines. The interfaces are sealed: a {@code Tensor} is all that they are for.
 *
 * <p><b>States.</b> A tensor that an operation made while a {@link Tape} was open belongs to that
 * tape. Two fields tell how a tensor stands to tapes:
 *
 * <table>
 * <caption>States of a tensor</caption>
 * <tr><th>state</th><th>owner</th><th>position</th><th>gradients</th></tr>
 * <tr><td>constant, from a factory or copied</td><td>none</td><td>−1</td><td>none flow
 * through it</td></tr>
 * <tr><td>result of constants, or of a walk back that is not recorded</td><td>a tape</td><td>−1</td>
 * <td>none flow through it</td></tr>
 * <tr><td>recorded, or watched</td><td>a tape</td><td>on the tape</td><td>flow through it</td></tr>
 * <tr><td>dead: one of the two before, its tape has closed</td><td>a closed tape</td><td>any</td>
 * <td>reading it is refused</td></tr>
 * <tr><td>parameter</td><td>none</td><td>each tape knows it by itself</td><td>flow through it, if it
 * is trainable</td></tr>
 * </table>
 *
 * <p>{@link #copy} takes a tensor out of its tape, to be kept; {@link #detach} makes a constant of
 * it that ends with the tape.
 */
public sealed class Tensor implements Unary, Binary, Reductions, Movement, Indexing, Products
    permits Parameter {

  private final Shape shape;
  private final double[] data;

  /** The tape whose life this tensor shares, or null for a tensor that belongs to nobody. */
  private Tape owner;

  /** Where it stands on that tape, or −1. */
  private int position = -1;

  Tensor(Shape shape, double[] data, Tape owner) {
    this.shape = shape;
    this.data = data;
    this.owner = owner;
  }

  /**
   * Returns a tensor with a copy of these values in row-major order.
   *
   * @throws IllegalArgumentException if the number of values is not the size of the shape
   */
  public static Tensor of(Shape shape, double... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "tensor: shape %s needs %s values, got %s".formatted(shape, shape.size(), values.length));
    }
    return new Tensor(shape, values.clone(), null);
  }

  /** Returns a scalar, of rank 0. */
  public static Tensor scalar(double value) {
    return new Tensor(Shape.SCALAR, new double[] {value}, null);
  }

  /** Returns a tensor of rank 1 with a copy of these values. */
  public static Tensor vector(double... values) {
    return of(Shape.of(values.length), values);
  }

  /**
   * Returns a tensor of rank 2 with a copy of these rows.
   *
   * @throws IllegalArgumentException if there is no row or the rows differ in length
   */
  public static Tensor matrix(double[]... rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("matrix: no rows; use zeros(Shape.of(0, columns))");
    }
    int columns = rows[0].length;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "matrix: row %s has %s values, row 0 has %s".formatted(i, rows[i].length, columns));
      }
    }
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return new Tensor(Shape.of(rows.length, columns), values, null);
  }

  /** Returns a tensor with every element equal to one value. */
  public static Tensor full(Shape shape, double value) {
    double[] data = new double[shape.size()];
    Arrays.fill(data, value);
    return new Tensor(shape, data, null);
  }

  /** Returns a tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return full(shape, 0);
  }

  /** Returns a tensor of ones. */
  public static Tensor ones(Shape shape) {
    return full(shape, 1);
  }

  /** Returns the shape. */
  public final Shape shape() {
    return shape;
  }

  /** Returns the number of elements. */
  public final int size() {
    return shape.size();
  }

  /**
   * Returns the value of a tensor with one element.
   *
   * @throws IllegalArgumentException if there are more or fewer elements
   * @throws IllegalStateException if the tape has closed
   */
  public final double item() {
    if (size() != 1) {
      throw new IllegalArgumentException(
          "item: needs exactly one element, the shape is %s; use get or toArray".formatted(shape));
    }
    return data()[0];
  }

  /**
   * Returns the element at an offset in row-major order.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if the tape has closed
   */
  public final double at(int offset) {
    return data()[shape.checkIndex("at", offset, size())];
  }

  /**
   * Returns one element.
   *
   * @throws IllegalArgumentException if there is not one index for each axis, or one is out of
   *     range
   */
  public final double get(int... position) {
    if (position.length != shape.rank()) {
      throw new IllegalArgumentException(
          "get: %s indices for the shape %s".formatted(position.length, shape));
    }
    int offset = 0;
    for (int axis = 0; axis < position.length; axis++) {
      int length = shape.dimension(axis);
      offset = offset * length + shape.checkIndex("get", position[axis], length);
    }
    return data()[offset];
  }

  /** Returns a copy of the values in row-major order. */
  public final double[] toArray() {
    return data().clone();
  }

  /** Returns a constant with the same values that belongs to no tape, to be kept for good. */
  public final Tensor copy() {
    return new Tensor(shape, toArray(), null);
  }

  /**
   * Returns a constant with the same values, through which no derivative flows: PyTorch's {@code
   * detach}. It lives as long as this tensor.
   */
  public final Tensor detach() {
    // A parameter changes in place, so its constant must have an array of its own.
    return this instanceof Parameter ? copy() : new Tensor(shape, data(), owner);
  }

  /**
   * The row-major values, not a copy.
   *
   * @throws IllegalStateException if the tape has closed or belongs to another thread
   */
  final double[] data() {
    if (owner != null) {
      owner.checkUse(this);
    }
    return data;
  }

  /** Makes the result of an operation, whose elements the caller writes. */
  static Tensor result(Shape shape) {
    return new Tensor(shape, Memory.allocate(shape.size()), Tape.current());
  }

  /** Whether it can become the output of an operation: it stands on no tape, nor is one closed. */
  final boolean isFresh() {
    return position < 0 && !(this instanceof Parameter) && (owner == null || owner.isOpen());
  }

  final Tape owner() {
    return owner;
  }

  final int position() {
    return position;
  }

  /** Puts this fresh result on a tape. */
  final void enter(Tape tape, int position) {
    this.owner = Objects.requireNonNull(tape);
    this.position = position;
  }

  /** Returns the shape and, for a small tensor, the values, nested in brackets. */
  @Override
  public String toString() {
    return owner == null || owner.isUsable()
        ? TensorText.of(shape, data)
        : "Tensor(" + shape + ") of a closed tape, or of another thread";
  }
}
