package org.spikelet.spikes.replay;

import java.util.List;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;

/**
 * What is done differently in one replay; by default nothing.
 *
 * <p>A change may have a state, as a clipper that follows the gradients' norm has. So it is good
 * for one replay only: what is replayed several times takes a {@link Factory}.
 */
public interface Change {

  /** The unchanged training. */
  Change NONE = new Change() {};

  /**
   * Makes a change for one replay: a new one each time, so that no state is carried from one
   * repetition into the next.
   */
  interface Factory {

    /**
     * Makes a change that has seen no step yet.
     *
     * @param seed of what is random in it, another one for each repetition
     */
    Change make(long seed);

    /** Returns a factory of both changes, as {@link Change#and} joins them. */
    default Factory and(Factory other) {
      return seed -> make(seed).and(other.make(seed));
    }
  }

  /** Changes the weights at the start. Modifies them. */
  default void start(List<Parameter> trained) {}

  /** Returns the rows of the data set to train on, given those that it would be. */
  default int[] rows(long step, int[] rows) {
    return rows;
  }

  /** Returns the loss, from predictions and targets, given what it would be. Asked for once. */
  default BinaryOperator<Tensor> loss(BinaryOperator<Tensor> loss) {
    return loss;
  }

  /**
   * Returns what changes the gradients before the optimizer gets them, given what would, which is
   * in the state of the start. Asked for once in a replay; what it returns may have a state.
   */
  default GradientTransformation transformation(GradientTransformation transformation) {
    return transformation;
  }

  /** Returns the learning rate, given what it would be; the gradients are those of this replay. */
  default double learningRate(long step, double rate, Gradients gradients) {
    return rate;
  }

  /**
   * Returns the optimizer, given the one that it would be, which is in the state of the start. A
   * new one of the same kind is handed that state.
   */
  default Optimizer optimizer(Optimizer optimizer) {
    return optimizer;
  }

  /** Returns whether the optimizer forgets its state where the recorded one did. */
  default boolean forgets() {
    return true;
  }

  /**
   * Returns both changes: at each point first this one, and then the other on what this one made of
   * it. So where they clash the other has the last word: of two limits on the learning rate the
   * smaller holds, of two sets of rows for a step the other's. The optimizer remembers where either
   * says so.
   *
   * <p>Only one of them may replace the optimizer, for the other would undo that unseen: the joint
   * change throws an {@link IllegalStateException} when the replay asks it for the optimizer.
   */
  default Change and(Change other) {
    return new Both(this, other);
  }
}
