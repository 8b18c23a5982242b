package org.spikelet.spikes.diagnose;

import java.util.List;
import java.util.Optional;
import org.spikelet.spikes.replay.Changes;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;
import org.spikelet.spikes.stability.Sharpness;

/** Tests that take an unchanged replay of their own: made only when a cause asks for them. */
final class FurtherTests {

  private final RecordedFacts recorded;
  private final Replay replay;
  private final Evaluation evaluation;
  private final int[] probe;
  private final int[] curvatureRows;
  private Optional<List<Sharpness>> sharpness = Optional.empty();

  /** Prepares tests; the curvature is that of the mean loss over some rows. */
  FurtherTests(
      RecordedFacts recorded,
      Replay replay,
      Evaluation evaluation,
      int[] probe,
      int[] curvatureRows) {
    this.probe = probe;
    this.recorded = recorded;
    this.replay = replay;
    this.evaluation = evaluation;
    this.curvatureRows = curvatureRows;
  }

  /** Measures η · λ every 10 steps before the onset, once. */
  List<Sharpness> measureSharpness() {
    if (sharpness.isEmpty()) {
      SharpnessWatcher watcher =
          new SharpnessWatcher(
              recorded.recording(), evaluation, recorded.trainer().optimizer(), curvatureRows);
      replay.unchanged(watcher);
      sharpness = Optional.of(watcher.measured());
    }
    return sharpness.get();
  }

  /** The largest loss of the probe from the onset on, replayed with half the learning rate. */
  double highestOnProbeAtHalfRate() {
    ProbeWatcher watcher = new ProbeWatcher(evaluation, probe, recorded.onset());
    replay.run(Changes.rateTimes(0.5), watcher);
    return watcher.highest();
  }

  /** The batches before and after the onset, judged with the weights before it. */
  NeighbouringBatches neighbouringBatches() {
    NeighbouringBatches batches = new NeighbouringBatches(recorded, evaluation);
    replay.unchanged(batches);
    return batches;
  }

  /** What was measured so far; empty if it was not asked for. */
  List<Sharpness> sharpness() {
    return sharpness.orElse(List.of());
  }

  /** Finds where a number first was not finite. */
  NotFinite findNotFinite() {
    NotFiniteSearch search = new NotFiniteSearch(recorded, evaluation);
    replay.unchanged(search);
    return search.found();
  }
}
