package org.spikelet.optim;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A random order that is a function of a seed and a round. */
final class Permutation {

  private Permutation() {}

  /** Returns 0 … n−1 in random order; Fisher–Yates (Knuth, TAOCP 2, algorithm 3.4.2 P). */
  static int[] of(int n, long seed, long round) {
    // The first number of one stream starts another, so that neither neighbouring seeds nor
    // neighbouring rounds have streams that overlap.
    SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + round);
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[k];
      order[k] = swapped;
    }
    return order;
  }
}
