package org.spikelet.spikes.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.OptimizerState;
import org.spikelet.optim.Trainer;

/**
 * A copy of everything that evolves in a training: all parameters, the frozen ones included
 * (BatchNorm's statistics, Dropout's random state), the optimizer's state, that of what changes the
 * gradients, and the step.
 *
 * <p>The step is the loader's position too, for a batch is a function of the step. Restoring is
 * exact to the bit. For Adam it takes 24 bytes for each weight.
 */
public final class Snapshot {

  private final List<Parameter> parameters;
  private final Trainer trainer;
  private final double[][] values;
  private final OptimizerState optimizerState;
  private List<Tensor> transformationState = List.of();
  private long step;

  private Snapshot(List<Parameter> parameters, Trainer trainer, OptimizerState state) {
    this.parameters = parameters;
    this.trainer = trainer;
    this.values = parameters.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
    this.optimizerState = state;
  }

  /**
   * Takes a copy of the present state.
   *
   * @param parameters all that belongs to the model's state, {@code net.state().values()}
   * @param trainer whose optimizer and transformation are saved; it need not run the training
   * @param step the step to be taken next
   */
  public static Snapshot of(List<Parameter> parameters, Trainer trainer, long step) {
    Snapshot snapshot = new Snapshot(List.copyOf(parameters), trainer, trainer.optimizer().save());
    snapshot.take(step);
    return snapshot;
  }

  /** Returns a copy that {@link #take} does not change. */
  Snapshot copy() {
    Snapshot copy = new Snapshot(parameters, trainer, optimizerState.copy());
    for (int k = 0; k < values.length; k++) {
      System.arraycopy(values[k], 0, copy.values[k], 0, values[k].length);
    }
    copy.transformationState = transformationState;
    copy.step = step;
    return copy;
  }

  /**
   * Overwrites this with the present state; parameters and moments go into the arrays there are.
   */
  void take(long step) {
    for (int k = 0; k < values.length; k++) {
      parameters.get(k).copyTo(values[k]);
    }
    trainer.optimizer().save(optimizerState);
    // Copies: a step's tape may be open, and what was made under it would end with it.
    transformationState = trainer.transformation().save().stream().map(Tensor::copy).toList();
    this.step = step;
  }

  /**
   * Puts everything back, bit for bit. Modifies the parameters, the optimizer, and what it gets.
   */
  public void restore() {
    restoreParameters();
    trainer.optimizer().restore(optimizerState);
    trainer.transformation().restore(transformationState);
  }

  /** Puts back the model's state, and leaves the optimizer and the transformation alone. */
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

  /** Everything as tensors. */
  List<Tensor> save() {
    List<Tensor> tensors = new ArrayList<>();
    List<Tensor> optimizer = optimizerState.save();
    tensors.add(Tensor.vector((double) step, optimizer.size(), transformationState.size()));
    Arrays.stream(values).map(Tensor::vector).forEach(tensors::add);
    tensors.addAll(optimizer);
    tensors.addAll(transformationState);
    return tensors;
  }

  /**
   * Reads what was {@linkplain #save saved}, of the same parameters and optimizer.
   *
   * @throws IllegalArgumentException if something else has saved it
   */
  static Snapshot read(List<Parameter> parameters, Trainer trainer, Iterator<Tensor> saved) {
    Snapshot snapshot = new Snapshot(parameters, trainer, trainer.optimizer().save());
    double[] head = saved.next().toArray();
    snapshot.step = (long) head[0];
    for (double[] value : snapshot.values) {
      double[] source = saved.next().toArray();
      if (source.length != value.length) {
        throw new IllegalArgumentException(
            "restore: SpikeRecorder: a parameter of %s numbers was saved where one has %s"
                .formatted(source.length, value.length));
      }
      System.arraycopy(source, 0, value, 0, value.length);
    }
    snapshot.optimizerState.restore(next(saved, (int) head[1]));
    snapshot.transformationState = next(saved, (int) head[2]);
    return snapshot;
  }

  private static List<Tensor> next(Iterator<Tensor> saved, int count) {
    List<Tensor> tensors = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      tensors.add(saved.next());
    }
    return List.copyOf(tensors);
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
        && optimizerState.equals(that.optimizerState)
        && Arrays.deepEquals(arrays(transformationState), arrays(that.transformationState));
  }

  private static double[][] arrays(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toArray).toArray(double[][]::new);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(step) + 31 * Arrays.deepHashCode(values);
  }
}
