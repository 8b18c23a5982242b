package org.spikelet.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays for the results of tapes, used again when the tapes have closed: those of one thread.
 *
 * <p>Training asks for arrays of the same lengths in the same order in every step. So the arrays
 * stand in a row, and a tape is lent one after the other; when it closes, the next to be lent is
 * again the one that was next when it opened. Tapes close in the opposite order of their opening,
 * so this holds for nested ones, too. Where the length is another than last time, the array is
 * exchanged for one from among the spare ones.
 *
 * <p>Never more is kept than an eighth of the memory that the JVM may use. Beyond that an array is
 * made and left to the garbage collector.
 */
final class Pool {

  private static final long LIMIT = Runtime.getRuntime().maxMemory() / Double.BYTES / 8;

  /** What an array takes beside its elements, in elements. */
  private static final int HEADER = 2;

  private static final ThreadLocal<Pool> OF_THREAD = ThreadLocal.withInitial(Pool::new);

  private double[][] row = new double[64][];

  /** How many arrays stand in the row, and how many of them are lent. */
  private int size;

  private int lent;

  private final Map<Integer, ArrayDeque<double[]>> spare = new HashMap<>();

  /** How many elements all arrays have together. */
  private long elements;

  /** For the operations of the next tape. */
  private List<Operation> list = new ArrayList<>();

  private Pool() {}

  static Pool ofThisThread() {
    return OF_THREAD.get();
  }

  /** Returns how many arrays are lent. */
  int lent() {
    return lent;
  }

  /** Returns an array of this length, of arbitrary content. */
  double[] lend(int length) {
    if (lent < size && row[lent].length == length) {
      return row[lent++];
    }
    return lendAnother(length);
  }

  /** Takes back all but the first so many arrays; nobody may use them any more. */
  void takeBack(int but) {
    lent = but;
  }

  /** Returns an empty list for a tape's operations, if possible one that need not grow any more. */
  List<Operation> takeList() {
    List<Operation> taken = list;
    list = new ArrayList<>();
    return taken;
  }

  /** Empties a list and keeps it for the next tape. */
  void giveBack(List<Operation> used) {
    used.clear();
    list = used;
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

  /** Lets go what is not lent: of lengths that nobody asks for any more it would stay for good. */
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
