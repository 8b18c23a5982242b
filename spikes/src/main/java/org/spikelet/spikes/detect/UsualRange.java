package org.spikelet.spikes.detect;

/**
 * Where the loss usually lay before a step: what a spike rises from.
 *
 * @param scale on which losses are compared
 * @param median the median loss of the calm steps before, as measured; 0 if nearly all of them were
 *     exactly 0, and NaN if there were none
 * @param scatter s, how far they scattered around it on the scale, 1.4826 times the median
 *     distance, or a quarter of that where it is not noise; at least 0.05 nats, on the linear scale
 *     at least 10⁻⁷ of the median
 * @param delta δ, below which no loss is told from 0 on the logarithmic scale: a millionth of the
 *     median, or where that is 0, of the last one that was not
 */
public record UsualRange(LossScale scale, double median, double scatter, double delta) {

  /**
   * What is as good as nothing beside 1. Chosen, not tried: far more than single precision rounds
   * by, and far less than can be seen beside the usual loss.
   */
  static final double DELTA = 1e-6;

  /** How many times the scatter a rise is. Six: in 8,000 batches of noise none came as high. */
  private static final double RISE = 6;

  /** Returns whether there is a loss to compare with. */
  public boolean known() {
    return !Double.isNaN(median);
  }

  /**
   * Returns how high a loss is over the median on the scale: in nats, or in units of the loss. One
   * that is not finite counts as the largest number, so that heights can be averaged. With nothing
   * to compare with, no finite loss is high.
   */
  public double height(double loss) {
    boolean finite = Double.isFinite(loss);
    if (!known()) {
      return finite ? 0 : scale.level(scale.largest());
    }
    double height = level(finite ? loss : scale.largest()) - level(median);
    return Math.max(-scale.largest(), Math.min(scale.largest(), height));
  }

  private double level(double loss) {
    return scale == LossScale.LOGARITHMIC ? scale.level(Math.max(loss, delta)) : scale.level(loss);
  }

  /** Returns how far a loss is above this range, less three times the scatter; 0 within it. */
  public double excess(double loss) {
    return Math.max(0, height(loss) - RISE / 2 * scatter);
  }

  /**
   * Returns how high a loss is at an onset: max(6s, ln 2), or on the linear scale 6s. With nothing
   * to compare with, no loss is high enough.
   */
  public double rise() {
    return !known() ? Double.POSITIVE_INFINITY : Math.max(RISE * scatter, scale.leastRise());
  }

  /**
   * Returns how many times the median a loss is, both as measured; ∞ if the median is 0, and NaN on
   * the linear scale, where that means nothing.
   */
  public double times(double loss) {
    return scale == LossScale.LOGARITHMIC ? loss / median : Double.NaN;
  }
}
