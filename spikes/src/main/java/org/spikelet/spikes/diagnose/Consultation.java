package org.spikelet.spikes.diagnose;

import static org.spikelet.spikes.diagnose.Treatment.CLIPPED_GRADIENTS;
import static org.spikelet.spikes.diagnose.Treatment.FILLED_BATCH;
import static org.spikelet.spikes.diagnose.Treatment.HALF_RATE;
import static org.spikelet.spikes.diagnose.Treatment.KEPT_STATE;
import static org.spikelet.spikes.diagnose.Treatment.LOSS_OF_USUAL_SIZE;
import static org.spikelet.spikes.diagnose.Treatment.USUAL_RATE;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikelet.optim.Adam;
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
        new FirstLook(recorded, tests, notes).decides()
            || stateLost()
            || rateRaised()
            || lossBySize()
            || smallLastBatch()
            || new DataCauses(recorded, replayed, tests, treatments, notes).found()
            || unstable()
            || unstableInMiniBatches()
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
    return treatments.support(treatment, notes);
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
        "the optimizer's own count of steps was %s after step %s, and %s after step %s",
        recorded.recording().signals().updates(lost - 1),
        lost - 1,
        recorded.recording().signals().updates(lost),
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
    double highest = recorded.highestRate(raised);
    notes.symptom(
        Symptom.LEARNING_RATE,
        highest / usual,
        Limits.SUDDEN,
        "at step %s the learning rate rose from %s to %s%s",
        raised,
        Numbers.of(usual),
        Numbers.of(recorded.rate(raised)),
        highest > recorded.rate(raised) ? ", and then to " + Numbers.of(highest) : "");
    return supportedBy(USUAL_RATE) && found(Cause.LEARNING_RATE_CHANGED);
  }

  /** A mean over the rows has the same loss whatever their number, but for rounding. */
  private boolean lossBySize() {
    double times = replayed.lossBySize();
    if (!(times > 1 + Limits.ROUNDING)) {
      return false;
    }
    int small = recorded.batch(recorded.smallLastStep().orElseThrow()).size();
    notes.symptom(
        Symptom.LOSS_BY_SIZE,
        times,
        1,
        "the loss depends on the batch's size: one row, repeated, has %s times the loss in a batch of"
            + " %s, as the last of an epoch, that it has in one of %s; a mean over the rows would have"
            + " the same",
        Numbers.of(times),
        small,
        recorded.usualBatchSize());
    return supportedBy(LOSS_OF_USUAL_SIZE) && found(Cause.LOSS_BY_BATCH_SIZE);
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
        "of %s %s in the last batch of an epoch, which has %s instead of %s; if spikes came"
            + " anywhere, the chance of so many there would be %s",
        Numbers.count(recorded.spikes(), "spike"),
        recorded.spikesInLastBatch() + (recorded.spikesInLastBatch() == 1 ? " is" : " are"),
        Numbers.count(recorded.peakBatch().size(), "row"),
        recorded.usualBatchSize(),
        Numbers.chance(chance));
    if (chance < Limits.PHASE) {
      return supportedBy(FILLED_BATCH) && found(Cause.SMALL_LAST_BATCH);
    }
    // So few rows cannot be told from their batch: neither is named.
    return recorded.peakBatch().size() == 1 && found(Cause.UNKNOWN);
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
        "the sharpness η·λ reached %s%s of the stability threshold, %s, at step %s",
        // The largest of the values that the iteration has seen is a lower bound.
        sharpness.converged() ? "" : "at least ",
        Numbers.fixed(sharpness.ratio(), 2),
        Numbers.of(sharpness.threshold()),
        sharpness.step());
    if (!(sharpness.ratio() > Limits.UNSTABLE) || !supportedBy(HALF_RATE)) {
      return false;
    }
    cureAdam();
    return found(Cause.INSTABILITY);
  }

  private boolean unstableInMiniBatches() {
    boolean blamesData = replayed.hindsight() > Limits.HARD_BEFORE;
    if (recorded.batches() == 1 || blamesData || !replayed.probe().rose()) {
      return false;
    }
    double highest = tests.highestOnProbeAtHalfRate();
    double left = replayed.probe().left(highest, recorded.recording().usualRange().scale());
    if (!Double.isFinite(left)) { // it rose from 0, or is not finite at half the rate
      return false;
    }
    notes.symptom(
        Symptom.PROBE_RISE,
        left,
        1 - TreatmentEffect.LARGE,
        "on a fixed probe the loss rose %s, and with half the learning rate to %s: %s %% of the rise",
        Numbers.fromTo(replayed.probe().before(), replayed.probe().highest()),
        Numbers.of(highest),
        left > 0 ? Numbers.percent(left) : "0");
    if (!(left <= 1 - TreatmentEffect.LARGE) || !supportedBy(HALF_RATE)) {
      return false;
    }
    cureAdam();
    return found(Cause.MINI_BATCH_INSTABILITY);
  }

  private void cureAdam() {
    if (recorded.trainer().optimizer() instanceof Adam) {
      notes.cure(
          "a lower learning rate or one that falls, AMSGrad, a larger ε, or clipped updates.");
    }
  }

  private boolean shock() {
    if (!recorded.optimizerScales()) {
      return false;
    }
    double rms = replayed.largestRms();
    notes.symptom(
        Symptom.LARGEST_RMS,
        rms,
        Limits.SHOCK,
        "the gradient of a parameter was, as a root mean square, up to %s times as large as the"
            + " optimizer remembers",
        Numbers.of(rms));
    // Clipping cures a step that is too long as well: then a shorter one would do, too.
    return rms > Limits.SHOCK
        && supportedBy(CLIPPED_GRADIENTS)
        && !supportedBy(HALF_RATE)
        && found(Cause.GRADIENT_SHOCK);
  }
}
