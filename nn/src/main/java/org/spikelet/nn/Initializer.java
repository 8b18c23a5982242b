package org.spikelet.nn;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * A rule for the first values of a weight, in × out.
 *
 * <p>The named rules keep the variance of signals about equal from layer to layer. U(−a, a) is
 * uniform, with variance a²/3; N(0, σ²) is normal. The same random state gives the same values.
 *
 * <p>In PyTorch: {@index kaiming_normal_}, {@index xavier_uniform_}.
 */
@FunctionalInterface
public interface Initializer {

  /** U(−a, a) with a = √(6 / (in + out)). Glorot and Bengio 2010, equation 16. */
  Initializer XAVIER_UNIFORM =
      (in, out, random) -> symmetric(Math.sqrt(6.0 / (in + out))).draw(in, out, random);

  /** N(0, σ²) with σ = √(2 / (in + out)). Glorot and Bengio 2010, equation 12. */
  Initializer XAVIER_NORMAL =
      (in, out, random) -> normal(0, Math.sqrt(2.0 / (in + out))).draw(in, out, random);

  /** U(−a, a) with a = √(6 / in), for ReLU: gain √2. He et al. 2015, equation 10. */
  Initializer HE_UNIFORM =
      (in, out, random) -> symmetric(Math.sqrt(6.0 / in)).draw(in, out, random);

  /** N(0, σ²) with σ = √(2 / in), for ReLU: gain √2. He et al. 2015, equation 10. */
  Initializer HE_NORMAL = (in, out, random) -> normal(0, Math.sqrt(2.0 / in)).draw(in, out, random);

  /** U(−a, a) with a = √(3 / in). LeCun et al. 1998, "Efficient BackProp", equation 16. */
  Initializer LECUN_UNIFORM =
      (in, out, random) -> symmetric(Math.sqrt(3.0 / in)).draw(in, out, random);

  /** N(0, σ²) with σ = √(1 / in). LeCun et al. 1998, "Efficient BackProp", equation 16. */
  Initializer LECUN_NORMAL =
      (in, out, random) -> normal(0, Math.sqrt(1.0 / in)).draw(in, out, random);

  /** All 0. */
  Initializer ZEROS = constant(0);

  /** All 1. */
  Initializer ONES = constant(1);

  /**
   * Returns the first values of a weight. Advances the random state.
   *
   * @return in × out
   */
  Tensor draw(int in, int out, RandomGenerator random);

  /**
   * Returns the rule that gives every weight the same value.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  static Initializer constant(double value) {
    checkFinite("constant", value);
    return (in, out, random) -> Tensor.full(Shape.of(in, out), value);
  }

  /**
   * Returns the rule U(low, high): low + (high − low) · u.
   *
   * @throws IllegalArgumentException if low &gt; high or one is not finite
   */
  static Initializer uniform(double low, double high) {
    checkFinite("uniform", low);
    checkFinite("uniform", high);
    if (low > high) {
      throw new IllegalArgumentException(
          "uniform: low must be at most high, got " + low + " and " + high);
    }
    return (in, out, random) -> fill(in, out, () -> low + (high - low) * random.nextDouble());
  }

  private static Initializer symmetric(double a) {
    return uniform(-a, a);
  }

  /**
   * Returns the rule N(mean, std²).
   *
   * @throws IllegalArgumentException if std is negative, or one is not finite
   */
  static Initializer normal(double mean, double std) {
    checkFinite("normal", mean);
    checkFinite("normal", std);
    if (std < 0) {
      throw new IllegalArgumentException("normal: std must not be negative, got " + std);
    }
    return (in, out, random) -> fill(in, out, () -> mean + std * gaussian(random));
  }

  /**
   * Returns this rule with every weight multiplied by a factor, such as a gain.
   *
   * @throws IllegalArgumentException if the factor is not finite
   */
  default Initializer scaled(double factor) {
    checkFinite("scaled", factor);
    return (in, out, random) -> draw(in, out, random).mul(factor);
  }

  /**
   * N(0, 1), by Box and Muller 1958. {@link RandomGenerator#nextGaussian} is not the same in all
   * JDKs: those of 17 and 25 part after some million numbers.
   */
  private static double gaussian(RandomGenerator random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  private static Tensor fill(int in, int out, DoubleSupplier next) {
    Shape shape = Shape.of(in, out);
    return Tensor.of(shape, DoubleStream.generate(next).limit(shape.size()).toArray());
  }

  private static void checkFinite(String rule, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(rule + ": must be finite, got " + value);
    }
  }
}
