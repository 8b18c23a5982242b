package org.spikelet.optim;

import java.util.Arrays;

/** Remembers the loss of every step: 8 bytes a step. */
public final class History implements TrainingListener {

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
}
