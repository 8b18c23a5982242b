package org.spikelet.spikes;

import java.util.List;
import java.util.Optional;

/**
 * Why one spike came, with the evidence.
 *
 * @param spike the spike
 * @param causes one or two causes, the stronger first; {@link Cause#UNKNOWN} alone if none has
 *     enough evidence
 * @param words the verdict in a few sentences
 * @param evidence what was measured
 * @param arms the replays with one change each
 * @param ledger what was measured step by step; empty if the spike could not be replayed
 * @param reproduced whether the unchanged replay had the same bits; if not, nothing is concluded
 *     from replays
 */
public record Diagnosis(
    Spike spike,
    List<Cause> causes,
    String words,
    List<Evidence> evidence,
    List<Arm> arms,
    Optional<Ledger> ledger,
    boolean reproduced) {

  /** Copies the lists. */
  public Diagnosis {
    causes = List.copyOf(causes);
    evidence = List.copyOf(evidence);
    arms = List.copyOf(arms);
  }

  /** Returns the evidence of this name, if it was measured. */
  public Optional<Evidence> evidence(String name) {
    return evidence.stream().filter(e -> e.name().equals(name)).findFirst();
  }
}
