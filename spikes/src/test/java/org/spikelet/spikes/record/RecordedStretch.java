package org.spikelet.spikes.record;

import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;

/** Records a stretch of a training whether there is a spike or not, for tests. */
public final class RecordedStretch implements TrainingListener {

  private final Trainer trainer;
  private final Snapshot start;
  private final Signals signals;

  /** Begins with the next step. */
  public RecordedStretch(Trainer trainer, Snapshot start, int steps) {
    this.trainer = trainer;
    this.start = start;
    this.signals = new Signals(steps, start.step());
  }

  @Override
  public void afterStep(TrainingStep step) {
    long batch = step.batch().epoch() * trainer.loader().batches() + step.batch().index();
    signals.add(
        step.loss(),
        step.learningRate(),
        step.gradients().norm(),
        batch,
        trainer.optimizer().steps(),
        Marks.NONE);
  }

  /** The recording of a spike with this onset and peak, if there were one. */
  public Recording recording(long onset) {
    return new Recording(
        onset, onset, start, signals, new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6));
  }
}
