package org.spikelet.app.training;

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
   * @param listeners are told of each step, in this order
   */
  public Run run(TrainingListener... listeners) {
    History history = new History();
    long start = System.nanoTime();
    trainer.listen(history);
    for (TrainingListener listener : listeners) {
      trainer.listen(listener);
    }
    if (examined == 0) {
      trainer.run(steps);
      return new Run(name, settings, history.losses(), seconds(start));
    }
    SpikeRecorder recorder =
        SpikeRecorder.attach(trainer, net.state(), SpikeRecorder.DEFAULTS.withKept(examined));
    trainer.run(steps);
    double seconds = seconds(start);
    return new Run(name, settings, history.losses(), seconds)
        .withExamination(new SpikeDoctor().withAtMost(examined).examine(recorder));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
