package org.spikelet.app.opinion;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rises that are second losses of one step: lines of another kind between those of the training.
 */
final class Repeats {

  private static final int FEWEST = 3;
  private static final double MOST_OF_THEM = 0.8;
  private static final double NO_CHANCE = 1e-3;

  private Repeats() {}

  /** Says so, if more rises are such than chance would put there. */
  static Optional<String> words(List<Case> cases, double[] steps) {
    long hits = cases.stream().filter(c -> isSecond(c.rise().peak(), steps)).count();
    int seconds = 0;
    for (int row = 1; row < steps.length; row++) {
      seconds += isSecond(row, steps) ? 1 : 0;
    }
    double share = seconds / (double) steps.length;
    boolean clear =
        hits >= FEWEST
            && hits >= MOST_OF_THEM * cases.size()
            && Period.tail(cases.size(), (int) hits, share) < NO_CHANCE;
    return clear
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d rises are the second loss of a step that has one already (so are %,d of %,d"
                    + " losses): validation lines among those of the training look like this.",
                hits,
                cases.size(),
                seconds,
                steps.length))
        : Optional.empty();
  }

  private static boolean isSecond(int row, double[] steps) {
    return row > 0 && steps[row] == steps[row - 1];
  }
}
