package org.spikelet.spikes.diagnose;

import java.util.Optional;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.replay.Change;

/**
 * How a treatment is given, and what it is compared with.
 *
 * <p>A treatment takes a {@linkplain Change.Factory factory} of changes, not a change: each
 * repetition gets a new one, so that a change may have a state.
 *
 * @param change what the treatment changes
 * @param placebo what is changed instead, for comparison; empty for nothing but the perturbation
 * @param extent where the height is measured
 * @param perturbation whether the weights are perturbed in both, by another seed each time
 */
record Protocol(
    Change.Factory change, Optional<Placebo> placebo, Extent extent, Perturbation perturbation) {

  /** Changes of the batches as many as the treatment's, and their words. */
  record Placebo(String words, Change.Factory change) {}

  /** Whether the weights are perturbed. */
  enum Perturbation {
    WITH,
    WITHOUT
  }

  /** A treatment that changes arithmetic: against perturbed weights. */
  static Protocol ofArithmetic(Change.Factory change) {
    return new Protocol(change, Optional.empty(), Extent.FROM_ONSET, Perturbation.WITH);
  }

  /** A treatment that changes the peak's batch: against perturbed weights. */
  static Protocol ofBatch(Change.Factory change) {
    return new Protocol(change, Optional.empty(), Extent.PEAK, Perturbation.WITH);
  }

  /** The same, against another change of the batches. */
  Protocol against(String words, Change.Factory other) {
    return new Protocol(change, Optional.of(new Placebo(words, other)), extent, perturbation);
  }

  /** The same with no weight perturbed, where the placebo is random enough. */
  Protocol withoutPerturbation() {
    return new Protocol(change, placebo, extent, Perturbation.WITHOUT);
  }

  /** Where the height of a replay is measured. */
  enum Extent {
    /** All steps from just before the onset on: a spike may come earlier or later. */
    FROM_ONSET {
      @Override
      double height(double[] losses, Recording recording, UsualRange usual) {
        return highest(losses, recording, usual, recording.onset() - MARGIN, recording.end());
      }
    },

    /** The step of the peak alone: what its batch does. */
    PEAK {
      @Override
      double height(double[] losses, Recording recording, UsualRange usual) {
        return highest(losses, recording, usual, recording.peak(), recording.peak() + 1);
      }
    };

    /** So many steps before the onset a spike of a replay may begin. */
    static final int MARGIN = 5;

    /** How far a replay's losses rise above a range, in nats or in units of the loss. */
    abstract double height(double[] losses, Recording recording, UsualRange usual);

    private static double highest(
        double[] losses, Recording recording, UsualRange usual, long from, long to) {
      long first = recording.start().step();
      double height = 0;
      for (long step = Math.max(from, first); step < to; step++) {
        height = Math.max(height, usual.excess(losses[(int) (step - first)]));
      }
      return height;
    }
  }
}
