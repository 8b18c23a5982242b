package org.spikelet.app.doctor;

import java.util.Locale;
import java.util.Optional;
import org.spikelet.app.options.LossChoice;
import org.spikelet.app.tables.Scale;
import org.spikelet.app.tables.TrainingData;
import org.spikelet.app.training.Run;

/** How far the loss came, and whether that was enough to learn from. */
final class Learning {

  /** A loss of which so much is left has hardly fallen. */
  private static final double HARDLY = 0.99;

  private Learning() {}

  /** From where to where the loss went. */
  static String ends(Run run) {
    double first = run.losses()[0];
    double last = run.losses()[run.losses().length - 1];
    if (!Double.isFinite(run.finalLoss())) {
      return "The last loss is " + last + ".";
    }
    return String.format(
        Locale.ROOT,
        "The loss went from %.3g to %.3g, the mean of the last %s.",
        first,
        run.finalLoss(),
        Verdict.counted(Math.min(Run.LAST, run.losses().length), "step"));
  }

  /** Whether the training was in vain; the losses of single batches are no measure of that. */
  static Optional<String> inVain(double before, double after) {
    return after > HARDLY * before
        ? Optional.of(
            "The loss "
                + (after < before ? "hardly fell" : "did not fall")
                + ": over all rows it was "
                + Numbers.of(before)
                + " before the training, and is "
                + Numbers.of(after)
                + " after it.")
        : Optional.empty();
  }

  /** The same in the column's own unit, where the loss is a mean over one column. */
  static Optional<String> ownUnit(Run run, LossChoice loss, TrainingData table) {
    boolean squares = loss == LossChoice.MSE;
    if (table.scales().size() != 1
        || !(squares || loss == LossChoice.MAE)
        || !Double.isFinite(run.finalLoss())) {
      return Optional.empty();
    }
    Scale scale = table.scales().get(0);
    double first = run.losses()[0];
    double last = run.finalLoss();
    return Optional.of(
        String.format(
            "In the unit of %s: %s from %s to %s.",
            table.outputs().get(0),
            squares ? "a root mean square error" : "a mean absolute error",
            Numbers.of(scale.difference(squares ? Math.sqrt(first) : first)),
            Numbers.of(scale.difference(squares ? Math.sqrt(last) : last))));
  }

  /** How much of an epoch it was, if no whole one. */
  static Optional<String> part(Run run, int batchesInEpoch) {
    int steps = run.losses().length;
    return steps >= batchesInEpoch
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s %s %s of an epoch: not every row was seen.",
                Verdict.counted(steps, "step"),
                steps == 1 ? "is" : "are",
                Numbers.of(Math.min(0.99, (double) steps / batchesInEpoch))));
  }
}
