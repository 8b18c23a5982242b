package org.spikelet.spikes.detect;

import java.util.Arrays;
import java.util.function.DoubleConsumer;

/**
 * The last numbers of a sequence, kept twice: in the order of arrival, to know which one leaves,
 * and sorted, to read quantiles off.
 */
final class Window {

  private final double[] recent;
  private final double[] sorted;
  private int size;
  private int oldest;

  Window(int capacity) {
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

  /** Adds a number that is not NaN, in place of the oldest when full. */
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

  /** The number at a place in rising order. */
  double get(int place) {
    return sorted[place];
  }

  /** The last to arrive, of which there is at least one. */
  double last() {
    return recent[(oldest + size - 1) % recent.length];
  }

  /** Goes through the numbers in the order of arrival. */
  void forEach(DoubleConsumer action) {
    for (int i = 0; i < size; i++) {
      action.accept(recent[(oldest + i) % recent.length]);
    }
  }

  /** The median distance from a middle of the numbers from a place on, at least one. */
  double distance(int from, double middle) {
    int count = size - from;
    // Walk outwards from the middle; the distances come in rising order.
    int below = from + (count - 1) / 2;
    int above = below + 1;
    double distance = 0;
    double previous = 0;
    for (int k = 0; k <= count / 2; k++) {
      previous = distance;
      double down = below >= from ? middle - sorted[below] : Double.POSITIVE_INFINITY;
      double up = above < size ? sorted[above] - middle : Double.POSITIVE_INFINITY;
      distance = Math.min(down, up);
      if (down <= up) {
        below--;
      } else {
        above++;
      }
    }
    return count % 2 == 1 ? distance : Median.middle(previous, distance);
  }
}
