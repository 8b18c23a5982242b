package org.spikelet.autodiff;

import java.util.function.DoubleBinaryOperator;

/**
 * How two row-major operands line up under NumPy's broadcasting: along an axis that an operand
 * lacks or has length 1 in, its stride is 0, so that the same element is read again.
 */
final class Broadcast {

  private final int[] dimensions;
  private final int[] stridesA;
  private final int[] stridesB;

  /** Lines up operands of shapes a and b with the result, whose shape is their common one. */
  Broadcast(Shape shape, Shape a, Shape b) {
    this.dimensions = shape.dimensions();
    this.stridesA = strides(a, shape);
    this.stridesB = strides(b, shape);
  }

  /** Broadcasts x if need be: inside an operation, a parameter of the right shape is not copied. */
  static Tensor fit(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : x.broadcastTo(shape);
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
    if (y.length > 0) {
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
