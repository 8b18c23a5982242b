package org.spikelet.optim;

import org.spikelet.autodiff.Gradients;

/** Limits gradients before a step. */
public final class Clipping {

  /** PyTorch adds it to the norm before dividing. */
  private static final double MARGIN = 1e-6;

  private Clipping() {}

  /**
   * Scales all gradients together so that their global norm √(Σ g²) is at most a limit, and returns
   * the norm they had. Modifies the gradients: g ← g · min(1, limit / (norm + 1e−6)).
   *
   * <p>Source: Pascanu, Mikolov and Bengio 2013, Algorithm 1; the margin is PyTorch's.
   *
   * @throws IllegalArgumentException if the limit is not positive and finite
   * @throws ArithmeticException if the norm is not finite, for no scaling can mend that
   */
  public static double globalNorm(Gradients gradients, double limit) {
    Check.positive("clipping limit", limit);
    double norm = gradients.norm();
    if (!Double.isFinite(norm)) {
      throw new ArithmeticException(
          "clipping: the global norm is "
              + norm
              + ": a gradient is infinite, NaN or too large to square; lower the learning rate or"
              + " look at the loss");
    }
    double factor = limit / (norm + MARGIN);
    if (factor < 1) {
      gradients.scale(factor);
    }
    return norm;
  }

  /**
   * Limits every element to [−limit, limit]. Modifies the gradients.
   *
   * @throws IllegalArgumentException if the limit is not positive and finite
   */
  public static void value(Gradients gradients, double limit) {
    Check.positive("clipping limit", limit);
    gradients.clip(-limit, limit);
  }
}
