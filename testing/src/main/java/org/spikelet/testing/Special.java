package org.spikelet.testing;

/** A number at the edge of what a double can hold, for {@link TensorArbitrary#including}. */
public enum Special {
  /** 0. */
  ZERO(0.0),
  /** −0, equal to 0 but with another sign. */
  NEGATIVE_ZERO(-0.0),
  /** ∞. */
  INFINITY(Double.POSITIVE_INFINITY),
  /** −∞. */
  NEGATIVE_INFINITY(Double.NEGATIVE_INFINITY),
  /** Not a number. */
  NAN(Double.NaN),
  /** The smallest positive number, 2⁻¹⁰⁷⁴, without full precision. */
  SUBNORMAL(Double.MIN_VALUE),
  /** The largest finite number, about 1.8 · 10³⁰⁸. */
  HUGE(Double.MAX_VALUE);

  private final double value;

  Special(double value) {
    this.value = value;
  }

  /** Returns the number. */
  public double value() {
    return value;
  }
}
