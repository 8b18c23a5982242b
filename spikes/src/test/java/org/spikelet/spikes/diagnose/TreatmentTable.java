package org.spikelet.spikes.diagnose;

import static org.spikelet.spikes.diagnose.TreatmentTable.Point.GRADIENTS;
import static org.spikelet.spikes.diagnose.TreatmentTable.Point.LOSS;
import static org.spikelet.spikes.diagnose.TreatmentTable.Point.OPTIMIZER;
import static org.spikelet.spikes.diagnose.TreatmentTable.Point.RATE;
import static org.spikelet.spikes.diagnose.TreatmentTable.Point.ROWS;
import static org.spikelet.spikes.diagnose.TreatmentTable.Point.STATE;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Which points of the training each treatment changes, and no others. A row for each treatment. */
final class TreatmentTable {

  /** What can be changed in a replay. */
  enum Point {
    /** The weights at the start. */
    WEIGHTS,
    /** The rows of a batch. */
    ROWS,
    /** The loss. */
    LOSS,
    /** What the gradients go through. */
    GRADIENTS,
    /** The learning rate. */
    RATE,
    /** The rule, or its settings. */
    OPTIMIZER,
    /** Whether the optimizer forgets. */
    STATE
  }

  private static final Map<Treatment, Set<Point>> ROWS_BY_TREATMENT =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Treatment.HALF_RATE, Set.of(RATE)),
              Map.entry(Treatment.USUAL_RATE, Set.of(RATE)),
              Map.entry(Treatment.KEPT_STATE, Set.of(STATE)),
              Map.entry(Treatment.RAISED_EPSILON, Set.of(OPTIMIZER)),
              Map.entry(Treatment.AMSGRAD, Set.of(OPTIMIZER)),
              Map.entry(Treatment.CLIPPED_UPDATES, Set.of(OPTIMIZER)),
              Map.entry(Treatment.CLIPPED_GRADIENTS, Set.of(GRADIENTS)),
              Map.entry(Treatment.ZCLIP, Set.of(GRADIENTS)),
              Map.entry(Treatment.ADAGC, Set.of(GRADIENTS)),
              Map.entry(Treatment.SKIPPED_STEPS, Set.of(GRADIENTS)),
              Map.entry(Treatment.EQUAL_STEPS, Set.of(OPTIMIZER, RATE)),
              Map.entry(Treatment.LOSS_OF_USUAL_SIZE, Set.of(LOSS)),
              Map.entry(Treatment.FILLED_BATCH, Set.of(ROWS)),
              Map.entry(Treatment.OTHER_BATCH, Set.of(ROWS)),
              Map.entry(Treatment.WITHOUT_TOP_ROWS, Set.of(ROWS))));

  private TreatmentTable() {}

  /** What a treatment changes. */
  static Set<Point> changedBy(Treatment treatment) {
    Set<Point> points = ROWS_BY_TREATMENT.get(treatment);
    if (points == null) {
      throw new AssertionError(
          "TreatmentTable has no row for " + treatment + ": add one that says what it changes");
    }
    return points;
  }
}
