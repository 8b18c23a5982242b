package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is written down in a consultation.
 *
 * @param causes one or two
 * @param evidence what was looked at, in order
 * @param deciding the treatments that a decision rested on, in order
 * @param cures what helps in this training; empty for what always does
 */
record Notes(
    List<Cause> causes,
    List<Evidence> evidence,
    List<TreatmentResult> deciding,
    List<String> cures) {

  /** An empty page. */
  Notes() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  void cause(Cause cause) {
    causes.add(cause);
  }

  void treated(TreatmentResult result) {
    deciding.add(result);
  }

  /** What helps here, which is more than what always helps against a cause. */
  void cure(String words) {
    cures.add(words);
  }

  /** A symptom that is no number. */
  void symptom(Symptom symptom, String words) {
    evidence.add(Evidence.of(symptom, words));
  }

  /** A symptom with its value and limit, and a sentence with arguments. */
  void symptom(Symptom symptom, double value, double limit, String words, Object... arguments) {
    evidence.add(new Evidence(symptom, value, limit, String.format(Locale.ROOT, words, arguments)));
  }
}
