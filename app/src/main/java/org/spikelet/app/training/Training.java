package org.spikelet.app.training;

import java.util.Optional;
import org.spikelet.app.command.Progress;
import org.spikelet.nn.Module;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.History;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.spikes.diagnose.SpikeDoctor;
import org.spikelet.spikes.record.SpikeRecorder;

/**
 * A training that is recorded, and whose largest spikes are then examined.
 *
 * @param name such as the optimizer
 * @param settings in words
 * @param net the network
 * @param trainer its training, not yet begun
 * @param steps how many steps to train
 * @param examined how many spikes to examine at most, the highest; 0 for none
 */
public record Training(
    String name, String settings, Module net, Trainer trainer, long steps, int examined) {

  /**
   * Trains and examines.
   *
   * @param progress is told of the steps
   * @param keeper keeps the training while it runs, and may go on with an earlier one
   * @param listeners are told of each step, in this order
   */
  public Run run(Progress progress, Keeper keeper, TrainingListener... listeners) {
    History history = new History();
    trainer.listen(history).listen(progress.of(name));
    for (TrainingListener listener : listeners) {
      trainer.listen(listener);
    }
    Optional<SpikeRecorder> recorder =
        examined == 0
            ? Optional.empty()
            : Optional.of(
                SpikeRecorder.attach(
                    trainer, net.state(), SpikeRecorder.DEFAULTS.withKept(examined)));
    Elapsed elapsed = new Elapsed();
    keeper.begin(new Checkpoint(trainer, net.state()).with("time", elapsed), trainer);
    progress.step(trainer.steps(), name);
    if (!elapsed.ended()) {
      trainer.run(steps - trainer.steps());
    }
    Run run = new Run(name, settings, history.losses(), elapsed.end());
    keeper.end(run);
    return recorder
        .map(kept -> run.withExamination(new SpikeDoctor().withAtMost(examined).examine(kept)))
        .orElse(run);
  }
}
