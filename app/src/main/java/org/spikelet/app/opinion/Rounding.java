package org.spikelet.app.opinion;

import org.spikelet.spikes.detect.LossScale;

/**
 * Losses that were written with few decimals, as transformers does with four. Near the last of them
 * most are equal, and scatter for nothing; but equal ones may differ by as much as
 *
 * <pre>
 * s = q / (2 · 0.6745) = 0.74 q,   q = 1, 0.1, 0.01, …
 * </pre>
 *
 * for half of a normal scatter lies within 0.6745 s of the median.
 */
final class Rounding {

  private static final int MOST_DECIMALS = 8;
  private static final double EXACT = 1e-9;
  private static final double HIDDEN = 0.5 / 0.6745;

  private Rounding() {}

  /** Returns the unit of the last decimal that occurs; 0 if there are many decimals. */
  static double of(double[] losses) {
    int decimals = 0;
    double tens = 1;
    for (double loss : losses) {
      while (Double.isFinite(loss) && !isWhole(loss * tens)) {
        decimals++;
        tens *= 10;
        if (decimals > MOST_DECIMALS) {
          return 0;
        }
      }
    }
    return 1 / tens;
  }

  private static boolean isWhole(double value) {
    return Math.abs(value - Math.rint(value)) <= EXACT * Math.abs(value);
  }

  /** Whether a rise is less than so many times the scatter that rounding to q may hide. */
  static boolean mayMake(Rise rise, double q, double times) {
    if (q == 0 || !rise.finite()) {
      return false;
    }
    if (rise.usual().scale() == LossScale.LINEAR) {
      return rise.peakLoss() - rise.usual().median() < times * HIDDEN * q;
    }
    double usual = Math.max(rise.usual().median(), q / 2);
    return Math.log(rise.peakLoss() / usual) < times * Math.log1p(HIDDEN * q / usual);
  }
}
