package org.spikelet.autodiff.kernels;

import java.util.function.DoubleUnaryOperator;

/** The functions of one number that both {@link Kernels} have, and what the reference ones call. */
public enum Function {
  /** eˣ. */
  EXP(StrictMath::exp),
  /** eˣ − 1, with the same relative precision for small x. */
  EXPM1(StrictMath::expm1),
  /** ln x. */
  LOG(StrictMath::log),
  /** ln(1 + x), with the same relative precision for small x. */
  LOG1P(StrictMath::log1p),
  /** tanh x. */
  TANH(StrictMath::tanh),
  /** 1 / (1 + e⁻ˣ). */
  SIGMOID(Function::sigmoid),
  /** ln(1 + eˣ). */
  SOFTPLUS(x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)))),
  /** sin x. */
  SIN(StrictMath::sin),
  /** cos x. */
  COS(StrictMath::cos),
  /** erf x. */
  ERF(ErrorFunction::erf),
  /** x · Φ(x), Φ being the standard normal distribution. */
  GELU(ErrorFunction::gelu),
  /** Φ(x) + x · φ(x), the derivative of gelu. */
  GELU_SLOPE(ErrorFunction::geluSlope);

  @SuppressWarnings("ImmutableEnumChecker") // the functions above have no state
  final DoubleUnaryOperator scalar;

  Function(DoubleUnaryOperator scalar) {
    this.scalar = scalar;
  }

  /** e^x of a large x would overflow; e^−|x| never does. */
  private static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }
}
