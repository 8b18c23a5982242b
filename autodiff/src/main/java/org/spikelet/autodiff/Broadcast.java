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

  private final int size;
  private final int[] dimensions;
  private final int[] stridesA;
  private final int[] stridesB;

  /** The first axis in these arrays; they are filled from the back. */
  private int first;

  /** Lines up operands of shapes a and b with the result, whose shape is their common one. */
  Broadcast(Shape shape, Shape a, Shape b) {
    int rank = shape.rank();
    size = shape.size();
    dimensions = new int[rank];
    stridesA = new int[rank];
    stridesB = new int[rank];
    first = rank;
    int sizeA = 1;
    int sizeB = 1;
    for (int k = 1; k <= rank; k++) {
      int lengthA = k <= a.rank() ? a.dimension(-k) : 1;
      int lengthB = k <= b.rank() ? b.dimension(-k) : 1;
      int length = shape.dimension(-k);
      if (length != 1) {
        addInFront(length, lengthA == 1 ? 0 : sizeA, lengthB == 1 ? 0 : sizeB);
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

  /** Broadcasts x if need be: inside an operation, a parameter of the right shape is not copied. */
  static Tensor fit(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : x.broadcastTo(shape);
  }

  /** y = f(a, b), element by element. */
  void zip(Loops.Zip f, double[] a, double[] b, double[] y) {
    if (size == 0) {
      return;
    }
    if (first == dimensions.length) {
      f.run(a, 0, b, 0, y, 0, 1);
      return;
    }
    int n = dimensions[first];
    int inner = size / n;
    Workers.run(
        Workers.PASS * size,
        n,
        inner == 1 ? Loops.LINE : 1,
        (from, to) ->
            new Walk(f, a, b, y, copies())
                .go(
                    first,
                    to - from,
                    from * stridesA[first],
                    from * stridesB[first],
                    from * inner));
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
