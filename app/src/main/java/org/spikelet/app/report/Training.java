package org.spikelet.app.report;

import org.spikelet.nn.Module;
import org.spikelet.optim.History;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;
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

  /** After so many losses in a row that are not finite, no step can bring the weights back. */
  private static final int LOST = 200;

  /**
   * Trains and examines.
   *
   * @param bar is told of each step
   * @param stopWhenLost whether to stop once the loss stays NaN or infinite
   */
  public Run run(TrainingListener bar, boolean stopWhenLost) {
    History history = new History();
    long start = System.nanoTime();
    trainer.listen(history).listen(bar);
    if (stopWhenLost) {
      trainer.listen(new Stop());
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
        .examined(new SpikeDoctor().withAtMost(examined).examine(recorder));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Stops a training whose loss stays away from the finite numbers. */
  private static final class Stop implements TrainingListener {
    private int lost;

    @Override
    public void afterStep(TrainingStep step) {
      lost = Double.isFinite(step.loss()) ? 0 : lost + 1;
      if (lost == LOST) {
        step.stop();
      }
    }
  }
}
