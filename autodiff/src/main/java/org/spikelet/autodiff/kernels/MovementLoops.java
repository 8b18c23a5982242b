package org.spikelet.autodiff.kernels;

import java.util.Arrays;

/** The loops of the operations that move elements without computing. */
public final class MovementLoops {

  private MovementLoops() {}

  /**
   * Copies x into y with its axes in another order.
   *
   * @param dimensions the lengths of y's axes
   * @param strides how far apart neighbours along each axis of y are in x
   */
  public static void permute(double[] x, int[] dimensions, int[] strides, double[] y) {
    int last = dimensions.length - 1;
    int run = last < 0 ? 1 : dimensions[last];
    int stride = last < 0 ? 1 : strides[last];
    int[] position = new int[dimensions.length];
    for (int i = 0, from = 0; i < y.length; i += run) {
      copy(x, from, stride, y, i, run);
      // Count up like an odometer, but for the last axis.
      for (int k = last - 1; k >= 0; k--) {
        from += strides[k];
        if (++position[k] < dimensions[k]) {
          break;
        }
        from -= position[k] * strides[k];
        position[k] = 0;
      }
    }
  }

  /** Copies elements that lie so far apart in x. */
  private static void copy(double[] x, int from, int stride, double[] y, int to, int count) {
    if (stride == 1) {
      System.arraycopy(x, from, y, to, count);
    } else {
      for (int j = 0; j < count; j++) {
        y[to + j] = x[from + j * stride];
      }
    }
  }

  /** y[i] = x[rows[i]], each row being so many elements long. */
  public static void gatherRows(double[] x, int[] rows, int length, double[] y) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x, rows[i] * length, y, i * length, length);
    }
  }

  /** y = 0, and then y[rows[i]] += x[i], each row being so many elements long. */
  public static void scatterRows(double[] x, int[] rows, int length, double[] y) {
    Arrays.fill(y, 0);
    for (int i = 0; i < rows.length; i++) {
      int to = rows[i] * length;
      for (int j = 0; j < length; j++) {
        y[to + j] += x[i * length + j];
      }
    }
  }

  /** y[r] = x[r, columns[r]]; x: rows × n. */
  public static void pick(double[] x, double[] columns, int n, double[] y) {
    for (int row = 0; row < y.length; row++) {
      y[row] = x[row * n + (int) columns[row]];
    }
  }

  /** y = 0, but for y[r, columns[r]] = x[r]; y: rows × n. */
  public static void unpick(double[] x, double[] columns, int n, double[] y) {
    Arrays.fill(y, 0);
    for (int row = 0; row < x.length; row++) {
      y[row * n + (int) columns[row]] = x[row];
    }
  }
}
