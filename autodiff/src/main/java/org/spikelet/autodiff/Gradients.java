package org.spikelet.autodiff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
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

  /** Returns gradients of nothing, to start a sum with. */
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
    throw new IllegalArgumentException(
        ("gradients: %s of shape %s is no leaf of the tape; use a trainable Parameter, or the"
                + " tensor that tape.watch(…) returned")
            .formatted(
                leaf instanceof Parameter frozen
                    ? "the frozen parameter '" + frozen.name() + "'"
                    : "a tensor",
                leaf.shape()));
  }

  /** Returns whether this is a parameter that the loss depends on, or a watched tensor. */
  public boolean contains(Tensor leaf) {
    return live().containsKey(leaf);
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
    double sum = 0;
    for (Tensor gradient : live().values()) {
      sum += ReductionLoop.sumOfSquares(gradient.data());
    }
    return Math.sqrt(sum);
  }

  /** Returns every gradient times a factor. */
  public Gradients scale(double factor) {
    return map(g -> g.mul(factor));
  }

  /**
   * Returns the gradients with every element limited to [low, high].
   *
   * @throws IllegalArgumentException if low &gt; high or one is NaN
   */
  public Gradients clip(double low, double high) {
    return map(g -> g.clip(low, high));
  }

  private Gradients map(UnaryOperator<Tensor> change) {
    Map<Tensor, Tensor> changed = new LinkedHashMap<>();
    live()
        .forEach(
            (leaf, gradient) -> {
              Tensor result = change.apply(gradient);
              // Under another tape than their own the result would end with that tape.
              changed.put(leaf, Tape.current() == tape ? result : result.copy());
            });
    return new Gradients(changed, tape);
  }

  /** Returns the sum of these gradients and others, leaf by leaf, independent of any tape. */
  public Gradients plus(Gradients other) {
    Gradients sum = copy();
    other
        .live()
        .forEach(
            (leaf, gradient) -> sum.byLeaf.merge(leaf, gradient.copy(), (a, b) -> a.add(b).copy()));
    return sum;
  }

  /** Returns the same gradients, independent of any tape. */
  public Gradients copy() {
    Map<Tensor, Tensor> copies = new LinkedHashMap<>();
    live().forEach((leaf, gradient) -> copies.put(leaf, gradient.copy()));
    return new Gradients(copies, null);
  }

  private Map<Tensor, Tensor> live() {
    if (tape != null && !tape.isOpen()) {
      throw new IllegalStateException(
          "gradients: their tape has closed; use them inside the try block, or copy() them there to"
              + " keep them");
    }
    return byLeaf;
  }
}
