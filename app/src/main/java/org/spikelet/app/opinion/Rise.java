package org.spikelet.app.opinion;

import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.UsualRange;

/**
 * A stretch in which the loss stood above its usual range. Places are rows of the log, from 0.
 *
 * @param onset the first row
 * @param peak the row with the largest loss
 * @param end the first row after it
 * @param peakLoss the largest loss; infinite if one was not finite
 * @param usual where the loss lay before, on the scale on which the rise was found
 * @param kind how it was found
 * @param lasting whether it lasted so long that it is a level
 */
record Rise(
    int onset, int peak, int end, double peakLoss, UsualRange usual, Kind kind, boolean lasting) {

  /** How a rise was found. */
  enum Kind {
    /** By the project's rule for spikes. */
    SPIKE,
    /** Less than that, but far out of the scatter of this log. */
    SMALL,
    /** By a level that lasted, whatever the single losses do. */
    LEVEL
  }

  static Rise of(Spike spike, Kind kind, double added) {
    UsualRange usual =
        added == 0 ? spike.usual() : spike.usual().around(spike.usual().median() + added);
    return new Rise(
        (int) spike.onset(),
        (int) spike.peak(),
        (int) spike.end(),
        spike.peakLoss() + added,
        usual,
        kind,
        spike.shift());
  }

  int rows() {
    return end - onset;
  }

  boolean finite() {
    return Double.isFinite(peakLoss);
  }

  /** How many times the scatter the peak is high. */
  double height() {
    return level(peakLoss);
  }

  /** How many times the scatter a loss is high. */
  double level(double loss) {
    return usual.level(loss) / usual.scatter();
  }

  Rise lastingTo(int later) {
    return new Rise(onset, peak, later, peakLoss, usual, kind, true);
  }
}
