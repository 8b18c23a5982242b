package org.spikelet.spikes.diagnose;

import static org.spikelet.spikes.diagnose.Treatment.CLIPPED_GRADIENTS;
import static org.spikelet.spikes.diagnose.Treatment.EQUAL_STEPS;
import static org.spikelet.spikes.diagnose.Treatment.FILLED_BATCH;
import static org.spikelet.spikes.diagnose.Treatment.HALF_RATE;
import static org.spikelet.spikes.diagnose.Treatment.KEPT_STATE;
import static org.spikelet.spikes.diagnose.Treatment.OTHER_BATCH;
import static org.spikelet.spikes.diagnose.Treatment.USUAL_RATE;
import static org.spikelet.spikes.diagnose.Treatment.WITHOUT_TOP_ROWS;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.spikelet.spikes.stability.Sharpness;

/**
 * Finds the causes of one spike: asks for one possible cause after the other, those first that can
 * be seen directly, and takes the first that the symptoms point to and a treatment supports.
 */
final class Consultation {

  private final RecordedFacts recorded;
  private final ReplayedFacts replayed;
  private final FurtherTests tests;
  private final Treatments treatments;
  private final Notes notes = new Notes();

  Consultation(Facts facts, FurtherTests tests, Treatments treatments) {
    this.recorded = facts.recorded();
    this.replayed = facts.replayed();
    this.tests = tests;
    this.treatments = treatments;
  }

  /** Looks at symptoms and gives treatments, as many as the decision needs. */
  Notes hold() {
    boolean decided =
        notFinite()
            || tooEarly()
            || stateLost()
            || rateRaised()
            || smallLastBatch()
            || hardData()
            || unstable()
            || shock();
    if (!decided) {
      notes.cause(Cause.UNKNOWN);
    }
    return notes;
  }

  private boolean found(Cause cause) {
    notes.cause(cause);
    return true;
  }

  private boolean supportedBy(Treatment treatment) {
    TreatmentResult result = treatments.give(treatment);
    notes.treated(result);
    return result.supports();
  }

  private boolean notFinite() {
    double loss = recorded.lossAtOnset();
    if (Double.isFinite(loss)) {
      return false;
    }
    notes.symptom(
        Symptom.LOSS_AT_ONSET, loss, Double.NaN, "the loss is %s at the onset itself", loss);
    double before = recorded.lossBefore();
    double diverged = Limits.DIVERGED * recorded.firstLoss();
    if (before > diverged) {
      notes.symptom(
          Symptom.LOSS_BEFORE_ONSET,
          before,
          diverged,
          "the loss had grown from %.3g at the first step to %.3g: the training diverged, and then"
              + " overflowed",
          recorded.firstLoss(),
          before);
      notes.cause(Cause.INSTABILITY);
    }
    tests.findNotFinite().ifPresent(where -> notes.symptom(Symptom.FIRST_OPERATION, where));
    return found(Cause.NON_FINITE);
  }

  private boolean tooEarly() {
    long steps = recorded.stepsBefore();
    if (steps >= Limits.EARLY) {
      return false;
    }
    notes.symptom(
        Symptom.STEPS_BEFORE,
        (double) steps,
        Limits.EARLY,
        "only %s steps were taken before it",
        steps);
    return found(Cause.TOO_EARLY);
  }

  private boolean stateLost() {
    OptionalLong at = recorded.stateLostAt();
    if (at.isEmpty()) {
      return false;
    }
    long lost = at.getAsLong();
    notes.symptom(
        Symptom.STATE_LOST,
        (double) lost,
        Double.NaN,
        "about step %s the optimizer's moments and step count were set back",
        lost);
    return supportedBy(KEPT_STATE) && found(Cause.OPTIMIZER_STATE_LOST);
  }

  private boolean rateRaised() {
    OptionalLong at = recorded.rateRaisedAt();
    if (at.isEmpty()) {
      return false;
    }
    long raised = at.getAsLong();
    double usual = recorded.usualRate();
    notes.symptom(
        Symptom.LEARNING_RATE,
        recorded.highestRate(raised) / usual,
        Limits.SUDDEN,
        "at step %s the learning rate rose from %s to %s",
        raised,
        usual,
        recorded.rate(raised));
    return supportedBy(USUAL_RATE) && found(Cause.LEARNING_RATE_CHANGED);
  }

