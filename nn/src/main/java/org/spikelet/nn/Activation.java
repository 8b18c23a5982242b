package org.spikelet.nn;

import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Tensor;

/**
 * Activation functions, element by element unless they say along which axis; y has the shape of x.
 *
 * <p>Parameters are PyTorch's defaults. Each is differentiable to any order. Those that go element
 * by element have their limits far from 0, in the first two derivatives too: up to the largest
 * numbers, and at ±∞. What is NaN stays NaN, and so does its derivative (but the identity's, 1).
 *
 * <p>In PyTorch: {@index nn.ReLU}, {@index nn.Tanh}, {@index nn.GELU}, {@index nn.SiLU}, {@index
 * swish}.
 */
public enum Activation implements Module {

  /** Rectified linear unit, max(x, 0). Nair and Hinton 2010. */
  RELU(Tensor::relu),

  /** Hyperbolic tangent, (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). */
  TANH(Tensor::tanh),

  /** Logistic function, 1 / (1 + e⁻ˣ). */
  SIGMOID(Tensor::sigmoid),

  /** Softplus, ln(1 + eˣ). Dugas et al. 2000. */
  SOFTPLUS(Tensor::softplus),

  /** Leaky rectified linear unit: x where x &gt; 0, else 0.01 · x. Maas et al. 2013. */
  LEAKY_RELU(
      x -> {
        Tensor ofNegative = x.sign().mul(0).add(0.01); // 0.01, and NaN where x is
        return x.mul(x.greaterThan(0).where(Tensor.scalar(1), ofNegative));
      }),

  /** Exponential linear unit: x where x &gt; 0, else eˣ − 1. Clevert et al. 2016. */
  ELU(
      x -> {
        // e^x of a large x would be ∞, and its gradient ∞ · 0: it is taken of x ≤ 0 only.
        Tensor nonPositive = x.greaterThan(0).where(Tensor.scalar(0), x);
        return x.relu().add(nonPositive.expm1());
      }),

  /** Sigmoid linear unit or swish, x · sigmoid x. Elfwing et al. 2018. */
  SILU(x -> ramp(800, x, within -> within.mul(within.sigmoid()))),

  /** Gaussian error linear unit, x · Φ(x) = ½ x (1 + erf(x/√2)). Hendrycks and Gimpel 2016. */
  GELU(Tensor::gelu),

  /** GELU's approximation, ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))). Hendrycks and Gimpel 2016. */
  GELU_TANH(
      x ->
          ramp(
              40,
              x,
              within -> {
                Tensor cubic = within.add(within.square().mul(within).mul(0.044715));
                return within.mul(0.5).mul(cubic.mul(Math.sqrt(2 / Math.PI)).tanh().add(1));
              })),

  /** Softmax along the last axis, eˣ / Σ eˣ: probabilities. */
  SOFTMAX(x -> x.softmax(-1)),

  /** Logarithm of softmax along the last axis, x − ln Σ eˣ. */
  LOG_SOFTMAX(x -> x.logSoftmax(-1)),

  /** x itself. */
  IDENTITY(x -> x);

  @SuppressWarnings("ImmutableEnumChecker") // the functions above have no state
  private final UnaryOperator<Tensor> function;

  Activation(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  /**
   * Returns f(x) for an f that is x itself above the limit and 0 below −limit, to the last bit: f
   * is computed between them only, for farther out its derivatives would hold 0 · ∞. Where no x is
   * out there, and that is nearly always, it is f(x).
   */
  private static Tensor ramp(double limit, Tensor x, UnaryOperator<Tensor> f) {
    if (x.size() > 0 && x.detach().abs().max().item() <= limit) {
      return f.apply(x);
    }
    return x.greaterThan(limit).where(x, f.apply(x.clip(-limit, limit)));
  }

  @Override
  public Tensor forward(Tensor x) {
    return function.apply(x);
  }
}
