package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikelet.app.log.TrainingLog;

/**
 * What is odd in a log and no rise: losses of exactly 0, norms that are infinite alone, or clipped.
 */
final class Oddities {

  private static final int FEWEST = 10;

  private Oddities() {}

  static List<String> of(TrainingLog log) {
    List<String> odd = new ArrayList<>();
    zeros(log, odd);
    infinite(log, odd);
    clipped(log, odd);
    return odd;
  }

  private static void zeros(TrainingLog log, List<String> odd) {
    double[] losses = log.losses();
    int from = losses.length;
    while (from > 0 && losses[from - 1] == 0) {
      from--;
    }
    int zeros = losses.length - from;
    if (zeros >= FEWEST) {
      odd.add(
          String.format(
              Locale.ROOT,
              "From step %,.0f to the end the loss is exactly 0, %,d times. Some trainers write 0 for a"
                  + " loss that is NaN, and a loss without a target is 0 in others: the log does not"
                  + " show which.",
              log.steps()[from],
              zeros));
    }
  }

  private static void clipped(TrainingLog log, List<String> odd) {
    Ceiling ceiling = Ceiling.of(log.gradientNorms());
    if (ceiling.isOftenReached()) {
      odd.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d gradient norms are the largest, %.4g: as after clipping. Log the norm before it;"
                  + " a rise does not show here.",
              ceiling.rows(),
              ceiling.all(),
              ceiling.value()));
    }
  }

  private static void infinite(TrainingLog log, List<String> odd) {
    double[] norms = log.gradientNorms();
    int count = 0;
    int first = -1;
    for (int row = 0; row < norms.length; row++) {
      if (Double.isInfinite(norms[row]) && Double.isFinite(log.losses()[row])) {
        first = count == 0 ? row : first;
        count++;
      }
    }
    if (count > 0) {
      odd.add(
          String.format(
              Locale.ROOT,
              "The gradient norm is infinite where the loss is not, %,d time%s (first at step %,.0f)."
                  + " A loss scaler of mixed precision skips such steps; without one they spoil the"
                  + " weights.",
              count,
              count == 1 ? "" : "s",
              log.steps()[first]));
    }
  }
}
