package org.spikelet.spikes.detect;

/**
 * A stretch of a run in which the loss rose out of its usual range.
 *
 * @param onset the first step of it
 * @param peak the step with the largest loss
 * @param end the first step after it
 * @param peakLoss the largest loss, infinite if one was not finite
 * @param usual where the loss lay before the onset
 * @param shift whether it lasted so long that it is a new level rather than a spike
 */
public record Spike(
    long onset, long peak, long end, double peakLoss, UsualRange usual, boolean shift) {

  /** Returns the number of steps. */
  public long duration() {
    return end - onset;
  }

  /**
   * Returns how high the peak is over the median before the onset: in nats, where 0.69 is a
   * doubling, or on the linear scale in units of the loss; infinite if a loss was not finite. Where
   * the usual loss is 0 it is counted from δ.
   */
  public double height() {
    return Double.isFinite(peakLoss) ? usual.height(peakLoss) : Double.POSITIVE_INFINITY;
  }
}
