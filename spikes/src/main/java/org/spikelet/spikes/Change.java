package org.spikelet.spikes;

import java.util.List;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Optimizer;

/** What is done differently in a replay; by default nothing. */
interface Change {

  /** The unchanged training. */
  Change NONE = new Change() {};

  /** Changes the weights at the start. */
  default void start(List<Parameter> trained) {}

  /** The rows of the data set to train on. */
  default int[] rows(long step, Batch recorded) {
    return recorded.rows();
  }

  /** The learning rate; the gradients are those of this replay. */
  default double learningRate(long step, double recorded, Gradients gradients) {
    return recorded;
  }

  /** The gradients that the optimizer is given. */
  default Gradients gradients(long step, Gradients gradients) {
    return gradients;
  }

  /** The optimizer, to which the recorded one's state is handed. */
  default Optimizer optimizer(Optimizer recorded) {
    return recorded;
  }

  /** Whether the optimizer forgets its state where the recorded one did. */
  default boolean forgets() {
    return true;
  }

  /** Both changes; where both would replace a thing, this one's is used and then the other's. */
  default Change and(Change other) {
    Change first = this;
    return new Change() {
      @Override
      public void start(List<Parameter> trained) {
        first.start(trained);
        other.start(trained);
      }

      @Override
      public int[] rows(long step, Batch recorded) {
        return first.rows(step, recorded);
      }

      @Override
      public double learningRate(long step, double recorded, Gradients gradients) {
        return first.learningRate(step, recorded, gradients);
      }

      @Override
      public Gradients gradients(long step, Gradients gradients) {
        return first.gradients(step, gradients);
      }

      @Override
      public Optimizer optimizer(Optimizer recorded) {
        return first.optimizer(recorded);
      }

      @Override
      public boolean forgets() {
        return first.forgets();
      }
    };
  }
}
