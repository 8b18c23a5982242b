package org.spikelet.autodiff.kernels;

import java.util.Arrays;

/** How the elements of two row-major operands line up under NumPy's broadcasting. */
@FunctionalInterface
public interface Broadcast {

  /** At most so many elements that are read again are copied into a row. */
  int COPIES = 256;

  /** Operands of the shape of the result. */
  Broadcast SAME = Broadcast::together;

  /** Computes y = f(a, b), element by element. */
  void zip(BinaryLoop f, double[] a, double[] b, double[] y);

  /**
   * Lines up two operands.
   *
   * @param shape the lengths of the result's axes, to which those of a and of b broadcast
   */
  static Broadcast of(int[] shape, int[] a, int[] b) {
    if (Arrays.equals(a, b)) {
      return SAME;
    }
    int missing = a.length - b.length;
    return missing >= 0 && Arrays.equals(a, missing, a.length, b, 0, b.length)
        ? Broadcast::repeating
        : new StridedBroadcast(shape, a, b);
  }

  /** Both operands have the shape of y. */
  private static void together(BinaryLoop f, double[] a, double[] b, double[] y) {
    if (Threads.isWorthwhile(Threads.PASS * y.length)) {
      Threads.divide(y.length, Threads.LINE, (from, to) -> f.run(a, b, from, y, from, to));
    } else {
      f.run(a, b, 0, y, 0, y.length);
    }
  }

  /**
   * All of b is read again along the leading axes: a row that is added to each row, or a number.
   */
  private static void repeating(BinaryLoop f, double[] a, double[] b, double[] y) {
    if (y.length == 0) {
      return;
    }
    double[] row = b.length < Threads.LINE ? repeated(b, y.length) : b;
    int rows = (y.length + row.length - 1) / row.length;
    if (Threads.isWorthwhile(Threads.PASS * y.length)) {
      Threads.divide(rows, 1, (from, to) -> eachRow(f, a, row, y, from, to));
    } else {
      eachRow(f, a, row, y, 0, rows);
    }
  }

  private static void eachRow(
      BinaryLoop f, double[] a, double[] row, double[] y, int from, int to) {
    for (int r = from; r < to; r++) {
      f.run(a, row, 0, y, r * row.length, Math.min((r + 1) * row.length, y.length));
    }
  }

  /** So few elements that a loop over them would cost more than it does: as many copies as fit. */
  private static double[] repeated(double[] b, int limit) {
    double[] row = Memory.allocate(Math.min(COPIES / b.length * b.length, limit));
    for (int i = 0; i < row.length; i += b.length) {
      System.arraycopy(b, 0, row, i, b.length);
    }
    return row;
  }
}
