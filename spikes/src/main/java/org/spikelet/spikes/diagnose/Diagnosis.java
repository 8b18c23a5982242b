package org.spikelet.spikes.diagnose;

import java.util.List;
import java.util.Optional;
import org.spikelet.spikes.detect.Spike;

/**
 * Why one spike came, with the evidence: a finished value, words and all.
 *
 * @param spike the spike
 * @param causes one or two causes, the stronger first; {@link Cause#UNKNOWN} alone if none has
 *     enough evidence
 * @param words all this in a few sentences
 * @param evidence what was measured
 * @param treatments what was changed in replays, and what that did, in the order given
 * @param course what was measured step by step; empty if the spike could not be replayed
 * @param reproduced whether the unchanged replay had the same bits; if not, nothing is concluded
 *     from replays
 */
public record Diagnosis(
    Spike spike,
    List<Cause> causes,
    String words,
    List<Evidence> evidence,
    List<TreatmentResult> treatments,
    Optional<Course> course,
    boolean reproduced) {

  /** Copies the lists. */
  public Diagnosis {
    causes = List.copyOf(causes);
    evidence = List.copyOf(evidence);
    treatments = List.copyOf(treatments);
  }

  /** Returns the evidence of a symptom, if it was looked at. */
  public Optional<Evidence> evidence(Symptom symptom) {
    return evidence.stream().filter(e -> e.symptom() == symptom).findFirst();
  }
}
