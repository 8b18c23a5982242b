package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.nn.Module;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Precision;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.spikes.record.SpikeRecorder;

/**
 * A training with a plant in it.
 *
 * @param net the network
 * @param trainer its training
 * @param steps how many steps to train
 * @param at the steps at which it was planted; empty if it is there all the time
 */
public record Planted(Module net, Trainer trainer, long steps, List<Long> at) {

  Planted at(long... steps) {
    List<Long> planted = new ArrayList<>();
    for (long step : steps) {
      planted.add(step);
    }
    return new Planted(net, trainer, this.steps, planted);
  }

  /** Sets the optimizer back before these steps. */
  Planted forgetting(long... steps) {
    Planted planted = at(steps);
    Optimizer optimizer = trainer.optimizer();
    TrainingListener forget =
        step -> {
          if (planted.at.contains(step.number() + 1)) {
            optimizer.restore(optimizer.blank());
          }
        };
    trainer.listen(forget);
    return planted;
  }

  /** Rounds the weights after each step. */
  Planted inSinglePrecision() {
    trainer.listen(step -> net.parameters().forEach(Precision.FLOAT32::round));
    return this;
  }

  /** Trains, and returns the recording. */
  SpikeRecorder run() {
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(steps);
    return recorder;
  }
}
