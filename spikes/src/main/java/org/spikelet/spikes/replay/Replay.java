package org.spikelet.spikes.replay;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.OptimizerState;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Signals;

/**
 * Runs the recorded steps around a spike again, with one change or none.
 *
 * <p>Without a change the losses must have the very same bits. Learning rates, batches and resets
 * of the optimizer are those recorded, so that what a user did to them by hand is done again.
 */
public final class Replay {

  /** Looks on; must leave the training's state as it was. */
  public interface Observer {
    /** Sees nothing. */
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
  public Replay(Trainer trainer, Recording recording) {
    this.trainer = trainer;
    this.recording = recording;
    this.fresh = trainer.optimizer().blank();
  }

  /** Returns the first step run again. */
  public long first() {
    return recording.start().step();
  }

  /** Returns the first step not run again. */
  public long end() {
    return recording.end();
  }

  /** Returns the losses of an unchanged replay, from {@link #first} to {@link #end}. */
  public double[] unchanged(Observer observer) {
    return run(Change.NONE, observer);
  }

  /**
   * Returns the losses; once the training breaks down they are infinite. Modifies the model, and
   * the optimizer or the one that the change puts in its place.
   *
   * @param change a new one for each run
   */
  public double[] run(Change change, Observer observer) {
    Optimizer recorded = trainer.optimizer();
    recording.start().restore();
    Optimizer optimizer = change.optimizer(recorded);
    // Another kind of optimizer has no use for the state, nor anything to forget.
    if (optimizer != recorded && optimizer.getClass() == recorded.getClass()) {
      recording.start().restoreTo(optimizer);
    }
    GradientTransformation transformation = change.transformation(trainer.transformation());
    BinaryOperator<Tensor> loss = change.loss(trainer.loss());
    change.start(optimizer.parameters());
    double[] losses = new double[(int) (end() - first())];
    try {
      for (long step = first(); step < end(); step++) {
        losses[(int) (step - first())] =
            step(step, optimizer, transformation, loss, change, observer);
      }
    } catch (BrokenDown e) {
      Arrays.fill(losses, (int) (e.step - first()), losses.length, Double.POSITIVE_INFINITY);
    }
    return losses;
  }

  /** Returns the first of the losses of an unchanged replay that has not the recorded bits. */
  public OptionalLong firstDifference(double[] losses) {
    for (int i = 0; i < losses.length; i++) {
      long step = first() + i;
      long recorded = Double.doubleToLongBits(recording.signals().loss(step));
      if (Double.doubleToLongBits(losses[i]) != recorded) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  private Batch batch(long step) {
    return trainer.loader().batch(recording.signals().batch(step));
  }

  private double step(
      long step,
      Optimizer optimizer,
      GradientTransformation transformation,
      BinaryOperator<Tensor> lossFunction,
      Change change,
      Observer observer) {
    Signals signals = recording.signals();
    observer.before(step);
    boolean forgot = signals.updates(step) == 1 && optimizer.steps() > 0;
    if (forgot && change.forgets() && optimizer.getClass() == trainer.optimizer().getClass()) {
      optimizer.restore(fresh);
    }
    int[] rows = change.rows(step, batch(step).rows());
    Dataset data = trainer.loader().data().rows(rows);
    try (Tape tape = Tape.record()) {
      Tensor value = lossFunction.apply(trainer.model().apply(data.inputs()), data.targets());
      double loss = value.item();
      Gradients gradients = transformed(step, transformation, tape.gradients(value));
      observer.gradients(step, gradients);
      optimizer.learningRate(change.learningRate(step, signals.learningRate(step), gradients));
      optimizer.step(gradients);
      observer.after(step, loss);
      return loss;
    }
  }

  private static Gradients transformed(
      long step, GradientTransformation transformation, Gradients gradients) {
    try {
      return transformation.apply(gradients);
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
