package org.spikelet.spikes.detect;

import java.util.Arrays;

/**
 * The median of the last values, and how far they scatter around it.
 *
 * <p>The values are kept twice: in the order of arrival, to know which one leaves, and sorted, to
 * read the median off.
 */
final class Baseline {

  private final double[] recent;
  private final double[] sorted;
  private int size;
  private int oldest;

  Baseline(int capacity) {
    recent = new double[capacity];
    sorted = new double[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    oldest = 0;
  }

  /** Adds a finite value, in place of the oldest when full. */
  void add(double value) {
    if (size == recent.length) {
      int leaving = Arrays.binarySearch(sorted, 0, size, recent[oldest]);
      System.arraycopy(sorted, leaving + 1, sorted, leaving, --size - leaving);
      recent[oldest] = value;
      oldest = (oldest + 1) % recent.length;
    } else {
      recent[size] = value;
    }
    int found = Arrays.binarySearch(sorted, 0, size, value);
    int place = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, place, sorted, place + 1, size++ - place);
    sorted[place] = value;
  }

  double median() {
    return Median.ofSorted(sorted, size);
  }

  /** 1.4826 times the median distance from the median: σ, if the values are normal. */
  double scatter() {
    double median = median();
    // Walk outwards from the middle; the distances come in rising order.
    int below = (size - 1) / 2;
    int above = below + 1;
    double distance = 0;
    double previous = 0;
    for (int count = 0; count <= size / 2; count++) {
      previous = distance;
      double down = below >= 0 ? median - sorted[below] : Double.POSITIVE_INFINITY;
      double up = above < size ? sorted[above] - median : Double.POSITIVE_INFINITY;
      distance = Math.min(down, up);
      if (down <= up) {
        below--;
      } else {
        above++;
      }
    }
    return 1.4826 * (size % 2 == 1 ? distance : (previous + distance) / 2);
  }
}
