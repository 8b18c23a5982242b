package org.spikelet.app.opinion;

import java.util.Optional;

/**
 * When the gradient's norm rose, beside the loss.
 *
 * @param lead so many rows before the loss; negative if after it
 * @param rose whether it left its usual range at all
 * @param sudden whether it went from its usual range to its peak within a row
 * @param finite whether it was a number
 */
record GradientTiming(int lead, boolean rose, boolean sudden, boolean finite) {

  private static final int BEFORE = 100;
  private static final int LOOK = 30;
  private static final int FEWEST = 10;
  private static final double CLEAR = 5;

  /** From how far up, as a share of its peak, a row belongs to the rise. */
  private static final double SHARE = 0.4;

  /** A rise of the norm by less is none, however calm it was: a quarter, in logarithms. */
  private static final double LEAST = Math.log(1.25);

  /** A norm that stays up by so many scatters has moved, though no single value is clear. */
  private static final double UNCLEAR = 2;

  /** Compares the two around a rise; empty if the norm was not logged there, or is unclear. */
  static Optional<GradientTiming> of(Rise rise, double[] losses, double[] norms) {
    if (norms.length == 0) {
      return Optional.empty();
    }
    int from = Math.max(0, rise.onset() - LOOK);
    int to = Math.min(losses.length, Math.max(rise.peak(), rise.onset() + 2) + 2);
    Robust usual = usual(norms, from);
    if (Double.isNaN(usual.median())) {
      return Optional.empty();
    }
    double scatter = Math.max(usual.scatter(), LEAST / CLEAR);
    int normPeak = -1;
    boolean finite = true;
    for (int i = from; i < to; i++) {
      if (Double.isNaN(norms[i]) && !Double.isNaN(losses[i])) {
        continue;
      }
      finite &= Double.isFinite(norms[i]);
      if (normPeak < 0
          || level(norms[i], usual, scatter) > level(norms[normPeak], usual, scatter)) {
        normPeak = i;
      }
    }
    double height = normPeak < 0 ? 0 : level(norms[normPeak], usual, scatter);
    if (height < CLEAR) {
      Robust during = Robust.of(norms, rise.onset(), to);
      if (level(during.median(), usual, scatter) > UNCLEAR) {
        return Optional.empty();
      }
      return Optional.of(new GradientTiming(0, false, false, finite));
    }
    int norm = from;
    while (norm < to && level(norms[norm], usual, scatter) < Math.max(CLEAR, SHARE * height)) {
      norm++;
    }
    int first = norm;
    while (norm > from && level(norms[norm - 1], usual, scatter) >= CLEAR) {
      norm--;
    }
    boolean sudden =
        first - norm == 0 && (norm == 0 || level(norms[norm], usual, scatter) > 0.6 * height);
    int loss = lossRise(rise, losses, from, to);
    return Optional.of(new GradientTiming(loss - norm, true, sudden, finite));
  }

  private static Robust usual(double[] norms, int before) {
    int start = Math.max(0, before - BEFORE);
    double[] logs = new double[before - start];
    int count = 0;
    for (int i = start; i < before; i++) {
      if (norms[i] > 0 && Double.isFinite(norms[i])) {
        logs[count++] = Math.log(norms[i]);
      }
    }
    return count < FEWEST ? new Robust(Double.NaN, Double.NaN) : Robust.of(logs, 0, count);
  }

  private static double level(double norm, Robust usual, double scatter) {
    if (Double.isNaN(norm)) {
      return 0;
    }
    double log = norm > 0 ? Math.log(Math.min(norm, Double.MAX_VALUE)) : usual.median();
    return (log - usual.median()) / scatter;
  }

  /** The row in which the loss began to rise, by the same rule. */
  private static int lossRise(Rise rise, double[] losses, int from, int to) {
    double height = rise.finite() ? rise.height() : CLEAR;
    int row = from;
    while (row < to - 1
        && row < rise.onset()
        && lossLevel(rise, losses[row]) < Math.max(CLEAR, SHARE * height)) {
      row++;
    }
    while (row > from && lossLevel(rise, losses[row - 1]) >= CLEAR) {
      row--;
    }
    return row;
  }

  private static double lossLevel(Rise rise, double loss) {
    return Double.isFinite(loss) && rise.usual().known() ? rise.level(loss) : 0;
  }
}
