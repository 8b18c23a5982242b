package org.spikelet.spikes.diagnose;

import java.util.List;
import org.spikelet.spikes.detect.Spike;

/**
 * What a doctor found in one run.
 *
 * @param steps the number of steps watched
 * @param spikes all spikes, shifts included, in order
 * @param diagnoses of those that were examined, in order: all, or the highest
 * @param words a summary; without spikes it says what was looked at
 */
public record Examination(long steps, List<Spike> spikes, List<Diagnosis> diagnoses, String words) {

  /** Copies the lists. */
  public Examination {
    spikes = List.copyOf(spikes);
    diagnoses = List.copyOf(diagnoses);
  }
}
