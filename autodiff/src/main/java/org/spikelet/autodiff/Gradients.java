package org.spikelet.autodiff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.kernels.ReductionLoop;

/**
 * The derivatives of one loss with respect to the leaves of a tape: a value, to be added to others,
 * scaled, clipped, measured, and handed to an optimizer.
 *
 * <p>Gradients live as long as their tape, and so do the scaled and the clipped ones; {@link #copy}
 * and {@link #plus} return gradients that live on. Each has the shape of its leaf.
 */
public final class Gradients {

  private final Map<Tensor, Tensor> byLeaf;

  /** Null once copied. */
  private final Tape tape;

  Gradients(Map<Tensor, Tensor> byLeaf, Tape tape) {
    this.byLeaf = byLeaf;
    this.tape = tape;
  }

  /**
   * Returns gradients of nothing, to start a sum with; for an optimizer they mean: no step, leave
   * all parameters as they are.
   */
  public static Gradients none() {
    return new Gradients(new LinkedHashMap<>(), null);
  }

  /**
   * Returns the gradient with respect to a parameter or a watched tensor; zeros for a trainable
   * parameter that the loss does not depend on.
   *
   * @throws IllegalArgumentException for a tensor that was not watched, or a frozen parameter
   */
  public Tensor of(Tensor leaf) {
    Tensor gradient = live().get(leaf);
    if (gradient != null) {
      return gradient;
    }
    if (leaf instanceof Parameter parameter && parameter.trainable()) {
      return Tensor.zeros(leaf.shape());
    }
    String what =
        leaf instanceof Parameter p ? "the frozen parameter '%s'".formatted(p.name()) : "a tensor";
    throw new IllegalArgumentException(
        "gradients: %s of shape %s is no leaf of the tape; use a trainable Parameter, or the tensor that tape.watch(…) returned"
            .formatted(what, leaf.shape()));
  }

  /** Returns whether this is a parameter that the loss depends on, or a watched tensor. */
  public boolean contains(Tensor leaf) {
    return live().containsKey(leaf);
  }

  /** Returns whether these are gradients of nothing, such as {@link #none}. */
  public boolean isEmpty() {
    return live().isEmpty();
  }

  /**
   * Returns Σ g² of one gradient.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  public double sumOfSquares(Tensor leaf) {
    return ReductionLoop.sumOfSquares(of(leaf).data());
  }

  /** Returns the global norm √(Σ g²) over all elements of all gradients. */
  public double norm() {
    return Math.sqrt(
        live().keySet().stream().mapToDouble(this::sumOfSquares).reduce(0, Double::sum));
  }

  /** Returns every gradient times a factor. */
  public Gradients scale(double factor) {
    return map((leaf, g) -> g.mul(factor));
  }

  /**
   * Returns the gradients with every element limited to [low, high].
   *
   * @throws IllegalArgumentException if low &gt; high or one is NaN
   */
  public Gradients clip(double low, double high) {
    return map((leaf, g) -> g.clip(low, high));
  }

  /**
   * Returns the gradients with each one changed by a function, such as noise: {@code
   * gradients.map((leaf, g) -> g.add(noise(g.shape())))}.
   *
   * @param change from a leaf and its gradient to the new gradient, of the same shape; called once
   *     for each leaf, in the order in which the tape met them
   * @throws IllegalStateException if the function returns null or another shape
   */
  public Gradients map(BinaryOperator<Tensor> change) {
    Map<Tensor, Tensor> changed = new LinkedHashMap<>();
    live().forEach((leaf, g) -> changed.put(leaf, checked(leaf, change.apply(leaf, g))));
    return new Gradients(changed, tape);
  }

  private Tensor checked(Tensor leaf, Tensor result) {
    if (result == null || !result.shape().equals(leaf.shape())) {
      throw new IllegalStateException(
          "map: the function returned %s for a gradient of shape %s; it must keep the shape"
              .formatted(result == null ? "null" : "the shape " + result.shape(), leaf.shape()));
    }
    // Under another tape than their own the result would end with that tape; a parameter can
    // change.
    return Tape.current() == tape && !(result instanceof Parameter) ? result : result.copy();
  }

  /** Returns the sum of these gradients and others, leaf by leaf, independent of any tape. */
  public Gradients plus(Gradients other) {
    Gradients sum = copy();
    other.live().forEach((leaf, g) -> sum.byLeaf.merge(leaf, g.copy(), (a, b) -> a.add(b).copy()));
    return sum;
  }

  /** Returns the same gradients, independent of any tape. */
  public Gradients copy() {
    return new Gradients(map((leaf, gradient) -> gradient.copy()).byLeaf, null);
  }

  private Map<Tensor, Tensor> live() {
    if (tape != null && !tape.isOpen()) {
      throw new IllegalStateException(
          "gradients: their tape has closed; use them inside the try block, or copy() them there to"
              + " keep them");
    }
    return byLeaf;
  }

  /** Returns which leaves they are for, such as {@code Gradients for [w: Tensor(scalar) 3.0]}. */
  @Override
  public String toString() {
    return "Gradients for " + byLeaf.keySet();
  }
}
