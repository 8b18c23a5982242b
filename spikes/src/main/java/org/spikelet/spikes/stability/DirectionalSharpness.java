package org.spikelet.spikes.stability;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.curvature.Hessian;
import org.spikelet.optim.Optimizer;

/**
 * The curvature along the gradient as the optimizer sees it, c = g'ᵀ·H'·g' / ‖g'‖², with g' =
 * P^(−½)·g, H' = P^(−½)·H·P^(−½), H the Hessian of the loss and P the {@linkplain
 * Optimizer#preconditioner preconditioner}.
 *
 * <p>It is at most λ, the {@linkplain Sharpness largest} curvature, and comes near it when the
 * weights begin to oscillate along the sharpest direction. So η · c over the optimizer's threshold
 * says that an instability grows, where η · λ says that one could. {@link #of} costs one product
 * with H; a {@link StabilityWatch} of a trainer takes the difference of two gradients instead, of
 * which the step has one already.
 *
 * <p>Source: Bai et al. 2025, "Adaptive Preconditioners Trigger Loss Spikes in Adam", arXiv
 * 2506.04805. They compare it with 2/η; the threshold here is the one of the rule with momentum, 38
 * for Adam with β₁ = 0.9.
 *
 * @param step the step of which it is measured: taken with this η from these weights
 * @param learningRate η of that step
 * @param value c; NaN where the gradient is 0
 * @param threshold the largest stable η · λ of the rule
 */
public record DirectionalSharpness(long step, double learningRate, double value, double threshold) {

  /** Returns η · c over the threshold: above 1 the step is too long along the gradient. */
  public double ratio() {
    return learningRate * value / threshold;
  }

  /** The share of the threshold in words, and what it is made of. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "step %d: η · c along the gradient is %.2f of the threshold (η %s, c %.4g, threshold %.4g)",
        step,
        ratio(),
        learningRate,
        value,
        threshold);
  }

  /** Returns the largest learning rate at which the ratio is at most a level; infinite if c ≤ 0. */
  double rateAt(double level) {
    return value > 0 ? level * threshold / value : Double.POSITIVE_INFINITY;
  }

  /**
   * Measures it at the present weights, with the preconditioner as the last step left it.
   *
   * @param loss computes the loss; called once
   * @throws IllegalArgumentException if the optimizer has no known threshold
   */
  public static DirectionalSharpness of(Supplier<Tensor> loss, Optimizer optimizer, long step) {
    double threshold = threshold(optimizer);
    Hessian hessian =
        Hessian.of(loss, optimizer.parameters()).scaled(Sharpness.inverseRoot(optimizer));
    return new DirectionalSharpness(
        step, optimizer.learningRate(), hessian.alongGradient(), threshold);
  }

  /** The threshold of a rule that has one. */
  static double threshold(Optimizer optimizer) {
    OptionalDouble threshold = optimizer.stabilityThreshold();
    return threshold.orElseThrow(
        () ->
            new IllegalArgumentException(
                "stability: nobody worked out a threshold for "
                    + optimizer.getClass().getSimpleName()
                    + "; override its stabilityThreshold()"));
  }
}
