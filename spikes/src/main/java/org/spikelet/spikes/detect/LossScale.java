package org.spikelet.spikes.detect;

/**
 * The scale on which the losses of a run are compared. The run chooses it: logarithmic until a
 * finite loss is negative, and linear from then on.
 */
public enum LossScale {
  /**
   * ln L, in nats: a doubling is as large at a loss of 10⁻⁴ as at 1. For losses from 0 up, whose
   * least value is 0 or near it.
   */
  LOGARITHMIC(StrictMath.log(2), Double.MAX_VALUE) {
    @Override
    double level(double loss) {
      return StrictMath.log(Math.max(0, loss));
    }

    @Override
    double middle(double a, double b) {
      return a == b ? a : Math.sqrt(a) * Math.sqrt(b);
    }

    @Override
    double smallestScatter(double usual) {
      return 0.05;
    }
  },

  /**
   * L itself. A log-density has no least value to take the logarithm of a distance to, and where
   * its 0 lies means nothing: all that is known of its scale is how far it scatters.
   */
  LINEAR(0, 1e299) {
    @Override
    double level(double loss) {
      return loss;
    }

    @Override
    double middle(double a, double b) {
      return a / 2 + b / 2;
    }

    /** About a step of single precision. */
    @Override
    double smallestScatter(double usual) {
      return Math.max(1e-7 * Math.abs(usual), Double.MIN_NORMAL);
    }
  };

  private final double leastRise;
  private final double largest;

  LossScale(double leastRise, double largest) {
    this.leastRise = leastRise;
    this.largest = largest;
  }

  /** Where a loss lies on this scale; −∞ if it has no place. */
  abstract double level(double loss);

  /** The loss halfway between two on this scale. */
  abstract double middle(double a, double b);

  /** What the scatter is at least, where it was hardly measured, or is that of rounding. */
  abstract double smallestScatter(double usual);

  /** How far a loss rises at least at an onset, however little it scattered. */
  double leastRise() {
    return leastRise;
  }

  /** What counts for a loss that is not finite, small enough for levels to be added up. */
  double largest() {
    return largest;
  }
}
