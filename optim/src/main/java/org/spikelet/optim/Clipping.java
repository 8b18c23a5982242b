package org.spikelet.optim;

import org.spikelet.autodiff.Gradients;

/**
 * Limits gradients before a step.
 *
 * <p>In PyTorch: {@index clip_grad_norm_}, {@index clip_grad_value_}.
 */
public final class Clipping {

  /** PyTorch adds it to the norm before dividing. */
  private static final double MARGIN = 1e-6;

  private Clipping() {}

  /**
   * Returns the transformation that scales all gradients together so that their global norm √(Σ g²)
   * is at most a limit: g ← g · min(1, limit / (norm + 1e−6)). It throws an {@link
   * ArithmeticException} if the norm is not finite, for no scaling can mend that.
   *
   * <p>Source: Pascanu, Mikolov and Bengio 2013, Algorithm 1; the margin is PyTorch's.
   *
   * @throws IllegalArgumentException if the limit is not positive and finite
   */
  public static GradientTransformation globalNorm(double limit) {
    return new GlobalNorm(Check.positive("clipping limit", limit));
  }

  private record GlobalNorm(double limit) implements GradientTransformation {
    @Override
    public Gradients apply(Gradients gradients) {
      double factor = limit / (finiteNorm("clipping", gradients) + MARGIN);
      return factor < 1 ? gradients.scale(factor) : gradients;
    }

    @Override
    public Object settings() {
      return this;
    }
  }

  /** The global norm; no scaling can mend one that is not finite. */
  static double finiteNorm(String name, Gradients gradients) {
    double norm = gradients.norm();
    if (!Double.isFinite(norm)) {
      throw new ArithmeticException(
          name
              + ": the global norm is "
              + norm
              + ": a gradient is infinite, NaN or too large to square; lower the learning rate or"
              + " look at the loss");
    }
    return norm;
  }

  /**
   * Returns the transformation that limits every element to [−limit, limit].
   *
   * @throws IllegalArgumentException if the limit is not positive and finite
   */
  public static GradientTransformation value(double limit) {
    return new Value(Check.positive("clipping limit", limit));
  }

  private record Value(double limit) implements GradientTransformation {
    @Override
    public Gradients apply(Gradients gradients) {
      return gradients.clip(-limit, limit);
    }

    @Override
    public Object settings() {
      return this;
    }
  }
}
