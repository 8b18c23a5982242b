package org.spikelet.spikes.record;

import java.util.Arrays;
import java.util.List;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.OptimizerState;
import org.spikelet.optim.Trainer;

/**
 * A copy of everything that evolves in a training: all parameters, the frozen ones included
 * (BatchNorm's statistics, Dropout's random state), the optimizer's state, and the step.
 *
 * <p>The step is the loader's position too, for a batch is a function of the step. Restoring is
 * exact to the bit. For Adam it takes 24 bytes for each weight.
 */
public final class Snapshot {

  private final List<Parameter> parameters;
  private final double[][] values;
  private final Optimizer optimizer;
  private final OptimizerState optimizerState;
  private long step;

  private Snapshot(List<Parameter> parameters, Optimizer optimizer, OptimizerState state) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.values = parameters.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
    this.optimizerState = state;
  }

  /**
   * Takes a copy of the present state.
   *
   * @param parameters all that belongs to the model's state, {@code net.state().values()}
   * @param trainer whose optimizer is saved; it need not run the training
   * @param step the step to be taken next
   */
  public static Snapshot of(List<Parameter> parameters, Trainer trainer, long step) {
    Optimizer optimizer = trainer.optimizer();
    Snapshot snapshot = new Snapshot(List.copyOf(parameters), optimizer, optimizer.save());
    snapshot.take(step);
    return snapshot;
  }

  /** Returns a copy that {@link #take} does not change. */
  Snapshot copy() {
    Snapshot copy = new Snapshot(parameters, optimizer, optimizerState.copy());
    for (int k = 0; k < values.length; k++) {
      System.arraycopy(values[k], 0, copy.values[k], 0, values[k].length);
    }
    copy.step = step;
    return copy;
  }

  /** Overwrites this with the present state; allocates no arrays. */
  void take(long step) {
    for (int k = 0; k < values.length; k++) {
      parameters.get(k).copyTo(values[k]);
    }
    optimizer.save(optimizerState);
    this.step = step;
  }

  /** Puts everything back, bit for bit. Modifies the parameters and the optimizer. */
  public void restore() {
    restoreParameters();
    optimizer.restore(optimizerState);
  }

  /** Puts back the model's state, and leaves the optimizer alone. */
  public void restoreParameters() {
    for (int k = 0; k < values.length; k++) {
      double[] source = values[k];
      parameters.get(k).update(w -> System.arraycopy(source, 0, w, 0, w.length));
    }
  }

  /** Puts back the state that is not trained, such as BatchNorm's statistics, and nothing else. */
  public void restoreFrozen() {
    for (int k = 0; k < values.length; k++) {
      double[] source = values[k];
      if (!parameters.get(k).trainable()) {
        parameters.get(k).update(w -> System.arraycopy(source, 0, w, 0, w.length));
      }
    }
  }

  /** Hands the optimizer's part to another optimizer of the same parameters. Modifies that one. */
  public void restoreTo(Optimizer other) {
    other.restore(optimizerState);
  }

  /** Returns the step to be taken next. */
  public long step() {
    return step;
  }

  /** Returns whether all numbers have the same bits, and the step is the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Snapshot that
        && step == that.step
        && Arrays.deepEquals(values, that.values)
        && optimizerState.equals(that.optimizerState);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(step) + 31 * Arrays.deepHashCode(values);
  }
}
