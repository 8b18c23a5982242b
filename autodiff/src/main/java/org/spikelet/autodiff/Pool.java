package org.spikelet.autodiff;

import java.util.Arrays;

/**
 * Arrays of closed tapes, to be used again: those of one thread.
 *
 * <p>Training asks for arrays of the same lengths in every step, so they are kept by length. Tapes
 * close in the opposite order of their opening, so what is lent is a stack: a tape takes back all
 * that was lent since it was opened.
 *
 * <p>What is kept is never more than an eighth of the memory that the JVM may use. Beyond that an
 * array is made and left to the garbage collector.
 */
final class Pool {

  private static final long LIMIT = Runtime.getRuntime().maxMemory() / Double.BYTES / 8;

  private static final ThreadLocal<Pool> OF_THREAD = ThreadLocal.withInitial(Pool::new);

  /** A hash table of stacks, open to the next free place. */
  private Stack[] stacks = new Stack[64];

  private int lengths;

  /** How many elements the arrays have that are lent, and those that are not. */
  private long inUse;

  private long idle;

  private final Stack lent = new Stack(0);

  private Pool() {}

  static Pool ofThisThread() {
    return OF_THREAD.get();
  }

  /** Returns how many arrays are lent. */
  int lent() {
    return lent.size;
  }

  /** Returns an array of this length, of arbitrary content. */
  double[] lend(int length) {
    Stack stack = stacks[place(length)];
    double[] array;
    if (stack != null && stack.size > 0) {
      array = stack.pop();
    } else {
      array = new double[length];
      if (idle + inUse + length > LIMIT) {
        forget();
      }
      if (inUse + length > LIMIT) {
        return array;
      }
      idle += length;
    }
    idle -= length;
    inUse += length;
    lent.push(array);
    return array;
  }

  /** Takes back the arrays lent last, all but the first so many; nobody may use them any more. */
  void takeBack(int but) {
    while (lent.size > but) {
      double[] array = lent.pop();
      int place = place(array.length);
      if (stacks[place] == null) {
        place = addStack(array.length);
      }
      stacks[place].push(array);
      inUse -= array.length;
      idle += array.length;
    }
  }

  /**
   * Lets the idle arrays go: those of lengths that nobody asks for any more would stay for good.
   */
  private void forget() {
    stacks = new Stack[64];
    lengths = 0;
    idle = 0;
  }

  /** Where the stack of a length is, or belongs. */
  private int place(int length) {
    int mask = stacks.length - 1;
    int place = (length * 0x9E3779B9) >>> 16 & mask;
    while (stacks[place] != null && stacks[place].length != length) {
      place = place + 1 & mask;
    }
    return place;
  }

  private int addStack(int length) {
    if (++lengths > stacks.length / 2) {
      Stack[] old = stacks;
      stacks = new Stack[2 * old.length];
      for (Stack stack : old) {
        if (stack != null) {
          stacks[place(stack.length)] = stack;
        }
      }
    }
    int place = place(length);
    stacks[place] = new Stack(length);
    return place;
  }

  /** Arrays of one length. */
  private static final class Stack {

    private final int length;
    private double[][] arrays = new double[4][];
    private int size;

    Stack(int length) {
      this.length = length;
    }

    void push(double[] array) {
      if (size == arrays.length) {
        arrays = Arrays.copyOf(arrays, 2 * size);
      }
      arrays[size++] = array;
    }

    double[] pop() {
      double[] array = arrays[--size];
      arrays[size] = null;
      return array;
    }
  }
}
