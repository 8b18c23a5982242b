package org.spikelet.spikes;

/**
 * What was kept to examine one spike.
 *
 * @param onset its first step
 * @param peak the step with its largest loss among those recorded
 * @param start the state from 50 to 60 steps earlier, or from the first step
 * @param signals from before the start on, to about 60 steps after the onset
 * @param median the median ℓ before the onset
 * @param scatter s, how far ℓ scattered around it
 * @param delta what is added to a loss before the logarithm
 */
record Recording(
    long onset,
    long peak,
    Snapshot start,
    Signals signals,
    double median,
    double scatter,
    double delta) {

  /** The first step after those recorded. */
  long end() {
    return signals.next();
  }

  /** ℓ − m, in nats; a loss that is not finite counts as the largest number. */
  double height(double loss) {
    double finite = Double.isFinite(loss) ? loss : Double.MAX_VALUE;
    return StrictMath.log(Math.max(finite + delta, Double.MIN_NORMAL)) - median;
  }

  /** How far a loss is above the usual range, ℓ − m − 3s, in nats; 0 within it. */
  double excess(double loss) {
    return Math.max(0, height(loss) - 3 * scatter);
  }

  /** The height of the peak. */
  double peakHeight() {
    return height(peakLoss());
  }

  /** The loss of the peak. */
  double peakLoss() {
    return signals.loss(peak);
  }
}
