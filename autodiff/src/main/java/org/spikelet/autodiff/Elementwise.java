package org.spikelet.autodiff;

import org.spikelet.autodiff.kernels.Threads;

/**
 * Divides a pass over the elements of arrays among the threads that share the work of large
 * operations, for an optimizer or the like.
 */
public final class Elementwise {

  /** The work for one element, in multiplications: some arrays, a root and a division. */
  private static final long WORK = 64;

  /** What is done to the elements of a stretch. */
  @FunctionalInterface
  public interface Pass {

    /** Works on the elements from one index (inclusive) to another (exclusive). */
    void run(int from, int to);
  }

  private Elementwise() {}

  /** Returns whether a pass over n elements is divided, if there is more than one thread. */
  public static boolean isLarge(int n) {
    return Threads.isWorthwhile(WORK * n);
  }

  /**
   * Runs a pass over 0 … n − 1, in stretches on several threads if it {@linkplain #isLarge is
   * large}, and returns when all are done.
   *
   * @param pass works on each element by itself, so that the result has the same bits however the
   *     elements are divided; what it throws is thrown here
   * @throws IllegalArgumentException if n is negative
   */
  public static void run(int n, Pass pass) {
    if (n < 0) {
      throw new IllegalArgumentException(
          "elementwise: the number of elements must not be negative, got " + n);
    }
    Threads.run(WORK * n, n, 8, pass::run);
  }
}
