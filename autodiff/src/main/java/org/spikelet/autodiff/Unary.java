package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import org.spikelet.autodiff.kernels.Loops;
import org.spikelet.autodiff.kernels.UnaryLoop;

/**
 * Functions of one tensor, element by element: y has the shape of x.
 *
 * <p>In the rules, g is the gradient of y. Where x is NaN, so are y and, of those that compare, the
 * derivative.
 */
public sealed interface Unary permits Tensor {

  /** Negation, −x; dx = −g. */
  default Tensor neg() {
    Tensor x = (Tensor) this;
    return Operation.enter("neg", map(x, Loops.NEG), wrt(x, g -> g.neg()));
  }

  /** Exponential, y = eˣ; dx = g · y. */
  default Tensor exp() {
    Tensor x = (Tensor) this;
    Tensor y = map(x, Loops.EXP);
    return Operation.enter("exp", y, wrt(x, g -> g.mul(y)));
  }

  /** Natural logarithm, ln x; dx = g / x. */
  default Tensor log() {
    Tensor x = (Tensor) this;
    return Operation.enter("log", map(x, Loops.LOG), wrt(x, g -> g.div(x)));
  }

  /** y = eˣ − 1, with the same relative precision for small x; dx = g · (y + 1). */
  default Tensor expm1() {
    Tensor x = (Tensor) this;
    Tensor y = map(x, Loops.EXPM1);
    return Operation.enter("expm1", y, wrt(x, g -> g.mul(y.add(1))));
  }

  /** y = ln(1 + x), with the same relative precision for small x; dx = g / (1 + x). */
  default Tensor log1p() {
    Tensor x = (Tensor) this;
    return Operation.enter("log1p", map(x, Loops.LOG1P), wrt(x, g -> g.div(x.add(1))));
  }

  /** Square root, y = √x; dx = g / 2y. */
  default Tensor sqrt() {
    Tensor x = (Tensor) this;
    Tensor y = map(x, Loops.SQRT);
    return Operation.enter("sqrt", y, wrt(x, g -> g.div(y.mul(2))));
  }

  /** Square, x²; dx = g · 2x. */
  default Tensor square() {
    Tensor x = (Tensor) this;
    return Operation.enter("square", map(x, Loops.SQUARE), wrt(x, g -> g.mul(x.mul(2))));
  }

  /** Absolute value, |x|; dx = g · sign x: 0 at 0, NaN at NaN. */
  default Tensor abs() {
    Tensor x = (Tensor) this;
    return Operation.enter("abs", map(x, Loops.ABS), wrt(x, g -> g.mul(x.sign())));
  }

  /** −1, 0 or 1 as x is negative, zero or positive, NaN as it is NaN; a constant. */
  default Tensor sign() {
    return map((Tensor) this, Loops.SIGN);
  }

  /** Sine; dx = g · cos x. */
  default Tensor sin() {
    Tensor x = (Tensor) this;
    return Operation.enter("sin", map(x, Loops.SIN), wrt(x, g -> g.mul(x.cos())));
  }

  /** Cosine; dx = −g · sin x. */
  default Tensor cos() {
    Tensor x = (Tensor) this;
    return Operation.enter("cos", map(x, Loops.COS), wrt(x, g -> g.mul(x.sin()).neg()));
  }

  /** Hyperbolic tangent, y = tanh x; dx = g · (1 − y²). */
  default Tensor tanh() {
    Tensor x = (Tensor) this;
    Tensor y = map(x, Loops.TANH);
    return Operation.enter("tanh", y, wrt(x, g -> g.mul(y.square().neg().add(1))));
  }

  /** Logistic function, y = 1 / (1 + e⁻ˣ); dx = g · y · (1 − y). */
  default Tensor sigmoid() {
    Tensor x = (Tensor) this;
    Tensor y = map(x, Loops.SIGMOID);
    return Operation.enter("sigmoid", y, wrt(x, g -> g.mul(y.sub(y.square()))));
  }

  /** Rectified linear unit, max(x, 0); dx = g where x &gt; 0, else 0; NaN at NaN. */
  default Tensor relu() {
    Tensor x = (Tensor) this;
    Tensor y = map(x, Loops.RELU);
    return Operation.enter("relu", y, wrt(x, g -> Gate.let(g, y)));
  }

  /**
   * Softplus, ln(1 + eˣ), without overflow; dx = g · sigmoid x.
   *
   * <p>PyTorch returns x itself above 20; here the rest, less than 2.1e−9, is computed there too.
   */
  default Tensor softplus() {
    Tensor x = (Tensor) this;
    return Operation.enter("softplus", map(x, Loops.SOFTPLUS), wrt(x, g -> g.mul(x.sigmoid())));
  }

  /** Error function, 2/√π ∫₀ˣ e^(−t²) dt, within 2 ulp; dx = g · 2/√π · e^(−x²). */
  default Tensor erf() {
    Tensor x = (Tensor) this;
    return Operation.enter(
        "erf",
        map(x, Loops.ERF),
        // e^(−28²) is 0; without the limits the derivative of x² would be ∞ · 0 far out.
        wrt(x, g -> g.mul(x.clip(-28, 28).square().neg().exp()).mul(2 / Math.sqrt(Math.PI))));
  }

  /**
   * Limits to [low, high]; dx = g where low ≤ x ≤ high, else 0, as in PyTorch, but NaN at NaN.
   *
   * @throws IllegalArgumentException if low &gt; high or one is NaN
   */
  default Tensor clip(double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "clip: low must be at most high, got [%s, %s]".formatted(low, high));
    }
    Tensor x = (Tensor) this;
    UnaryLoop inside = UnaryLoop.each(v -> v < low || v > high ? 0 : Double.isNaN(v) ? v : 1);
    return Operation.enter(
        "clip",
        map(x, UnaryLoop.each(v -> Math.max(low, Math.min(high, v)))),
        wrt(x, g -> Gate.let(g, map(x, inside))));
  }

  private static Tensor map(Tensor x, UnaryLoop f) {
    Tensor y = Tensor.result(x.shape());
    f.run(x.data(), y.data());
    return y;
  }
}
