package org.spikelet.spikes.diagnose;

/**
 * One measured fact about a spike.
 *
 * @param symptom what was looked at
 * @param value its value; NaN if it is not a number
 * @param limit the value beyond which it speaks for a cause; NaN if there is none
 * @param words a sentence that says what it means here
 */
public record Evidence(Symptom symptom, double value, double limit, String words) {

  /** A fact that is not a number. */
  static Evidence of(Symptom symptom, String words) {
    return new Evidence(symptom, Double.NaN, Double.NaN, words);
  }
}
