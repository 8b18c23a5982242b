package org.spikelet.autodiff;

import java.util.Arrays;

/**
 * How two row-major operands line up under NumPy's broadcasting: along an axis that an operand
 * lacks or has length 1 in, its stride is 0, so that the same element is read again.
 *
 * <p>Neighbouring axes along which both operands simply go on are one: of 32×100 and 100 two are
 * left, of two equal shapes one. Along the last, each operand's stride is 1 or 0.
 */
final class Broadcast {

  /** At most so many copies of an element that is read again stand in a row. */
  private static final int COPIES = 256;

  private final int[] dimensions;
  private final int[] stridesA;
  private final int[] stridesB;
  private final int size;

  /** Lines up operands of shapes a and b with the result, whose shape is their common one. */
  Broadcast(Shape shape, Shape a, Shape b) {
    int[] all = shape.dimensions();
    int[] ofA = strides(a, shape);
    int[] ofB = strides(b, shape);
    int rank = all.length;
    int first = rank;
    // Filled from the back; axes of length 1 are left out.
    for (int axis = rank - 1; axis >= 0; axis--) {
      if (all[axis] == 1) {
        continue;
      }
      if (first < rank
          && ofA[axis] == all[first] * ofA[first]
          && ofB[axis] == all[first] * ofB[first]) {
        all[first] *= all[axis];
      } else {
        first--;
        int length = all[axis];
        int strideA = ofA[axis];
        int strideB = ofB[axis];
        all[first] = length;
        ofA[first] = strideA;
        ofB[first] = strideB;
      }
    }
    dimensions = Arrays.copyOfRange(all, first, rank);
    stridesA = Arrays.copyOfRange(ofA, first, rank);
    stridesB = Arrays.copyOfRange(ofB, first, rank);
    size = shape.size();
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
  void zip(Loops.Zip f, double[] a, double[] b, double[] y) {
    if (size == 0) {
      return;
    }
    if (dimensions.length == 0) {
      f.run(a, 0, b, 0, y, 0, 1);
      return;
    }
    int inner = size / dimensions[0];
    Workers.run(
        Workers.PASS * size,
        dimensions[0],
        1,
        (from, to) ->
            new Walk(f, a, b, y, copies())
                .go(0, to - from, from * stridesA[0], from * stridesB[0], from * inner));
  }

  /** Room for copies of an element that is read again, if there is one along the last axis. */
  private double[] copies() {
    int last = dimensions.length - 1;
    boolean needed = stridesA[last] == 0 || stridesB[last] == 0;
    return Tape.allocate(needed ? Math.min(dimensions[last], COPIES) : 0);
  }

  /** Walks over the axes, and applies the loop to each stretch of the last one. */
  private final class Walk {

    private final Loops.Zip f;
    private final double[] a;
    private final double[] b;
    private final double[] y;
    private final double[] copies;

    Walk(Loops.Zip f, double[] a, double[] b, double[] y, double[] copies) {
      this.f = f;
      this.a = a;
      this.b = b;
      this.y = y;
      this.copies = copies;
    }

    /**
     * Takes n steps along an axis, from elements of a and b; fills y from i on, returns the end.
     */
    int go(int axis, int n, int fromA, int fromB, int i) {
      int da = stridesA[axis];
      int db = stridesB[axis];
      if (axis == dimensions.length - 1) {
        stretch(n, fromA, da, fromB, db, i);
        return i + n;
      }
      int end = i;
      for (int k = 0; k < n; k++) {
        end = go(axis + 1, dimensions[axis + 1], fromA + k * da, fromB + k * db, end);
      }
      return end;
    }

    /** An element that is read again is copied, so that the loops need no stride. */
    private void stretch(int n, int fromA, int da, int fromB, int db, int i) {
      if (da == 1 && db == 1) {
        f.run(a, fromA, b, fromB, y, i, n);
        return;
      }
      Arrays.fill(copies, 0, Math.min(n, copies.length), da == 0 ? a[fromA] : b[fromB]);
      for (int k = 0; k < n; k += copies.length) {
        int length = Math.min(copies.length, n - k);
        if (da == 0) {
          f.run(copies, 0, b, fromB + k, y, i + k, length);
        } else {
          f.run(a, fromA + k, copies, 0, y, i + k, length);
        }
      }
    }
  }
}
