package org.spikelet.spikes.detect;

/**
 * The usual range of the last losses: their median, and how far they scatter around it.
 *
 * <p>An exact 0 has no logarithm. So on the logarithmic scale the range is that of the losses above
 * 0; only where fewer than three of them are, too few for a median that one of them cannot move,
 * the usual loss is 0.
 *
 * <p>A loss that falls over decades, steadily or after each burst anew, scatters widely with no
 * noise at all. How much is noise the steps from one loss to the next tell: where those scatter
 * less than a quarter as far, a quarter of the scatter counts. By trial on full batches: with a
 * third or a fifth the same spikes come out but for one or two, and in mini-batches the rule never
 * applied.
 */
final class Baseline {

  private static final int FEW = 3;
  private static final double NOISE = 0.25;

  /** Makes σ of a median distance, if the values are normal. */
  private static final double SIGMA = 1.4826;

  private final Window losses;
  private final Window levels;
  private final Window jumps;
  private LossScale scale = LossScale.LOGARITHMIC;

  /** The last usual loss above 0; 0 if there was none. */
  private double lastAboveZero;

  Baseline(int capacity) {
    losses = new Window(capacity);
    levels = new Window(capacity);
    jumps = new Window(capacity);
  }

  int size() {
    return losses.size();
  }

  /** Forgets the losses, but not the scale. */
  void clear() {
    losses.clear();
    levels.clear();
    jumps.clear();
  }

  /** Adds a finite loss, in place of the oldest when full. */
  void add(double loss) {
    if (loss < 0 && scale == LossScale.LOGARITHMIC) {
      scale = LossScale.LINEAR;
      levels.clear();
      losses.forEach(earlier -> levels.add(scale.level(earlier)));
    }
    double level = scale.level(loss);
    double jump = size() > 0 ? Math.abs(level - levels.last()) : Double.NaN;
    losses.add(loss);
    levels.add(level);
    if (Double.isFinite(jump)) {
      jumps.add(jump);
    }
  }

  /** Returns whether enough losses are known for a loss to stand out from them. */
  boolean known() {
    return size() >= SpikeDetector.WARM_UP;
  }

  /** Returns the range that the next loss is compared with. */
  UsualRange range(double next) {
    boolean logarithmic = scale == LossScale.LOGARITHMIC;
    if (size() == 0 || (!logarithmic && !known())) {
      return new UsualRange(scale, Double.NaN, 0, 0);
    }
    int from = firstCounted();
    double median = from < size() ? median(from) : 0;
    double scatter = known() && from < size() ? scatter(from, scale.level(median)) : 0;
    if (known() && median > 0) {
      lastAboveZero = median;
    }
    // Above nothing but zeros any loss stands out: there is no other scale than its own.
    double own = Double.isFinite(next) ? next : 0;
    double reference = median > 0 ? median : lastAboveZero > 0 ? lastAboveZero : own;
    return new UsualRange(
        scale,
        median,
        Math.max(scatter, scale.smallestScatter(median)),
        logarithmic ? Math.max(UsualRange.DELTA * reference, Double.MIN_VALUE) : 0);
  }

  /** The place of the first loss that counts. */
  private int firstCounted() {
    int zeros = 0;
    while (scale == LossScale.LOGARITHMIC && zeros < size() && losses.get(zeros) <= 0) {
      zeros++;
    }
    return zeros > 0 && size() - zeros < FEW ? size() : zeros;
  }

  private double median(int from) {
    return scale.middle(losses.get((from + size() - 1) / 2), losses.get((from + size()) / 2));
  }

  private double scatter(int from, double middle) {
    double scatter = SIGMA * levels.distance(from, middle);
    if (scale == LossScale.LINEAR || jumps.size() == 0) {
      return scatter;
    }
    // The difference of two independent losses has √2 times their σ.
    double noise = SIGMA / Math.sqrt(2) * jumps.get(jumps.size() / 2);
    return noise < NOISE * scatter ? NOISE * scatter : scatter;
  }
}