  private boolean smallLastBatch() {
    if (!recorded.inSmallLastBatch()) {
      return false;
    }
    double chance = recorded.chanceOfPhase();
    notes.symptom(
        Symptom.SPIKES_IN_LAST_BATCH,
        chance,
        Limits.PHASE,
        "%s of %s spikes are in the last batch of an epoch, which has %s rows instead of %s; if they"
            + " came anywhere, the chance of that would be %.2g",
        recorded.spikesInLastBatch(),
        recorded.spikes(),
        recorded.peakBatch().size(),
        recorded.usualBatchSize(),
        chance);
    return supportedBy(FILLED_BATCH) && found(Cause.SMALL_LAST_BATCH);
  }

  private boolean hardData() {
    double hindsight = replayed.hindsight();
    notes.symptom(
        Symptom.HINDSIGHT_RATIO,
        hindsight,
        Limits.HARD_BEFORE,
        "with the weights of 20 steps before the onset the peak's batch already had %.0f %% of its"
            + " height",
        // Not "-0".
        Math.rint(100 * hindsight) + 0.0);
    if (!(hindsight > Limits.PARTLY_HARD_BEFORE) || recorded.batches() == 1) {
      return false;
    }
    Optional<Cause> data = dataCause();
    if (data.isEmpty()) {
      return false;
    }
    boolean steps = supportedBy(EQUAL_STEPS) || supportedBy(HALF_RATE);
    if (hindsight > Limits.HARD_BEFORE || steps) {
      notes.cause(data.get());
    }
    if (steps && data.get() != Cause.SORTED_ORDER) {
      notes.cause(Cause.OPTIMIZER_STEPS);
    }
    return !notes.causes().isEmpty();
  }

  /** What is the matter with the peak's batch, if a treatment without it supports that. */
  private Optional<Cause> dataCause() {
    if (recorded.oneClass()) {
      notes.symptom(Symptom.CLASSES_IN_BATCH, 1, 1, "all rows of the batch are of one class");
      return Optional.of(Cause.SORTED_ORDER);
    }
    Set<Integer> top = replayed.topRows();
    int size = recorded.peakBatch().size();
    double few = Math.max(size >= Limits.ROOM_FOR_TWO ? 2 : 1, Math.ceil(Limits.FEW_ROWS * size));
    if (top.isEmpty() || top.size() > few) {
      return supportedBy(OTHER_BATCH) ? Optional.of(Cause.HARD_BATCH) : Optional.empty();
    }
    notes.symptom(
        Symptom.ROWS_TO_BLAME,
        top.size(),
        few,
        "without %s of its %s rows the batch's loss is as usual: %s",
        top.size(),
        size,
        top);
    return size == 1 || supportedBy(WITHOUT_TOP_ROWS)
        ? Optional.of(Cause.OUTLIER_SAMPLES)
        : Optional.empty();
  }

  private boolean unstable() {
    Optional<Sharpness> sharpest =
        tests.measureSharpness().stream()
            .filter(s -> Double.isFinite(s.ratio()))
            .max(Comparator.comparingDouble(Sharpness::ratio));
    if (sharpest.isEmpty()) {
      return false;
    }
    Sharpness sharpness = sharpest.get();
    notes.symptom(
        Symptom.SHARPNESS,
        sharpness.ratio(),
        Limits.UNSTABLE,
        "the sharpness η·λ reached %.2f of the stability threshold, %.3g, at step %s",
        sharpness.ratio(),
        sharpness.threshold(),
        sharpness.step());
    return sharpness.ratio() > Limits.UNSTABLE
        && supportedBy(HALF_RATE)
        && found(Cause.INSTABILITY);
  }

  private boolean shock() {
    double rms = replayed.largestRms();
    notes.symptom(
        Symptom.LARGEST_RMS,
        rms,
        Limits.SHOCK,
        "a gradient was up to %.1f times as large as the optimizer remembers",
        rms);
    return rms > Limits.SHOCK && supportedBy(CLIPPED_GRADIENTS) && found(Cause.GRADIENT_SHOCK);
  }
}
