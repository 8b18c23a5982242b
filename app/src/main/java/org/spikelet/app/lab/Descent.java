package org.spikelet.app.lab;

import org.spikelet.autodiff.Gradients;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;

/**
 * Takes the steps of one run: changes the gradients, and gives them to an optimizer. Either may
 * have state, so there is a new one for each run.
 *
 * @param optimizer takes the step
 * @param transformation changes the gradients before it
 */
record Descent(Optimizer optimizer, GradientTransformation transformation) {

  /** Gradients as they are. */
  static Descent by(Optimizer optimizer) {
    return new Descent(optimizer, GradientTransformation.none());
  }

  /** Takes a step. */
  void step(Gradients gradients) {
    optimizer.step(transformation.apply(gradients));
  }
}
