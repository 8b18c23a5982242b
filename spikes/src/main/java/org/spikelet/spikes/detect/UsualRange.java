package org.spikelet.spikes.detect;

/**
 * Where the loss usually lay before a step: what a spike rises from.
 *
 * @param scale on which losses are compared
 * @param median the median loss of the calm steps before, as measured; 0 if nearly all of them were
 *     exactly 0, and NaN if there were none
 * @param scatter s, how far they scattered around it on the scale, 1.4826 times the median
 *     distance; at least 0.05 nats, on the linear scale at least 10⁻⁷ of the median
 * @param delta δ, what is added to a loss before its logarithm
 */
public record UsualRange(LossScale scale, double median, double scatter, double delta) {

  /** How many times the scatter a rise is. Six: in 8,000 batches of noise none came as high. */
  private static final double RISE = 6;

  /** Returns a range as four numbers, to be saved: 1 for the linear scale, and the others. */
  public double[] toArray() {
    return new double[] {scale == LossScale.LINEAR ? 1 : 0, median, scatter, delta};
  }

  /** Returns the range of {@linkplain #toArray four numbers}. */
  public static UsualRange of(double[] numbers) {
    LossScale scale = numbers[0] == 1 ? LossScale.LINEAR : LossScale.LOGARITHMIC;
    return new UsualRange(scale, numbers[1], numbers[2], numbers[3]);
  }

  /** Returns whether there is a loss to compare with. */
  public boolean known() {
    return !Double.isNaN(median);
  }

  /**
   * Returns how high a loss is over the median, both as measured: in nats, or on the linear scale
   * in units of the loss. Over a median of 0 it is counted from δ. A loss that is not finite counts
   * as the largest number; with nothing to compare with, no finite loss is high.
   */
  public double height(double loss) {
    return height(loss, median > 0 ? 0 : delta);
  }

  /** Returns the same on the detector's scale, ln(L + δ): what decides. */
  public double level(double loss) {
    return height(loss, delta);
  }

  private double height(double loss, double added) {
    double finite = Double.isFinite(loss) ? loss : scale.largest();
    if (known()) {
      return scale.rise(median, finite, added);
    }
    return Double.isFinite(loss) ? 0 : scale.rise(1, finite, 0);
  }

  /** Returns how far a level is above this range, less three times the scatter; 0 within it. */
  public double excess(double loss) {
    return Math.max(0, level(loss) - RISE / 2 * scatter);
  }

  /**
   * Returns the level of an onset: max(6s, ln 2), or on the linear scale 6s. With nothing to
   * compare with, no loss is high enough.
   */
  public double onset() {
    return known() ? Math.max(RISE * scatter, scale.leastRise()) : Double.POSITIVE_INFINITY;
  }

  /**
   * Returns how many times the median a loss is, both as measured; ∞ if the median is 0, and NaN on
   * the linear scale, where that means nothing.
   */
  public double times(double loss) {
    return scale == LossScale.LOGARITHMIC ? loss / median : Double.NaN;
  }

  /** Returns the same scatter around another median. */
  public UsualRange around(double other) {
    return new UsualRange(scale, other, scatter, delta);
  }
}
