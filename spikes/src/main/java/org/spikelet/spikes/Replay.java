package org.spikelet.spikes;

import java.util.Arrays;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.OptimizerState;
import org.spikelet.optim.Trainer;

/**
 * Runs the recorded steps around a spike again, with one change or none.
 *
 * <p>Without a change the losses must have the very same bits. Learning rates, batches and resets
 * of the optimizer are those recorded, so that what a user did to them by hand is done again.
 */
final class Replay {

  /** Looks on; must leave the training's state as it was. */
  interface Observer {
    Observer NONE = new Observer() {};

    /** Before a step. */
    default void before(long step) {}

    /** After the gradients were computed, and before the optimizer's step. */
    default void gradients(long step, Gradients gradients) {}

    /** After a step. */
    default void after(long step, double loss) {}
  }

  private final Trainer trainer;
  private final Recording recording;
  private final OptimizerState fresh;

  /** Prepares replays of a recording. */
  Replay(Trainer trainer, Recording recording) {
    this.trainer = trainer;
    this.recording = recording;
    this.fresh = trainer.optimizer().blank();
  }

  /** The first step run again. */
  long first() {
    return recording.start().step();
  }

  /** The first step not run again. */
  long end() {
    return recording.end();
  }

  /** Returns the losses of an unchanged replay, from {@link #first} to {@link #end}. */
  double[] unchanged(Observer observer) {
    return run(Change.NONE, observer);
  }

  /** Returns the losses; once the training breaks down they are infinite. */
  double[] run(Change change, Observer observer) {
    Optimizer recorded = trainer.optimizer();
    recording.start().restore();
    Optimizer optimizer = change.optimizer(recorded);
    // Another kind of optimizer has no use for the state, nor anything to forget.
    if (optimizer != recorded && optimizer.getClass() == recorded.getClass()) {
      recording.start().restoreTo(optimizer);
    }
    change.start(optimizer.parameters());
    double[] losses = new double[(int) (end() - first())];
    try {
      for (long step = first(); step < end(); step++) {
        losses[(int) (step - first())] = step(step, optimizer, change, observer);
      }
    } catch (BrokenDown e) {
      Arrays.fill(losses, (int) (e.step - first()), losses.length, Double.POSITIVE_INFINITY);
    }
    return losses;
  }

  private double step(long step, Optimizer optimizer, Change change, Observer observer) {
    Signals signals = recording.signals();
    observer.before(step);
    boolean forgot = signals.updates(step) == 1 && optimizer.steps() > 0;
    if (forgot && change.forgets() && optimizer.getClass() == trainer.optimizer().getClass()) {
      optimizer.restore(fresh);
    }
    Batch batch = trainer.loader().batch(signals.batch(step));
    int[] rows = change.rows(step, batch);
    Dataset data = trainer.loader().data().rows(rows);
    try (Tape tape = Tape.record()) {
      Tensor value = trainer.loss().apply(trainer.model().apply(data.inputs()), data.targets());
      double loss = value.item();
      Gradients gradients = change.gradients(step, transformed(step, tape.gradients(value)));
      observer.gradients(step, gradients);
      optimizer.learningRate(change.learningRate(step, signals.learningRate(step), gradients));
      optimizer.step(gradients);
      observer.after(step, loss);
      return loss;
    }
  }

  private Gradients transformed(long step, Gradients gradients) {
    try {
      return trainer.transformation().apply(gradients);
    } catch (ArithmeticException e) {
      throw new BrokenDown(step, e);
    }
  }

  /** The loop cannot go on, as the recorded one could not have. */
  private static final class BrokenDown extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long step;

    BrokenDown(long step, ArithmeticException cause) {
      super(cause);
      this.step = step;
    }
  }
}
