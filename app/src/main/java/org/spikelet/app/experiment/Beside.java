package org.spikelet.app.experiment;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.spikelet.autodiff.Tensor;

/** What a training does beside changing gradients; by default nothing. */
public interface Beside {

  /** Does nothing. */
  Beside NOTHING = new Beside() {};

  /**
   * Returns the loss to look for spikes in, if it is another than the one trained on. Asked before
   * each step.
   *
   * @param loss of the batch, at the weights that the parameters have when it is asked
   */
  default OptionalDouble shown(Supplier<Tensor> loss) {
    return OptionalDouble.empty();
  }

  /** Is told the loss trained on, before its gradients are computed. */
  default void told(double loss) {}

  /**
   * After a step.
   *
   * @param next the step to be taken next
   * @param loss of the batch, at the new weights
   */
  default void after(long next, Supplier<Tensor> loss) {}
}
