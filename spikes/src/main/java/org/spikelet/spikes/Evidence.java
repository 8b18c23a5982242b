package org.spikelet.spikes;

/**
 * One measured fact about a spike.
 *
 * @param name what was measured, such as "hindsight ratio"
 * @param value its value; NaN if it is not a number
 * @param limit the value beyond which it speaks for a cause; NaN if there is none
 * @param words a sentence that says what it means here
 */
public record Evidence(String name, double value, double limit, String words) {

  /** A fact that is not a number. */
  static Evidence of(String name, String words) {
    return new Evidence(name, Double.NaN, Double.NaN, words);
  }
}
