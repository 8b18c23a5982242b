package org.spikelet.spikes.detect;

import java.util.Arrays;

/**
 * The usual range of the last losses: their median, and how far they scatter around it.
 *
 * <p>The losses are kept twice: in the order of arrival, to know which one leaves, and sorted, to
 * read the median off.
 *
 * <p>δ makes alike what is small beside the level at which the run began: a loss that falls over
 * decades after each burst scatters by its fall, with no noise at all, and would hide the next
 * burst. But δ is never more than the largest of the last losses, so a run that has fallen far is
 * seen on the scale that it fell to, and no early loss, however large, hides what is twice as high
 * as all of the last ones.
 *
 * <p>An exact 0 has no place on a logarithmic scale. So the range is that of the losses above 0;
 * only where fewer than three of them are, too few for a median that one of them cannot move, the
 * usual loss is 0.
 */
final class Baseline {

  /**
   * δ over the median of the first 50 losses. It was a millionth of the first loss, which in the
   * runs of the question is three times that median: so their spikes are the same.
   */
  private static final double DELTA = 3e-6;

  private static final int FEW = 3;

  private final double[] recent;
  private final double[] sorted;
  private int size;
  private int oldest;
  private LossScale scale = LossScale.LOGARITHMIC;

  /** The first median, and the last one above 0; 0 as long as there was none. */
  private double first;

  private double lastAboveZero;

  Baseline(int capacity) {
    recent = new double[capacity];
    sorted = new double[capacity];
  }

  /** Forgets the losses, but not the scale. */
  void clear() {
    size = 0;
    oldest = 0;
  }

  /** Adds a finite loss, in place of the oldest when full. */
  void add(double loss) {
    if (loss < 0) {
      scale = LossScale.LINEAR;
    }
    if (size == recent.length) {
      int leaving = Arrays.binarySearch(sorted, 0, size, recent[oldest]);
      System.arraycopy(sorted, leaving + 1, sorted, leaving, --size - leaving);
      recent[oldest] = loss;
      oldest = (oldest + 1) % recent.length;
    } else {
      recent[size] = loss;
    }
    int found = Arrays.binarySearch(sorted, 0, size, loss);
    int place = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, place, sorted, place + 1, size++ - place);
    sorted[place] = loss;
  }

  /** The losses in the order of arrival. */
  double[] losses() {
    double[] losses = new double[size];
    for (int k = 0; k < size; k++) {
      losses[k] = recent[(oldest + k) % recent.length];
    }
    return losses;
  }

  /** What else is known. */
  double[] scale() {
    return new double[] {scale == LossScale.LINEAR ? 1 : 0, first, lastAboveZero};
  }

  /** Puts back what two of these have returned. */
  void restore(double[] known, double[] losses) {
    scale = known[0] == 1 ? LossScale.LINEAR : LossScale.LOGARITHMIC;
    first = known[1];
    lastAboveZero = known[2];
    oldest = 0;
    size = losses.length;
    System.arraycopy(losses, 0, recent, 0, size);
    System.arraycopy(losses, 0, sorted, 0, size);
    Arrays.sort(sorted, 0, size);
  }

  /** Returns whether enough losses are known for a loss to stand out from them. */
  boolean known() {
    return size >= SpikeDetector.WARM_UP;
  }

  /** Returns up to where all losses are alike beside the level at which the run began; or −∞. */
  double negligible() {
    return scale == LossScale.LOGARITHMIC ? DELTA * first : Double.NEGATIVE_INFINITY;
  }

  /** Returns the range that the next loss is compared with. */
  UsualRange range(double next) {
    boolean linear = scale == LossScale.LINEAR;
    if (size == 0 || (linear && !known())) {
      return new UsualRange(scale, Double.NaN, 0, 0);
    }
    int from = firstCounted();
    if (from == size) {
      // Above nothing but zeros any loss stands out: there is no other scale than its own.
      double own = Double.isFinite(next) ? next : 0;
      double delta = DELTA * (lastAboveZero > 0 ? lastAboveZero : own);
      return new UsualRange(scale, 0, scale.smallestScatter(0), Math.max(delta, Double.MIN_VALUE));
    }
    double lower = sorted[(from + size - 1) / 2];
    double upper = sorted[(from + size) / 2];
    if (known()) {
      lastAboveZero = upper;
      first = first > 0 ? first : upper;
    }
    double delta = linear ? 0 : Math.min(negligible(), sorted[size - 1]);
    double median = scale.middle(lower, upper, delta);
    double scatter = known() ? 1.4826 * distance(from, median, delta) : 0;
    return new UsualRange(scale, median, Math.max(scatter, scale.smallestScatter(median)), delta);
  }

  /** The place of the first loss that counts. */
  private int firstCounted() {
    int zeros = 0;
    while (scale == LossScale.LOGARITHMIC && zeros < size && sorted[zeros] <= 0) {
      zeros++;
    }
    return zeros > 0 && size - zeros < FEW ? size : zeros;
  }

  /** The median distance from the median. */
  private double distance(int from, double median, double delta) {
    int count = size - from;
    // Walk outwards from the middle; the gaps come in rising order.
    int below = from + (count - 1) / 2;
    int above = below + 1;
    boolean down = true;
    boolean downBefore = true;
    int last = below;
    int before = below;
    for (int k = 0; k <= count / 2; k++) {
      before = last;
      downBefore = down;
      down = above == size || (below >= from && isNearer(below, above, median, delta));
      last = down ? below-- : above++;
    }
    double distance = rise(last, down, median, delta);
    return count % 2 == 1
        ? distance
        : Median.middle(rise(before, downBefore, median, delta), distance);
  }

  /** Whether the loss below the median is no farther from it than the one above. */
  private boolean isNearer(int below, int above, double median, double delta) {
    double low = sorted[below];
    double high = sorted[above];
    return scale == LossScale.LINEAR
        ? median - low <= high - median
        : (median + delta) / (low + delta) <= (high + delta) / (median + delta);
  }

  private double rise(int place, boolean below, double median, double delta) {
    double loss = sorted[place];
    return below ? scale.rise(loss, median, delta) : scale.rise(median, loss, delta);
  }
}
