package org.spikelet.nn;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * A dense layer, y = x · W + b.
 *
 * <p>x: … × in, {@code weight} W: in × out, {@code bias} b: out, y: … × out.
 *
 * <p>In PyTorch: {@index nn.Linear}.
 */
public final class Dense implements Module {

  private final Parameter weight;
  private final Optional<Parameter> bias;

  private Dense(Parameter weight, Optional<Parameter> bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * Returns a layer with PyTorch's default initialisation: weight and bias uniform in ±1/√in.
   *
   * @throws IllegalArgumentException if in or out is less than 1
   */
  public static Dense of(int in, int out, RandomGenerator random) {
    checkSizes(in, out);
    Initializer uniform = uniform(in);
    Parameter weight = weight(in, out, random, uniform);
    return new Dense(weight, bias(uniform.draw(1, out, random).reshape(out)));
  }

  /**
   * Returns a layer whose weight comes from an initializer, and whose bias is zeros.
   *
   * @throws IllegalArgumentException if in or out is less than 1, or the initializer returns
   *     another shape than in × out
   */
  public static Dense of(int in, int out, RandomGenerator random, Initializer initializer) {
    Parameter weight = weight(in, out, random, initializer);
    return new Dense(weight, bias(Tensor.zeros(Shape.of(out))));
  }

  /**
   * Returns a layer y = x · W, whose weight is uniform in ±1/√in, as PyTorch's is.
   *
   * @throws IllegalArgumentException if in or out is less than 1
   */
  public static Dense withoutBias(int in, int out, RandomGenerator random) {
    checkSizes(in, out);
    return withoutBias(in, out, random, uniform(in));
  }

  /**
   * Returns a layer y = x · W, whose weight comes from an initializer.
   *
   * @throws IllegalArgumentException if in or out is less than 1, or the initializer returns
   *     another shape than in × out
   */
  public static Dense withoutBias(
      int in, int out, RandomGenerator random, Initializer initializer) {
    return new Dense(weight(in, out, random, initializer), Optional.empty());
  }

  private static Initializer uniform(int in) {
    return Initializer.uniform(-1 / Math.sqrt(in), 1 / Math.sqrt(in));
  }

  private static Parameter weight(
      int in, int out, RandomGenerator random, Initializer initializer) {
    checkSizes(in, out);
    Tensor weight = initializer.draw(in, out, random);
    if (!weight.shape().equals(Shape.of(in, out))) {
      throw new IllegalArgumentException(
          name(in, out) + ": the initializer returned the shape " + weight.shape());
    }
    return Parameter.of("weight", weight);
  }

  @Override
  public Tensor forward(Tensor x) {
    Features.checkLastAxis(this, weight.shape().dimension(0), x);
    return bias.isPresent() ? x.affine(weight, bias.get()) : x.matmul(weight);
  }

  @Override
  public List<Parameter> ownParameters() {
    return Stream.concat(Stream.of(weight), bias.stream()).toList();
  }

  @Override
  public String toString() {
    String name = name(weight.shape().dimension(0), weight.shape().dimension(1));
    return bias.isPresent() ? name : name + " without bias";
  }

  private static Optional<Parameter> bias(Tensor values) {
    return Optional.of(Parameter.of("bias", values));
  }

  private static void checkSizes(int in, int out) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(name(in, out) + ": both sizes must be at least 1");
    }
  }

  private static String name(int in, int out) {
    return "Dense " + in + "→" + out;
  }
}
