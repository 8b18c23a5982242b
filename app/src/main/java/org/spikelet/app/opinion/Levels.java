package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.app.opinion.Rise.Kind;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;

/**
 * Finds where the loss moved up to a level that lasted, though no single loss stands out.
 *
 * <p>Medians of w losses before and after each place are compared. A median of w scatters by 1.25 s
 * / √w, so a difference of 6 times √2 of that is no chance, more where each loss is like the one
 * before; it must also be larger than s, and still be there another w losses later.
 */
final class Levels {

  private static final int FEWEST = 20;
  private static final int MOST = 200;
  private static final double CLEAR = 6 * 1.25 * 1.4142;
  private static final double LEAST = 1;
  private static final double FAR = 3;
  private static final double MOST_ALIKE = 0.99;

  private Levels() {}

  static List<Rise> of(double[] losses) {
    List<Rise> rises = new ArrayList<>();
    int width = Math.max(FEWEST, Math.min(MOST, losses.length / 12));
    int stride = width / 4;
    int row = 2 * width;
    while (row + 2 * width <= losses.length) {
      if (isRise(losses, row, width)) {
        int best = sharpest(losses, row, width);
        Robust before = Robust.of(losses, best - width, best);
        double after = Robust.of(losses, best, best + width).median();
        UsualRange usual = new UsualRange(LossScale.LINEAR, before.median(), before.scatter(), 0);
        int end = end(losses, best, (3 * before.median() + after) / 4, width);
        rises.add(new Rise(best, best, end, after, usual, Kind.LEVEL, true));
        row = Math.max(end, best + 2 * width);
      } else {
        row += stride;
      }
    }
    return rises;
  }

  private static boolean isRise(double[] losses, int row, int width) {
    Robust before = Robust.of(losses, row - width, row);
    Robust after = Robust.of(losses, row, row + width);
    double later = Robust.of(losses, row + width, row + 2 * width).median();
    double scatter = Math.max(before.scatter(), 1e-3 * Math.abs(before.median()));
    double rise = Math.min(after.median(), later) - before.median();
    return rise > LEAST * scatter
        && rise > CLEAR * scatter / Math.sqrt(width) * cohesion(losses, row - width, row, before);
  }

  /**
   * By what the median of losses scatters more if each is like the one before, √((1 + ρ) / (1 − ρ))
   * for the correlation ρ of neighbours. Distances count up to three scatters.
   */
  private static double cohesion(double[] losses, int from, int to, Robust usual) {
    double both = 0;
    double square = 0;
    double last = 0;
    for (int i = from; i < to; i++) {
      double far = FAR * usual.scatter();
      double distance = Math.max(-far, Math.min(far, losses[i] - usual.median()));
      if (Double.isFinite(distance)) {
        both += distance * last;
        square += distance * distance;
        last = distance;
      }
    }
    double rho = square > 0 ? Math.max(0, Math.min(MOST_ALIKE, both / square)) : 0;
    return Math.sqrt((1 + rho) / (1 - rho));
  }

  /** Where the medians of a few losses before and after differ most. */
  private static int sharpest(double[] losses, int row, int width) {
    int few = Math.max(5, width / 4);
    int best = row;
    double most = Double.NEGATIVE_INFINITY;
    for (int at = row - width; at < row + width; at++) {
      double difference =
          Robust.of(losses, at, at + few).median() - Robust.of(losses, at - few, at).median();
      if (difference > most) {
        most = difference;
        best = at;
      }
    }
    return best;
  }

  /** Where three quarters of the rise are gone, for some time. */
  static int end(double[] losses, int from, double low, int width) {
    for (int at = from + width; at + FEWEST <= losses.length; at += FEWEST / 2) {
      if (Robust.of(losses, at, at + FEWEST).median() < low) {
        return at;
      }
    }
    return losses.length;
  }
}
