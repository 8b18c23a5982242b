package org.spikelet.spikes.stability;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.curvature.Eigenpair;
import org.spikelet.autodiff.curvature.Hessian;
import org.spikelet.autodiff.curvature.Lanczos;
import org.spikelet.optim.Optimizer;

/**
 * The largest curvature as the optimizer sees it, λ = λ_max(P^(−½) · H · P^(−½)), with H the
 * Hessian of the loss and P the {@linkplain Optimizer#preconditioner preconditioner}.
 *
 * <p>Above the threshold the iteration on the quadratic approximation diverges. Source: Cohen et
 * al. 2022, "Adaptive gradient methods at the edge of stability".
 *
 * @param step the step that would be taken next
 * @param learningRate η of that step
 * @param value λ
 * @param threshold the largest stable η · λ of the rule, such as 38 for Adam with β₁ = 0.9 and 2
 *     for SGD; NaN if it is not known for this optimizer
 * @param vector the eigenvector, in the coordinates P^½ · θ
 * @param converged whether λ is known to a thousandth
 */
public record Sharpness(
    long step,
    double learningRate,
    double value,
    double threshold,
    Tensor vector,
    boolean converged) {

  private static final int PRODUCTS = 40;

  /** Returns η · λ over the threshold: above 1 the step is too long. */
  public double ratio() {
    return learningRate * value / threshold;
  }

  /** Returns the same for another learning rate. */
  public Sharpness withLearningRate(double learningRate) {
    return new Sharpness(step, learningRate, value, threshold, vector, converged);
  }

  /**
   * Measures it at the present weights, by about 10 to 40 products with H.
   *
   * @param loss computes the loss; the same function each time
   * @param near an earlier eigenvector to start from, if there is one
   */
  public static Sharpness of(
      Supplier<Tensor> loss, Optimizer optimizer, long step, Optional<Tensor> near) {
    Hessian hessian = Hessian.of(loss, optimizer.parameters()).scaled(inverseRoot(optimizer));
    Lanczos lanczos = new Lanczos().withTolerance(1e-3).withMaxIterations(PRODUCTS);
    Eigenpair sharpest =
        near.map(lanczos::withStart).orElse(lanczos).largest(hessian::times, hessian.size());
    return new Sharpness(
        step,
        optimizer.learningRate(),
        sharpest.value(),
        optimizer.stabilityThreshold().orElse(Double.NaN),
        sharpest.vector(),
        sharpest.converged());
  }

  /** P^(−½), the parameters one after the other. */
  static Tensor inverseRoot(Optimizer optimizer) {
    return inverseRoot(preconditioners(optimizer));
  }

  /** P, parameter by parameter. */
  static List<double[]> preconditioners(Optimizer optimizer) {
    return IntStream.range(0, optimizer.parameters().size())
        .mapToObj(optimizer::preconditioner)
        .toList();
  }

  static Tensor inverseRoot(List<double[]> preconditioners) {
    double[] d =
        preconditioners.stream()
            .flatMapToDouble(Arrays::stream)
            .map(p -> 1 / Math.sqrt(p))
            .toArray();
    return Tensor.of(Shape.of(d.length), d);
  }
}
