package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikelet.app.opinion.Rise.Kind;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;

/**
 * Finds small rises in a log that is short beside its fall: where 200 losses back the loss was far
 * higher, the median of these says nothing of now. So each loss is compared with the median m of
 * the 11 before it, and L − m with its own scatter.
 *
 * <pre>
 * L − m ≥ max(10s, 3q),   s = 1.4826 · median |L − m|,  q = the largest 1 % of |L − m|, of the last 100
 * </pre>
 */
final class Local {

  private static final int NEAR = 11;
  private static final int WINDOW = 100;
  private static final int FEWEST = 40;
  private static final double CLEAR = 10;
  private static final double TAILS = 3;
  private static final int LONGEST = 60;

  private Local() {}

  static List<Rise> rises(double[] losses) {
    List<Rise> rises = new ArrayList<>();
    double[] distances = new double[WINDOW];
    int known = 0;
    int row = NEAR;
    while (row < losses.length) {
      double usual = Robust.of(losses, row - NEAR, row).median();
      double distance = losses[row] - usual;
      if (!Double.isFinite(distance)) {
        row++;
        continue;
      }
      double limit = known < FEWEST ? Double.POSITIVE_INFINITY : quickLimit(distances, known);
      // The exact limit takes a sort, which hardly any loss needs.
      if (distance > limit && distance >= limit(distances, Math.min(known, WINDOW))) {
        Rise rise = rise(losses, row, usual, distances, Math.min(known, WINDOW));
        rises.add(rise);
        row = rise.end() + NEAR;
      } else {
        distances[known++ % WINDOW] = Math.abs(distance);
        row++;
      }
    }
    return rises;
  }

  /** A rise is no larger than it must be unless it is three times the mean distance. */
  private static double quickLimit(double[] distances, int known) {
    double sum = 0;
    int count = Math.min(known, WINDOW);
    for (int i = 0; i < count; i++) {
      sum += distances[i];
    }
    return TAILS * sum / count;
  }

  private static double limit(double[] distances, int count) {
    double[] sorted = Arrays.copyOf(distances, count);
    Arrays.sort(sorted);
    return Math.max(
        CLEAR * scatter(sorted), TAILS * sorted[Math.min(count - 1, (int) (0.99 * count))]);
  }

  private static double scatter(double[] sorted) {
    return 1.4826 * Robust.middle(sorted);
  }

  private static Rise rise(
      double[] losses, int onset, double usual, double[] distances, int count) {
    double[] sorted = Arrays.copyOf(distances, count);
    Arrays.sort(sorted);
    double scatter = Math.max(scatter(sorted), Math.max(1e-7 * Math.abs(usual), Double.MIN_NORMAL));
    UsualRange range = new UsualRange(LossScale.LINEAR, usual, scatter, 0);
    int peak = onset;
    int end = onset + 1;
    while (end < losses.length && end < onset + LONGEST && losses[end] - usual > 3 * scatter) {
      peak = losses[end] > losses[peak] ? end : peak;
      end++;
    }
    return new Rise(onset, peak, end, losses[peak], range, Kind.SMALL, false);
  }
}
