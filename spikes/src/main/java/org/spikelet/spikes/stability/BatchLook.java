package org.spikelet.spikes.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;

/**
 * Hands the loss of a step's batch, at the weights after the step, to something that looks at it,
 * and then puts back what a forward pass changes: BatchNorm's statistics, Dropout's random state.
 */
final class BatchLook implements TrainingListener, Stateful {

  /** What looks. */
  interface Look {
    /** Looks, or not. */
    void at(long step, Supplier<Tensor> loss);
  }

  private final Trainer trainer;
  private final List<Parameter> frozen;
  private final Look look;
  private final Stateful memory;

  /** The memory is that of what looks, and is saved with the training. */
  BatchLook(Trainer trainer, Map<String, Parameter> state, Look look, Stateful memory) {
    this.trainer = trainer;
    this.frozen = state.values().stream().filter(p -> !p.trainable()).distinct().toList();
    this.look = look;
    this.memory = memory;
  }

  @Override
  public void afterStep(TrainingStep step) {
    List<double[]> before = new ArrayList<>();
    try {
      look.at(
          step.number() + 1,
          () -> {
            frozen.forEach(parameter -> before.add(parameter.toArray()));
            return loss(step.batch());
          });
    } finally {
      for (int k = 0; k < before.size(); k++) {
        double[] source = before.get(k);
        frozen.get(k).update(w -> System.arraycopy(source, 0, w, 0, w.length));
      }
    }
  }

  @Override
  public List<Tensor> save() {
    return memory.save();
  }

  @Override
  public void restore(List<Tensor> saved) {
    memory.restore(saved);
  }

  @Override
  public Object settings() {
    return memory.settings();
  }

  private Tensor loss(Batch batch) {
    return trainer.loss().apply(trainer.model().apply(batch.inputs()), batch.targets());
  }
}
