package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import java.util.function.BinaryOperator;
import org.spikelet.autodiff.kernels.Loops;
import org.spikelet.autodiff.kernels.UnaryLoop;

/**
 * Functions of one tensor, element by element: y has the shape of x.
 *
 * <p>In the rules, g is the gradient of y. Where x is NaN, so are y and, of those that compare, the
 * derivative.
 *
 * <p>{@code log}, {@code log1p}, {@code sin} and {@code cos} are within 1 ulp of the exact value,
 * {@code softplus} and {@code erf} within 2.
 */
public sealed interface Unary permits Tensor {

  /** Negation, −x; dx = −g. */
  default Tensor neg() {
    return enter("neg", Loops.NEG, (g, y) -> g.neg());
  }

  /** Exponential, y = eˣ; dx = g · y. */
  default Tensor exp() {
    return enter("exp", Loops.EXP, (g, y) -> g.mul(y));
  }

  /** Natural logarithm, ln x; dx = g / x. */
  default Tensor log() {
    return enter("log", Loops.LOG, (g, y) -> g.div(x()));
  }

  /** y = eˣ − 1, with the same relative precision for small x; dx = g · (y + 1). */
  default Tensor expm1() {
    return enter("expm1", Loops.EXPM1, (g, y) -> g.mul(y.add(1)));
  }

  /** y = ln(1 + x), with the same relative precision for small x; dx = g / (1 + x). */
  default Tensor log1p() {
    return enter("log1p", Loops.LOG1P, (g, y) -> g.div(x().add(1)));
  }

  /** Square root, y = √x; dx = g / 2y. */
  default Tensor sqrt() {
    return enter("sqrt", Loops.SQRT, (g, y) -> g.div(y.mul(2)));
  }

  /** Square, x²; dx = g · 2x. */
  default Tensor square() {
    return enter("square", Loops.SQUARE, (g, y) -> g.mul(x().mul(2)));
  }

  /** Absolute value, |x|; dx = g · sign x: 0 at 0, NaN at NaN. */
  default Tensor abs() {
    return enter("abs", Loops.ABS, (g, y) -> g.mul(x().sign()));
  }

  /** −1, 0 or 1 as x is negative, zero or positive, NaN as it is NaN; a constant. */
  default Tensor sign() {
    return map(Loops.SIGN);
  }

  /** Sine; dx = g · cos x. */
  default Tensor sin() {
    return enter("sin", Loops.SIN, (g, y) -> g.mul(x().cos()));
  }

  /** Cosine; dx = −g · sin x. */
  default Tensor cos() {
    return enter("cos", Loops.COS, (g, y) -> g.mul(x().sin()).neg());
  }

  /** Hyperbolic tangent, y = tanh x; dx = g · (1 − y²). */
  default Tensor tanh() {
    return enter("tanh", Loops.TANH, (g, y) -> g.mul(y.square().neg().add(1)));
  }

  /** Logistic function, y = 1 / (1 + e⁻ˣ); dx = g · y · (1 − y). */
  default Tensor sigmoid() {
    return enter("sigmoid", Loops.SIGMOID, (g, y) -> g.mul(y.sub(y.square())));
  }

  /** Rectified linear unit, max(x, 0); dx = g where x &gt; 0, else 0; NaN at NaN. */
  default Tensor relu() {
    return enter("relu", Loops.RELU, (g, y) -> Operation.gate(g, y));
  }

  /**
   * Softplus, ln(1 + eˣ), without overflow; dx = g · sigmoid x.
   *
   * <p>PyTorch returns x itself above 20; here the rest, less than 2.1e−9, is computed there too.
   */
  default Tensor softplus() {
    return enter("softplus", Loops.SOFTPLUS, (g, y) -> g.mul(x().sigmoid()));
  }

  /** Error function, 2/√π ∫₀ˣ e^(−t²) dt, within 2 ulp; dx = g · 2/√π · e^(−x²). */
  default Tensor erf() {
    return enter("erf", Loops.ERF, (g, y) -> g.mul(bell(1)).mul(2 / Math.sqrt(Math.PI)));
  }

  /**
   * Gaussian error linear unit, x · Φ(x) = ½ x (1 + erf(x/√2)); dx = g · (Φ(x) + x · φ(x)), with
   * φ(x) = e^(−x²/2) / √2π.
   */
  default Tensor gelu() {
    return enter("gelu", Loops.GELU, (g, y) -> g.mul(geluSlope()));
  }

  /** Φ(x) + x · φ(x); dx = g · φ(x) · (2 − x²). */
  private Tensor geluSlope() {
    double scale = 1 / Math.sqrt(2 * Math.PI);
    return enter(
        "geluSlope",
        Loops.GELU_SLOPE,
        (g, y) -> g.mul(bell(0.5)).mul(near().square().neg().add(2)).mul(scale));
  }

  /** e^(−a x²). */
  private Tensor bell(double a) {
    return near().square().mul(-a).exp();
  }

  /** x where the bell is not 0; far out the derivative of its square would be ∞ · 0. */
  private Tensor near() {
    return clip(-40, 40);
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
    UnaryLoop inside = UnaryLoop.each(v -> v < low || v > high ? 0 : Double.isNaN(v) ? v : 1);
    UnaryLoop limit = UnaryLoop.each(v -> Math.max(low, Math.min(high, v)));
    return enter("clip", limit, (g, y) -> Operation.gate(g, map(inside)));
  }

  private Tensor x() {
    return (Tensor) this;
  }

  private Tensor map(UnaryLoop f) {
    Tensor y = Tensor.result(x().shape());
    f.run(x().data(), y.data());
    return y;
  }

  /** Enters y = f(x) with the rule from g and y to dx. */
  private Tensor enter(String name, UnaryLoop f, BinaryOperator<Tensor> rule) {
    Tensor y = map(f);
    return Operation.enter(name, y, wrt(x(), g -> rule.apply(g, y)));
  }
}
