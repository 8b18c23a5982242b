package org.spikelet.spikes.detect;

/**
 * A stretch of a run in which the loss rose out of its usual range.
 *
 * @param onset the first step of it
 * @param peak the step with the largest loss
 * @param end the first step after it
 * @param peakLoss the largest loss, infinite if one was not finite
 * @param height ln of the peak over the median before the onset, in nats: 0.69 is a doubling
 * @param shift whether it lasted so long that it is a new level rather than a spike
 */
public record Spike(
    long onset, long peak, long end, double peakLoss, double height, boolean shift) {

  /** Returns the number of steps. */
  public long duration() {
    return end - onset;
  }
}
