package org.spikelet.app.training;

import java.util.List;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;

/** Stops a training whose loss stays away from the finite numbers. */
public final class StopWhenLost implements TrainingListener, Stateful {

  /** After so many losses in a row that are not finite, no step can bring the weights back. */
  private static final int LOST = 200;

  private int lost;

  /** Has seen no step yet. */
  public StopWhenLost() {}

  @Override
  public void afterStep(TrainingStep step) {
    lost = Double.isFinite(step.loss()) ? 0 : lost + 1;
    if (lost == LOST) {
      step.stop();
    }
  }

  /** Returns one number, how many losses in a row were lost. */
  @Override
  public List<Tensor> save() {
    return List.of(Tensor.scalar(lost));
  }

  @Override
  public void restore(List<Tensor> saved) {
    lost = (int) saved.get(0).item();
  }
}
