package org.spikelet.spikes.diagnose;

/**
 * What is seen before any treatment, and ends a consultation: a loss that is not finite, and too
 * few steps to compare with.
 *
 * @param recorded of the spike
 * @param tests for where a number was not finite
 * @param notes to write in
 */
record FirstLook(RecordedFacts recorded, FurtherTests tests, Notes notes) {

  /** Returns whether a cause was named. */
  boolean decides() {
    return notFinite() || tooEarly();
  }

  private boolean notFinite() {
    double loss = recorded.lossAtOnset();
    if (Double.isFinite(loss)) {
      return false;
    }
    notes.symptom(
        Symptom.LOSS_AT_ONSET,
        loss,
        Double.NaN,
        "the loss is %s at the onset itself",
        Numbers.of(loss));
    double before = recorded.lossBefore();
    double first = recorded.recorder().firstLoss();
    double diverged = Limits.DIVERGED * first;
    if (before > diverged) {
      notes.symptom(
          Symptom.LOSS_BEFORE_ONSET,
          before,
          diverged,
          "the loss had grown from %s at step %s to %s: the training diverged, and then overflowed",
          Numbers.of(first),
          recorded.recorder().firstLossAt(),
          Numbers.of(before));
      notes.cause(Cause.INSTABILITY);
      notes.cure("a lower learning rate.");
    }
    NotFinite place = tests.findNotFinite();
    notes.symptom(Symptom.FIRST_OPERATION, place.words());
    notes.cure(place.source().cure());
    notes.cause(Cause.NON_FINITE);
    return true;
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
        "only %s were recorded before it",
        Numbers.count(steps, "step"));
    notes.cause(Cause.TOO_EARLY);
    return true;
  }
}
