package org.spikelet.autodiff.kernels;

import java.util.Arrays;

/**
 * Operands that line up in any way: along an axis that an operand lacks or has length 1 in, its
 * stride is 0, so that the same element is read again.
 *
 * <p>Neighbouring axes along which both operands simply go on are one: of 4×5×6 and 4×1×1 two are
 * left. Along the last, each operand's stride is 1 or 0.
 */
final class StridedBroadcast implements Broadcast {

  private final int[] dimensions;
  private final int[] stridesA;
  private final int[] stridesB;

  /** The first axis in these arrays; they are filled from the back. */
  private int first;

  StridedBroadcast(int[] shape, int[] a, int[] b) {
    int rank = shape.length;
    dimensions = new int[rank];
    stridesA = new int[rank];
    stridesB = new int[rank];
    first = rank;
    int sizeA = 1;
    int sizeB = 1;
    for (int k = 1; k <= rank; k++) {
      int lengthA = k <= a.length ? a[a.length - k] : 1;
      int lengthB = k <= b.length ? b[b.length - k] : 1;
      if (shape[rank - k] != 1) {
        addInFront(shape[rank - k], lengthA == 1 ? 0 : sizeA, lengthB == 1 ? 0 : sizeB);
      }
      sizeA *= lengthA;
      sizeB *= lengthB;
    }
  }

  private void addInFront(int length, int strideA, int strideB) {
    if (first < dimensions.length
        && strideA == dimensions[first] * stridesA[first]
        && strideB == dimensions[first] * stridesB[first]) {
      dimensions[first] *= length;
    } else {
      first--;
      dimensions[first] = length;
      stridesA[first] = strideA;
      stridesB[first] = strideB;
    }
  }

  @Override
  public void zip(BinaryLoop f, double[] a, double[] b, double[] y) {
    if (y.length == 0) {
      return;
    }
    if (first == dimensions.length) {
      f.run(a, b, 0, y, 0, 1);
      return;
    }
    int n = dimensions[first];
    if (Threads.isWorthwhile(Threads.PASS * y.length)) {
      int grain = y.length == n ? Threads.LINE : 1;
      Threads.divide(n, grain, (from, to) -> new Walk(f, a, b, y).from(from, to));
    } else {
      new Walk(f, a, b, y).from(0, n);
    }
  }

  /** Walks over the axes, and applies the loop to each stretch of the last one. */
  private final class Walk {

    private final BinaryLoop f;
    private final double[] a;
    private final double[] b;
    private final double[] y;

    /** Room for copies of an element of b that is read again. */
    private final double[] copies;

    Walk(BinaryLoop f, double[] a, double[] b, double[] y) {
      this.f = f;
      this.a = a;
      this.b = b;
      this.y = y;
      int last = dimensions.length - 1;
      copies = Memory.allocate(stridesB[last] == 0 ? Math.min(dimensions[last], COPIES) : 0);
    }

    /** Walks along the first axis from one index to another. */
    void from(int from, int to) {
      int inner = y.length / dimensions[first];
      along(first, to - from, from * stridesA[first], from * stridesB[first], from * inner);
    }

    /** Takes n steps along an axis from elements of a and b; fills y from i on, returns the end. */
    private int along(int axis, int n, int fromA, int fromB, int i) {
      if (axis == dimensions.length - 1) {
        stretch(fromA, fromB, i, i + n);
        return i + n;
      }
      int end = i;
      for (int k = 0; k < n; k++) {
        int nextA = fromA + k * stridesA[axis];
        int nextB = fromB + k * stridesB[axis];
        end = along(axis + 1, dimensions[axis + 1], nextA, nextB, end);
      }
      return end;
    }

    private void stretch(int fromA, int fromB, int i, int end) {
      double[] alignedA = aligned(fromA, i, end);
      if (copies.length == 0) {
        f.run(alignedA, b, fromB, y, i, end);
        return;
      }
      Arrays.fill(copies, b[fromB]);
      for (int k = i; k < end; k += copies.length) {
        f.run(alignedA, copies, 0, y, k, Math.min(k + copies.length, end));
      }
    }

    /** The loops read a where they write y: where it lies elsewhere it is copied there first. */
    private double[] aligned(int fromA, int i, int end) {
      if (stridesA[dimensions.length - 1] == 0) {
        Arrays.fill(y, i, end, a[fromA]);
        return y;
      }
      if (fromA != i) {
        System.arraycopy(a, fromA, y, i, end - i);
        return y;
      }
      return a;
    }
  }
}
