package org.spikelet.spikes.diagnose;

import static org.spikelet.spikes.diagnose.Treatment.EQUAL_STEPS;
import static org.spikelet.spikes.diagnose.Treatment.HALF_RATE;
import static org.spikelet.spikes.diagnose.Treatment.OTHER_BATCH;
import static org.spikelet.spikes.diagnose.Treatment.WITHOUT_TOP_ROWS;

import java.util.Optional;
import java.util.Set;

/**
 * The causes that lie in the data: the peak's batch was hard for the weights of 20 steps before.
 *
 * @param recorded of the spike
 * @param replayed of the spike
 * @param tests for the batches around it
 * @param treatments that a cause must be supported by
 * @param notes to write in
 */
record DataCauses(
    RecordedFacts recorded,
    ReplayedFacts replayed,
    FurtherTests tests,
    Treatments treatments,
    Notes notes) {

  /** Returns whether a cause was named. */
  boolean found() {
    double hindsight = replayed.hindsight();
    notes.symptom(
        Symptom.HINDSIGHT_RATIO,
        hindsight,
        Limits.HARD_BEFORE,
        "with the weights of 20 steps before the onset the peak's batch already had %s %% of its"
            + " height",
        // Below the usual loss it has none of it.
        hindsight > 0 ? Numbers.percent(hindsight) : "0");
    if (!(hindsight > Limits.PARTLY_HARD_BEFORE) || recorded.batches() == 1) {
      return false;
    }
    OneClass one = OneClass.of(recorded);
    boolean hard = hindsight > Limits.HARD_BEFORE;
    if (!hard && !replayed.probe().stayedFlat()) {
      return false;
    }
    if (hard && !one.sorted() && dataChanged()) {
      notes.cause(Cause.DATA_CHANGED);
      return true;
    }
    Optional<Cause> data = dataCause(one);
    if (data.isEmpty()) {
      return false;
    }
    boolean steps = treatments.support(EQUAL_STEPS, notes) || treatments.support(HALF_RATE, notes);
    if (hard || steps) {
      notes.cause(data.get());
    }
    if (steps && data.get() != Cause.SORTED_ORDER) {
      notes.cause(Cause.OPTIMIZER_STEPS);
    }
    return !notes.causes().isEmpty();
  }

  /** Whether batch after batch is hard from the onset on. */
  private boolean dataChanged() {
    if (!NeighbouringBatches.known(recorded)) {
      return false;
    }
    NeighbouringBatches batches = tests.neighbouringBatches();
    double nearlyAll = Limits.NEARLY_ALL * NeighbouringBatches.LOOKED_AT;
    notes.symptom(
        Symptom.BATCHES_AFTER,
        (double) batches.after(),
        nearlyAll,
        "with these weights %s of 10 batches in the 40 steps from the onset on are as hard as a"
            + " spike, and %s of the 10 before it",
        batches.after(),
        batches.before());
    return batches.after() >= nearlyAll
        && batches.before() <= NeighbouringBatches.LOOKED_AT - nearlyAll;
  }

  /** What is the matter with the peak's batch, if a treatment without it supports that. */
  private Optional<Cause> dataCause(OneClass one) {
    if (one.sorted()) {
      notes.symptom(
          Symptom.CLASSES_IN_BATCH,
          1,
          1,
          "all rows of the batch are of one class, with its neighbours so are %s in a row; in random"
              + " order the chance of that would be %s",
          one.batches() == 1 ? "1 batch" : one.batches() + " batches",
          Numbers.chance(one.chance()));
      return Optional.of(Cause.SORTED_ORDER);
    }
    Set<Integer> top = replayed.topRows();
    int size = recorded.peakBatch().size();
    double few = Math.max(size >= Limits.ROOM_FOR_TWO ? 2 : 1, Math.ceil(Limits.FEW_ROWS * size));
    if (top.isEmpty() || top.size() > few || !replayed.rankedBefore(top)) {
      return treatments.support(OTHER_BATCH, notes)
          ? Optional.of(Cause.HARD_BATCH)
          : Optional.empty();
    }
    notes.symptom(
        Symptom.ROWS_TO_BLAME,
        top.size(),
        few,
        size == 1
            ? "the batch is the one row %3$s"
            : "without %1$s of its %2$s rows the batch's loss is as usual: %3$s",
        top.size(),
        size,
        Numbers.list(top));
    return size == 1 || treatments.support(WITHOUT_TOP_ROWS, notes)
        ? Optional.of(Cause.OUTLIER_SAMPLES)
        : Optional.empty();
  }
}
