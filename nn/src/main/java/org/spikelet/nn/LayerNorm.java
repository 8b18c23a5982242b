package org.spikelet.nn;

import java.util.List;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * Layer normalization, y = (x − μ) / √(σ² + ε) · weight + bias, for each row.
 *
 * <p>x and y: … × features; weight and bias: features. μ and σ² are the mean and the (biased)
 * variance over the last axis. Ba, Kiros and Hinton 2016, equation 4; ε = 1e−5 inside the root is
 * PyTorch's.
 */
public final class LayerNorm implements Module {

  private final double epsilon;
  private final Parameter weight;
  private final Parameter bias;

  private LayerNorm(int features, double epsilon) {
    Shape shape = Shape.of(features);
    this.epsilon = epsilon;
    this.weight = Parameter.of("weight", Tensor.ones(shape));
    this.bias = Parameter.of("bias", Tensor.zeros(shape));
  }

  /**
   * Returns a layer for this many features, with PyTorch's ε = 1e−5.
   *
   * @throws IllegalArgumentException if there is less than 1
   */
  public static LayerNorm of(int features) {
    return of(features, 1e-5);
  }

  /**
   * Returns a layer for this many features, with another ε.
   *
   * @throws IllegalArgumentException if there is less than 1, or ε is not positive and finite
   */
  public static LayerNorm of(int features, double epsilon) {
    Features.check("LayerNorm", features);
    Features.checkEpsilon("LayerNorm", epsilon);
    return new LayerNorm(features, epsilon);
  }

  /**
   * Normalizes along the last axis.
   *
   * @throws IllegalArgumentException if its length is not the number of features
   */
  @Override
  public Tensor forward(Tensor x) {
    Features.checkLastAxis(this, weight.size(), x);
    Tensor centred = x.sub(x.meanKeepDims(-1));
    Tensor variance = centred.square().meanKeepDims(-1); // … × 1
    return centred.mul(Features.inverseRoot(variance, epsilon)).mul(weight).add(bias);
  }

  @Override
  public String toString() {
    return "LayerNorm " + weight.size();
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight, bias);
  }
}
