package org.spikelet.autodiff.kernels;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays for the results of tapes, used again when the tapes have closed: those of one thread.
 *
 * <p>Training asks for arrays of the same lengths in the same order in every step. So the arrays
 * stand in a row, and are lent one after the other; when a scope, a tape, closes, the next to be
 * lent is again the one that was next when it opened. Scopes close in the opposite order of their
 * opening, so this holds for nested ones, too. Where the length is another than last time, the
 * array is exchanged for one from among the spare ones.
 *
 * <p>A thread never keeps more than an eighth of the memory that the JVM may use. Beyond that an
 * array is made and left to the garbage collector; so it is where no scope is open. While none is,
 * all of it is only softly held: the garbage collector may have the arrays of idle threads.
 */
public final class Memory {

  private static final long LIMIT = Runtime.getRuntime().maxMemory() / Double.BYTES / 8;

  /** Arrays of fewer elements are made anew: to fetch a kept one from memory would take longer. */
  private static final int SMALL = 8;

  /** What an array takes beside its elements, in elements. */
  private static final int HEADER = 2;

  private static final ThreadLocal<Memory> OF_THREAD = ThreadLocal.withInitial(Memory::new);

  /** The arrays, while a scope is open, and always softly. */
  private Shelf shelf;

  private SoftReference<Shelf> idle = new SoftReference<>(null);
  private int scopes;

  private Memory() {}

  /**
   * Returns an array of arbitrary content, all of which the caller writes. It belongs to the scope
   * that was opened last on this thread and is still open, if there is one.
   */
  public static double[] allocate(int length) {
    if (length < SMALL) {
      return new double[length];
    }
    Memory memory = OF_THREAD.get();
    return memory.scopes == 0 ? new double[length] : memory.shelf.lend(length);
  }

  /** Opens a scope on this thread, and returns how many arrays were lent before. */
  public static int open() {
    Memory memory = OF_THREAD.get();
    if (memory.scopes++ == 0) {
      memory.shelf = memory.idle.get();
      if (memory.shelf == null) {
        memory.shelf = new Shelf();
        memory.idle = new SoftReference<>(memory.shelf);
      }
    }
    return memory.shelf.lent;
  }

  /** Closes the innermost scope: takes back all that was lent in it; nobody may use it any more. */
  public static void close(int lentBefore) {
    Memory memory = OF_THREAD.get();
    memory.shelf.lent = lentBefore;
    if (--memory.scopes == 0) {
      memory.shelf = null;
    }
  }

  /** A row of arrays, the first of which are lent. */
  private static final class Shelf {

    private double[][] row = new double[64][];

    /** How many arrays stand in the row, and how many of them are lent. */
    private int size;

    private int lent;

    private final Map<Integer, ArrayDeque<double[]>> spare = new HashMap<>();

    /** How many elements all arrays have together. */
    private long elements;

    private double[] lend(int length) {
      if (lent < size && row[lent].length == length) {
        return row[lent++];
      }
      return lendAnother(length);
    }

    private double[] lendAnother(int length) {
      ArrayDeque<double[]> candidates = spare.get(length);
      double[] array = candidates == null ? null : candidates.poll();
      if (array == null) {
        array = new double[length];
        if (elements + length + HEADER > LIMIT) {
          forgetIdle();
        }
        if (elements + length + HEADER > LIMIT) {
          return array;
        }
        elements += length + HEADER;
      }
      if (lent < size) {
        spare.computeIfAbsent(row[lent].length, unused -> new ArrayDeque<>()).add(row[lent]);
      } else {
        size++;
        if (size > row.length) {
          row = Arrays.copyOf(row, 2 * row.length);
        }
      }
      row[lent++] = array;
      return array;
    }

    /**
     * Lets go what is not lent: of lengths that nobody asks for any more it would stay for good.
     */
    private void forgetIdle() {
      spare.clear();
      Arrays.fill(row, lent, size, null);
      size = lent;
      elements = 0;
      for (int i = 0; i < lent; i++) {
        elements += row[i].length + HEADER;
      }
    }
  }
}
