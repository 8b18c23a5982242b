package org.spikelet.spikes.detect;

/**
 * The scale on which the losses of a run are compared. The run chooses it: logarithmic until a
 * finite loss is negative, and linear from then on.
 */
public enum LossScale {
  /**
   * ln(L + δ), in nats: a doubling is as large at a loss of 10⁻⁴ as at 1. For losses from 0 up,
   * whose least value is 0 or near it.
   */
  LOGARITHMIC(StrictMath.log(2), Double.MAX_VALUE) {
    @Override
    double rise(double from, double to, double delta) {
      return log(to + delta) - log(from + delta);
    }

    /** Of what is 0 or too large, the nearest that has a logarithm. */
    private double log(double x) {
      return StrictMath.log(Math.max(Double.MIN_VALUE, Math.min(Double.MAX_VALUE, x)));
    }

    @Override
    double middle(double a, double b, double delta) {
      return a == b ? a : Math.sqrt(a + delta) * Math.sqrt(b + delta) - delta;
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
    double rise(double from, double to, double delta) {
      return Math.max(-largest(), Math.min(largest(), to - from));
    }

    @Override
    double middle(double a, double b, double delta) {
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

  /** How far one loss lies above another. */
  abstract double rise(double from, double to, double delta);

  /** The loss halfway between two. */
  abstract double middle(double a, double b, double delta);

  /** What the scatter is at least, where it was hardly measured, or is that of rounding. */
  abstract double smallestScatter(double usual);

  /** How far a loss rises at least at an onset, however little it scattered. */
  double leastRise() {
    return leastRise;
  }

  /** What counts for a loss that is not finite, small enough for heights to be added up. */
  double largest() {
    return largest;
  }
}
