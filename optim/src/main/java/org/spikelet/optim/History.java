package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Remembers the loss of every step: 8 bytes a step. */
public final class History implements TrainingListener, Stateful {

  private double[] losses = new double[1024];
  private int size;

  /** Remembers nothing yet. */
  public History() {}

  @Override
  public void afterStep(TrainingStep step) {
    if (size == losses.length) {
      losses = Arrays.copyOf(losses, 2 * size);
    }
    losses[size++] = step.loss();
  }

  /** Returns the losses so far, the first step's first. */
  public double[] losses() {
    return Arrays.copyOf(losses, size);
  }

  /** Returns one tensor, the losses so far. */
  @Override
  public List<Tensor> save() {
    return List.of(Tensor.of(Shape.of(size), losses()));
  }

  @Override
  public void restore(List<Tensor> saved) {
    if (saved.size() != 1) {
      throw new IllegalArgumentException(
          "restore: History saves one tensor, there are " + saved.size());
    }
    size = saved.get(0).size();
    losses = Arrays.copyOf(saved.get(0).toArray(), Math.max(1024, size));
  }
}
