package org.spikelet.spikes.diagnose;

import java.util.Arrays;
import java.util.List;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.replay.Change;
import org.spikelet.spikes.replay.Changes;
import org.spikelet.spikes.replay.Repetitions;

/**
 * The placebo of treatments that change arithmetic: weights moved a little at the start.
 *
 * @param size by how much of itself a weight is moved at most
 * @param losses of each repetition
 */
record PerturbedWeights(double size, List<double[]> losses) {

  /** The most of these that does not undo the spike. The first was set before any run. */
  private static final double[] SIZES = {1e-4, 1e-6, 1e-8};

  /**
   * Runs the placebo.
   *
   * <p>A perturbation that is large beside the distance to the minimum undoes the spike by itself,
   * and proves nothing: then a smaller one is tried. If all do, it stays with the first.
   */
  static PerturbedWeights run(Repetitions repetitions, Recording recording) {
    PerturbedWeights first = of(SIZES[0], repetitions);
    PerturbedWeights perturbed = first;
    for (int i = 1; i < SIZES.length && !perturbed.leavesTheSpike(recording); i++) {
      perturbed = of(SIZES[i], repetitions);
    }
    return perturbed.leavesTheSpike(recording) ? perturbed : first;
  }

  private static PerturbedWeights of(double size, Repetitions repetitions) {
    return new PerturbedWeights(size, repetitions.run(change(size)));
  }

  /** Half of the height is left. */
  private boolean leavesTheSpike(Recording recording) {
    UsualRange usual = usualRange(recording);
    double height =
        losses.stream()
            .mapToDouble(run -> Protocol.Extent.FROM_ONSET.height(run, recording, usual))
            .average()
            .orElseThrow();
    double recorded = usual.excess(recording.peakLoss());
    return height >= recorded / 2 && recorded > 0;
  }

  /**
   * Where the loss lies before the onset in disturbed replays: as recorded, unless the disturbance
   * itself lifts it out of there. Near a minimum to the last digits any does, and that is no spike.
   */
  UsualRange usualRange(Recording recording) {
    UsualRange usual = recording.usualRange();
    int before = (int) (recording.onset() - Protocol.Extent.MARGIN - recording.start().step());
    if (before < 1) {
      return usual;
    }
    double[] lifted =
        losses.stream().flatMapToDouble(run -> Arrays.stream(run, 0, before)).toArray();
    double median = Quantile.median(lifted);
    return Double.isFinite(median) && usual.excess(median) > 0 ? usual.around(median) : usual;
  }

  private static Change.Factory change(double size) {
    return seed -> Changes.perturbed(size, seed);
  }

  Change.Factory change() {
    return change(size);
  }

  String words() {
    return "weights perturbed by %.0e".formatted(size);
  }
}
