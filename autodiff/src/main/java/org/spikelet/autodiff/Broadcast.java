package org.spikelet.autodiff;

import java.util.function.DoubleBinaryOperator;

/**
 * How two row-major operands line up under NumPy's broadcasting: along an axis that an operand
 * lacks or has length 1 in, its stride is 0, so that the same element is read again.
 */
final class Broadcast {

  private final Shape shape;
  private final int[] dimensions;
  private final int[] stridesA;
  private final int[] stridesB;

  private Broadcast(Shape shape, Shape a, Shape b) {
    this.shape = shape;
    this.dimensions = shape.dimensions();
    this.stridesA = strides(a, shape);
    this.stridesB = strides(b, shape);
  }

  static Broadcast of(String operation, Shape a, Shape b) {
    return new Broadcast(Shape.broadcast(operation, a, b), a, b);
  }

  /** Returns the shape of the result. */
  Shape shape() {
    return shape;
  }

  private static int[] strides(Shape operand, Shape result) {
    int[] own = operand.strides();
    int[] strides = new int[result.rank()];
    int missing = result.rank() - operand.rank();
    for (int axis = 0; axis < own.length; axis++) {
      strides[missing + axis] = operand.dimension(axis) == 1 ? 0 : own[axis];
    }
    return strides;
  }

  /** y = f(a, b), element by element. */
  void zip(DoubleBinaryOperator f, double[] a, double[] b, double[] y) {
    if (a.length == y.length && b.length == y.length) {
      for (int i = 0; i < y.length; i++) {
        y[i] = f.applyAsDouble(a[i], b[i]);
      }
    } else if (y.length > 0) {
      zip(f, a, 0, b, 0, y, 0, 0);
    }
  }

  /** Fills the part of y that starts at i and spans the axes from this one on; returns its end. */
  private int zip(
      DoubleBinaryOperator f, double[] a, int ia, double[] b, int ib, double[] y, int i, int axis) {
    int n = dimensions[axis];
    int da = stridesA[axis];
    int db = stridesB[axis];
    if (axis == dimensions.length - 1) {
      for (int k = 0; k < n; k++) {
        y[i + k] = f.applyAsDouble(a[ia + k * da], b[ib + k * db]);
      }
      return i + n;
    }
    int end = i;
    for (int k = 0; k < n; k++) {
      end = zip(f, a, ia + k * da, b, ib + k * db, y, end, axis + 1);
    }
    return end;
  }
}
