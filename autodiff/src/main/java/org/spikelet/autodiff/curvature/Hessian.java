package org.spikelet.autodiff.curvature;

import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * The second derivatives of a scalar loss, Hᵢⱼ = ∂²L / ∂θᵢ∂θⱼ, as an operator: v ↦ H · v, without
 * the matrix.
 *
 * <pre>{@code
 * Hessian hessian = Hessian.of(() -> loss(net.forward(x)), net.parameters());
 * Eigenpair sharpest = new Lanczos().largest(hessian::times, hessian.size());
 * }</pre>
 *
 * <p>θ is the concatenation of all parameters in the given order, each in row-major order. A
 * product is the gradient of (∇L · v) and costs a few gradients: Pearlmutter 1994, "Fast exact
 * multiplication by the Hessian".
 *
 * <p>Each product computes the loss anew, at the parameters' present values. The loss must be the
 * same function each time: no dropout, no fresh batch.
 */
public final class Hessian {

  private final Supplier<Tensor> loss;
  private final List<Parameter> parameters;
  private final Tensor scale;

  private Hessian(Supplier<Tensor> loss, List<Parameter> parameters, Tensor scale) {
    this.loss = loss;
    this.parameters = parameters;
    this.scale = scale;
  }

  /**
   * Returns the Hessian of a loss with respect to trainable parameters.
   *
   * @param loss computes one element; called for every product
   * @throws IllegalArgumentException if there is no parameter, one is frozen, or one is named twice
   */
  public static Hessian of(Supplier<Tensor> loss, List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("hessian: needs at least one parameter, got none");
    }
    if (new HashSet<>(parameters).size() < parameters.size()) {
      throw new IllegalArgumentException(
          "hessian: each parameter must be given once; drop the repeated ones");
    }
    int size = 0;
    for (Parameter parameter : parameters) {
      if (!parameter.trainable()) {
        throw new IllegalArgumentException(
            "hessian: the parameter '%s' is frozen, and has no derivatives; leave it out"
                .formatted(parameter.name()));
      }
      size = Math.addExact(size, parameter.size());
    }
    return new Hessian(loss, List.copyOf(parameters), Tensor.ones(Shape.of(size)));
  }

  /** Returns the Hessian of a function with one element, at a point x of any shape. */
  public static Hessian of(UnaryOperator<Tensor> f, Tensor x) {
    Parameter leaf = Parameter.of("x", x);
    return of(() -> f.apply(leaf), List.of(leaf));
  }

  /**
   * Returns D · H · D, with D the diagonal matrix of d.
   *
   * <p>For a diagonal preconditioner P, d = P^(−½) gives the matrix whose largest eigenvalue is the
   * preconditioned sharpness.
   *
   * @param d of shape size
   * @throws IllegalArgumentException if it has another shape
   */
  public Hessian scaled(Tensor d) {
    checkShape("scaled", d);
    return new Hessian(loss, parameters, scale.mul(d).copy());
  }

  /** Returns the number of rows and columns: of the elements of all parameters. */
  public int size() {
    return scale.size();
  }

  /**
   * Returns H · v, a constant.
   *
   * @param v of shape size
   * @throws IllegalArgumentException if v has another shape, or the loss has not one element
   * @throws IllegalStateException if the loss depends on no parameter
   */
  public Tensor times(Tensor v) {
    checkShape("times", v);
    try (Tape tape = Tape.record()) {
      Tensor gradient = concatenate(tape.recordedGradients(loss.get()));
      // A loss that is linear has a constant gradient: H = 0.
      return tape.tracks(gradient)
          ? concatenate(tape.gradients(gradient, v.mul(scale))).mul(scale).copy()
          : Tensor.zeros(v.shape());
    }
  }

  /**
   * Returns the curvature along the gradient, gᵀ·H·g / ‖g‖², with g = ∇L; of a {@linkplain #scaled
   * scaled} one in its coordinates, with D·g and D·H·D for g and H. NaN where the gradient is 0.
   *
   * <p>It costs one product, for the gradient comes with it.
   *
   * @throws IllegalStateException if the loss depends on no parameter
   */
  public double alongGradient() {
    try (Tape tape = Tape.record()) {
      Tensor gradient = concatenate(tape.recordedGradients(loss.get()));
      Tensor direction = gradient.detach().mul(scale).mul(scale);
      double square = gradient.detach().mul(direction).sum().item();
      // A loss that is linear has a constant gradient: H = 0.
      return tape.tracks(gradient)
          ? concatenate(tape.gradients(gradient, direction)).mul(direction).sum().item() / square
          : 0 / square;
    }
  }

  /** Returns all of H, size × size, by one product for each column: for small cases. */
  public Tensor matrix() {
    int n = size();
    double[] h = new double[Shape.of(n, n).size()];
    for (int j = 0; j < n; j++) {
      double[] unit = new double[n];
      unit[j] = 1;
      double[] column = times(Tensor.vector(unit)).toArray();
      for (int i = 0; i < n; i++) {
        h[i * n + j] = column[i];
      }
    }
    return Tensor.of(Shape.of(n, n), h);
  }

  private Tensor concatenate(Gradients gradients) {
    Tensor[] flat =
        parameters.stream().map(p -> gradients.of(p).reshape(p.size())).toArray(Tensor[]::new);
    return Tensor.zeros(Shape.of(0)).concatenate(0, flat);
  }

  private void checkShape(String method, Tensor v) {
    if (!v.shape().equals(scale.shape())) {
      throw new IllegalArgumentException(
          ("hessian.%s: needs a vector of shape %s, one number for each element of the parameters,"
                  + " got the shape %s")
              .formatted(method, scale.shape(), v.shape()));
    }
  }
}
