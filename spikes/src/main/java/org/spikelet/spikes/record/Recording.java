package org.spikelet.spikes.record;

import org.spikelet.spikes.detect.UsualRange;

/**
 * What was kept to examine one spike.
 *
 * @param onset its first step
 * @param peak the step with its largest loss among those recorded
 * @param start the state from 50 to 60 steps earlier, or from the first step
 * @param signals from before the start on, to about 60 steps after the onset
 * @param usualRange where the loss lay before the onset
 */
public record Recording(
    long onset, long peak, Snapshot start, Signals signals, UsualRange usualRange) {

  /** Writes all but the start and the signals. */
  void write(Numbers out) {
    out.putLongs(onset, peak);
    out.put(usualRange.toArray());
  }

  static Recording read(Numbers in, Snapshot start, Signals signals) {
    long onset = in.nextLong();
    long peak = in.nextLong();
    return new Recording(onset, peak, start, signals, UsualRange.of(in.next(4)));
  }

  /** Returns the first step after those recorded. */
  public long end() {
    return signals.next();
  }

  /** Returns the loss of the peak. */
  public double peakLoss() {
    return signals.loss(peak);
  }

  /**
   * Returns the height of the peak over the usual range, in nats, or on the linear scale in losses.
   */
  public double peakHeight() {
    return usualRange.height(peakLoss());
  }
}
