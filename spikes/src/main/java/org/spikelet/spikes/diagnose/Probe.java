package org.spikelet.spikes.diagnose;

import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;

/**
 * The loss of a fixed probe around a spike: it moves only if the weights do.
 *
 * @param before its median before the onset; NaN if there are no steps before
 * @param highest its largest loss from the onset on; NaN if one was not finite
 * @param hardly up to which loss it hardly rose: half a doubling, or on the linear scale three
 *     times the scatter of the batches' losses
 */
record Probe(double before, double highest, double hardly) {

  /** What the replay showed. */
  static Probe of(Course course, long onset, UsualRange usual) {
    double[] before =
        ReplayedFacts.between(course, 0, onset).mapToDouble(Course.Step::probeLoss).toArray();
    if (before.length == 0) {
      return new Probe(Double.NaN, Double.NaN, Double.NaN);
    }
    double median = Quantile.median(before);
    double highest =
        ReplayedFacts.between(course, onset, Long.MAX_VALUE)
            .mapToDouble(Course.Step::probeLoss)
            .map(loss -> Double.isFinite(loss) ? loss : Double.NaN)
            .reduce(Double.NEGATIVE_INFINITY, Math::max);
    boolean linear = usual.scale() == LossScale.LINEAR;
    return new Probe(
        median, highest, linear ? median + 3 * usual.scatter() : median * StrictMath.sqrt(2));
  }

  /** Whether it is known that the weights became hardly worse on it. */
  boolean stayedFlat() {
    return highest < hardly;
  }

  /** Whether it is known that they became worse. */
  boolean rose() {
    return highest >= hardly;
  }

  /**
   * Returns which share of its rise is left if its largest loss is another: on the scale of the
   * losses, in nats or, linear, in losses.
   */
  double left(double other, LossScale scale) {
    return scale == LossScale.LINEAR
        ? (other - before) / (highest - before)
        : StrictMath.log(other / before) / StrictMath.log(highest / before);
  }

  /** What it says of the weights. */
  String words() {
    if (Double.isNaN(before)) {
      return "";
    }
    if (Double.isNaN(highest)) {
      return "On a fixed probe the loss was not finite.";
    }
    if (highest <= before) {
      return "On a fixed probe the loss did not rise over its median before, %s: there the weights"
              .formatted(Numbers.of(before))
          + " became no worse.";
    }
    String rose = "On a fixed probe the loss rose " + Numbers.fromTo(before, highest);
    return stayedFlat() ? rose + " at most: there the weights became hardly worse." : rose + ".";
  }
}
