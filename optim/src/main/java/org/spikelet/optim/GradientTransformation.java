package org.spikelet.optim;

import java.util.List;
import java.util.stream.Stream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tensor;

/**
 * Changes the gradients of a step before an optimizer gets them: {@linkplain Clipping clipping},
 * noise, a filter.
 *
 * <p>A {@link Trainer} takes one when it is made. In a loop of your own it stands before the step:
 *
 * <pre>{@code
 * GradientTransformation clipping = Clipping.globalNorm(1);
 * …
 *   adam.step(clipping.apply(tape.gradients(loss)));
 * }</pre>
 *
 * <p>One of your own changes the gradients with {@link Gradients#scale}, {@link Gradients#clip} and
 * {@link Gradients#map}, or skips the step with {@link Gradients#none}:
 *
 * <pre>{@code
 * GradientTransformation noise = g -> g.map((leaf, x) -> x.add(normal(x.shape(), 0.01, random)));
 * GradientTransformation skipping = g -> Double.isFinite(g.norm()) ? g : Gradients.none();
 * }</pre>
 *
 * <p>One that remembers something from step to step, such as an average norm, makes it known with
 * {@link #save} and {@link #restore}; then a run that was stopped goes on bit for bit. It belongs
 * to one training: two at once need two.
 */
@FunctionalInterface
public interface GradientTransformation extends Stateful {

  /**
   * Returns the changed gradients, the same if there is nothing to change, or {@link
   * Gradients#none} to skip the step: parameters and the optimizer's moments stay as they are, and
   * the step is counted. Called once for each step, while the tape is open; may modify what is
   * remembered.
   *
   * @param gradients of nothing if a transformation before this one skips the step; scaled, clipped
   *     or mapped they are of nothing still
   */
  Gradients apply(Gradients gradients);

  /**
   * Returns all that is remembered from step to step, nothing by default: as many tensors each
   * time, that belong to no tape.
   */
  @Override
  default List<Tensor> save() {
    return List.of();
  }

  /**
   * Goes back to what was saved.
   *
   * @throws IllegalArgumentException if it was not saved by a transformation of this kind; then
   *     nothing has changed
   */
  @Override
  default void restore(List<Tensor> saved) {
    if (!saved.isEmpty()) {
      throw new IllegalArgumentException(
          "restore: this gradient transformation remembers nothing, it was given "
              + saved.size()
              + " tensors; restore them to the one that saved them");
    }
  }

  /** Returns the transformation that leaves gradients as they are. */
  static GradientTransformation none() {
    return gradients -> gradients;
  }

  /** Returns this transformation and then another one. */
  default GradientTransformation then(GradientTransformation next) {
    GradientTransformation first = this;
    return new GradientTransformation() {
      @Override
      public Gradients apply(Gradients gradients) {
        return next.apply(first.apply(gradients));
      }

      @Override
      public List<Tensor> save() {
        return Stream.concat(first.save().stream(), next.save().stream()).toList();
      }

      @Override
      public void restore(List<Tensor> saved) {
        List<Tensor> before = first.save();
        int size = before.size();
        if (saved.size() < size) {
          throw new IllegalArgumentException(
              "restore: the first gradient transformation saves %s tensors, there are %s; restore them to the one that saved them"
                  .formatted(size, saved.size()));
        }
        first.restore(saved.subList(0, size));
        try {
          next.restore(saved.subList(size, saved.size()));
        } catch (RuntimeException e) {
          first.restore(before);
          throw e;
        }
      }

      @Override
      public Object settings() {
        return Parts.words(first) + ", then " + Parts.words(next);
      }
    };
  }
}
