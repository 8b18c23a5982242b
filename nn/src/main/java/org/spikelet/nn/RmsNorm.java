package org.spikelet.nn;

import java.util.List;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * Root mean square normalization, y = x / √(mean x² + ε) · weight, for each row.
 *
 * <p>x and y: … × features; weight: features; the mean is over the last axis. Unlike {@link
 * LayerNorm} it leaves the mean of a row where it is. Zhang and Sennrich 2019, equation 4; ε inside
 * the root is PyTorch's, 2⁻⁵² = 2.2e−16 in double precision.
 *
 * <p>In PyTorch: {@index nn.RMSNorm}.
 */
public final class RmsNorm implements Module {

  private final double epsilon;
  private final Parameter weight;

  private RmsNorm(int features, double epsilon) {
    this.epsilon = epsilon;
    this.weight = Parameter.of("weight", Tensor.ones(Shape.of(features)));
  }

  /**
   * Returns a layer for this many features, with PyTorch's ε = 2⁻⁵².
   *
   * @throws IllegalArgumentException if there is less than 1
   */
  public static RmsNorm of(int features) {
    return of(features, 0x1p-52);
  }

  /**
   * Returns a layer for this many features, with another ε.
   *
   * @throws IllegalArgumentException if there is less than 1, or ε is not positive and finite
   */
  public static RmsNorm of(int features, double epsilon) {
    Features.check("RmsNorm", features);
    Features.checkEpsilon("RmsNorm", epsilon);
    return new RmsNorm(features, epsilon);
  }

  /**
   * Normalizes along the last axis.
   *
   * @throws IllegalArgumentException if its length is not the number of features
   */
  @Override
  public Tensor forward(Tensor x) {
    Features.checkLastAxis(this, weight.size(), x);
    Tensor meanSquare = x.square().meanKeepDims(-1); // … × 1
    return x.mul(Features.inverseRoot(meanSquare, epsilon)).mul(weight);
  }

  @Override
  public String toString() {
    return "RmsNorm " + weight.size();
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight);
  }
}
