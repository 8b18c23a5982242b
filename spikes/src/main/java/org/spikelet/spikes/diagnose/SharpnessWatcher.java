package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;
import org.spikelet.spikes.stability.Sharpness;

/** Measures the preconditioned sharpness every 10 steps up to the onset, during a replay. */
final class SharpnessWatcher implements Replay.Observer {

  private static final int EVERY = 10;

  private final Recording recording;
  private final Evaluation evaluation;
  private final Optimizer optimizer;
  private final int[] rows;
  private final List<Sharpness> measured = new ArrayList<>();
  private Optional<Tensor> near = Optional.empty();

  /** Measures the curvature of the mean loss over these rows. */
  SharpnessWatcher(Recording recording, Evaluation evaluation, Optimizer optimizer, int[] rows) {
    this.recording = recording;
    this.evaluation = evaluation;
    this.optimizer = optimizer;
    this.rows = rows;
  }

  @Override
  public void before(long step) {
    long ahead = recording.onset() - step;
    if (ahead < 0 || ahead % EVERY != 0 || optimizer.steps() == 0) {
      return;
    }
    try {
      Sharpness sharpness =
          evaluation
              .quietly(() -> Sharpness.of(evaluation.repeatable(rows), optimizer, step, near))
              .withLearningRate(recording.signals().learningRate(step));
      near = Optional.of(sharpness.vector());
      measured.add(sharpness);
    } catch (ArithmeticException notFinite) {
      // Where the loss or a weight is not finite there is no curvature to report.
      near = Optional.empty();
    }
  }

  List<Sharpness> measured() {
    return measured;
  }
}
