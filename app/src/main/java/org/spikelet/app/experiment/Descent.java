package org.spikelet.app.experiment;

import org.spikelet.autodiff.Gradients;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;

/**
 * Takes the steps of one run: changes the gradients, and gives them to an optimizer. All of it may
 * have state, so there is a new one for each run.
 *
 * @param optimizer takes the step
 * @param transformation changes the gradients before it
 * @param beside what else is done
 */
public record Descent(Optimizer optimizer, GradientTransformation transformation, Beside beside) {

  /** Nothing beside. */
  public Descent(Optimizer optimizer, GradientTransformation transformation) {
    this(optimizer, transformation, Beside.NOTHING);
  }

  /** Gradients as they are. */
  public static Descent by(Optimizer optimizer) {
    return new Descent(optimizer, GradientTransformation.none());
  }

  /** Returns this, with something done beside it. */
  public Descent with(Beside other) {
    return new Descent(optimizer, transformation, other);
  }

  /** Takes a step. */
  public void step(Gradients gradients) {
    optimizer.step(transformation.apply(gradients));
  }
}
