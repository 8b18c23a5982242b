package org.spikelet.app.training;

import java.util.Optional;
import java.util.function.Consumer;
import org.spikelet.nn.Module;
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
   * @param trained is told of the trained run before its spikes are examined
   * @param listeners are told of each step, in this order
   */
  public Run run(Consumer<Run> trained, TrainingListener... listeners) {
    History history = new History();
    long start = System.nanoTime();
    trainer.listen(history);
    for (TrainingListener listener : listeners) {
      trainer.listen(listener);
    }
    Optional<SpikeRecorder> recorder =
        examined == 0
            ? Optional.empty()
            : Optional.of(
                SpikeRecorder.attach(
                    trainer, net.state(), SpikeRecorder.DEFAULTS.withKept(examined)));
    trainer.run(steps);
    Run run = new Run(name, settings, history.losses(), seconds(start));
    trained.accept(run);
    return recorder
        .map(kept -> run.withExamination(new SpikeDoctor().withAtMost(examined).examine(kept)))
        .orElse(run);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
