package org.spikelet.spikes.diagnose;

import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/** Watches the largest loss of a fixed probe from the onset on. */
final class ProbeWatcher implements Replay.Observer {

  private final Evaluation evaluation;
  private final int[] rows;
  private final long onset;
  private double highest = Double.NEGATIVE_INFINITY;

  ProbeWatcher(Evaluation evaluation, int[] rows, long onset) {
    this.evaluation = evaluation;
    this.rows = rows;
    this.onset = onset;
  }

  @Override
  public void before(long step) {
    if (step >= onset) {
      double loss = evaluation.loss(rows);
      highest = Math.max(highest, Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY);
    }
  }

  double highest() {
    return highest;
  }
}
