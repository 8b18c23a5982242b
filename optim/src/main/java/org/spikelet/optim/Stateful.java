package org.spikelet.optim;

import java.util.List;
import org.spikelet.autodiff.Tensor;

/**
 * Remembers something from step to step, and can hand it over as tensors, so that a {@link
 * Checkpoint} holds it.
 *
 * <p>A training that is resumed has the bits of one that was never stopped only if all that evolves
 * in it is saved. A listener of your own that counts says so in this way:
 *
 * <pre>{@code
 * final class Skipped implements TrainingListener, Stateful {
 *   private long count;
 *
 *   public void afterStep(TrainingStep step) {
 *     count += step.gradients().isEmpty() ? 1 : 0;
 *   }
 *
 *   public List<Tensor> save() {
 *     return List.of(Tensor.scalar(count)); // a double holds counts up to 2⁵³ exactly
 *   }
 *
 *   public void restore(List<Tensor> saved) {
 *     count = (long) saved.get(0).item();
 *   }
 * }
 * }</pre>
 *
 * <p>In PyTorch: {@index state_dict}.
 */
public interface Stateful {

  /** Returns copies of all that evolves; they belong to no tape. */
  List<Tensor> save();

  /**
   * Goes back to what was saved, bit for bit.
   *
   * @throws IllegalArgumentException if something else has saved it; then nothing has changed
   */
  void restore(List<Tensor> saved);

  /**
   * Returns the settings that do not evolve; nothing by default. A checkpoint compares their text,
   * and is refused where it differs; a record's text names each of them.
   */
  default Object settings() {
    return "";
  }
}
