package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.app.log.TrainingLog;

/** Where the run was started again: steps that come twice, or that are left out. */
final class Restarts {

  /** What the loss did after a restart. */
  enum Loss {
    AS_BEFORE,
    DECAYS,
    STAYS_UP,
    /** It is that of the log's beginning: another run. */
    FROM_START,
    /** Too few points, before or after. */
    UNKNOWN
  }

  /**
   * A restart.
   *
   * @param row the first row after it
   * @param before the step of the row before
   * @param step the step of the row
   * @param loss what the loss did
   */
  record Restart(int row, double before, double step, Loss loss) {
    boolean repeats() {
      return step <= before;
    }
  }

  private static final int BEFORE = 50;
  private static final int JUST_BEFORE = 20;
  private static final int FEWEST = 10;
  private static final int HEAD = 5;
  private static final int SOON = 20;
  private static final int LATER = 40;
  private static final double CLEAR = 5;

  /** So many intervals left out are a gap, if hardly any other is. */
  private static final double GAP = 6;

  private static final int MOST_GAPS = 3;

  /** By what share of the way a second beginning may be below the first. */
  private static final double AS_AT_FIRST = 0.3;

  private Restarts() {}

  static List<Restart> of(TrainingLog log) {
    double[] steps = log.steps();
    double interval = log.interval();
    List<Restart> restarts = new ArrayList<>();
    List<Restart> gaps = new ArrayList<>();
    long uneven = 0;
    for (int i = 1; i < steps.length; i++) {
      double move = steps[i] - steps[i - 1];
      uneven += move > 0 && move != interval ? 1 : 0;
      if (move < 0) {
        restarts.add(restart(log, i));
      } else if (move >= GAP * interval && gaps.size() <= MOST_GAPS) {
        gaps.add(restart(log, i));
      }
    }
    // Logged at uneven steps anyway, a gap says nothing.
    if (gaps.size() <= MOST_GAPS && uneven * 20 <= steps.length + 20) {
      restarts.addAll(gaps);
    }
    return restarts;
  }

  private static Restart restart(TrainingLog log, int row) {
    double[] steps = log.steps();
    Loss loss = loss(log.losses(), row);
    boolean up = loss == Loss.DECAYS || loss == Loss.STAYS_UP;
    boolean anew = up && steps[row] <= steps[0] && isAsAtFirst(log.losses(), row);
    return new Restart(row, steps[row - 1], steps[row], anew ? Loss.FROM_START : loss);
  }

  private static boolean isAsAtFirst(double[] losses, int row) {
    Robust first = Robust.of(losses, 0, FEWEST);
    Robust again = Robust.of(losses, row, row + FEWEST);
    double before = Robust.of(losses, row - BEFORE, row).median();
    return again.median() - before > (1 - AS_AT_FIRST) * (first.median() - before);
  }

  /** What the loss does from a row on, against the rows before. */
  static Loss loss(double[] losses, int row) {
    int after = losses.length - row;
    if (row < FEWEST || after < FEWEST) {
      return Loss.UNKNOWN;
    }
    double usual = Robust.of(losses, row - JUST_BEFORE, row).median();
    double scatter =
        Math.max(Robust.of(losses, row - BEFORE, row).scatter(), 1e-3 * Math.abs(usual));
    double most = Double.NEGATIVE_INFINITY;
    for (int at = row; at < row + SOON && at + HEAD <= losses.length; at++) {
      most = Math.max(most, Robust.of(losses, at, at + HEAD).median() - usual);
    }
    if (most < CLEAR * 1.25 * scatter / Math.sqrt(HEAD)) {
      return Loss.AS_BEFORE;
    }
    int later = Math.min(row + LATER, losses.length - HEAD);
    double left = Robust.of(losses, later, later + LATER).median() - usual;
    double end =
        Robust.of(losses, Math.max(row + HEAD, losses.length - BEFORE), losses.length).median()
            - usual;
    boolean decays = left < most / 2 || (end < most / 2 && end < left);
    return decays ? Loss.DECAYS : Loss.STAYS_UP;
  }
}
