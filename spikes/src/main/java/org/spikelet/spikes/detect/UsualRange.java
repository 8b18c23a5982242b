package org.spikelet.spikes.detect;

/**
 * Where the loss usually lay before a spike, in ℓ = ln(L + δ).
 *
 * @param median m, the median ℓ of the calm steps before
 * @param scatter s, how far ℓ scattered around it, and at least 0.05
 * @param delta δ, what is added to a loss before the logarithm
 */
public record UsualRange(double median, double scatter, double delta) {

  /**
   * Returns how high a loss is, ℓ − m, in nats. One that is not finite counts as the largest
   * number, so that heights can be averaged.
   */
  public double height(double loss) {
    double finite = Double.isFinite(loss) ? loss : Double.MAX_VALUE;
    return StrictMath.log(Math.max(finite + delta, Double.MIN_NORMAL)) - median;
  }

  /** Returns how far a loss is above this range, ℓ − m − 3s, in nats; 0 within it. */
  public double excess(double loss) {
    return Math.max(0, height(loss) - 3 * scatter);
  }

  /** Returns the first finite loss above 0 of the run, which δ is a part of. */
  public double firstLoss() {
    return delta / SpikeDetector.DELTA;
  }
}
