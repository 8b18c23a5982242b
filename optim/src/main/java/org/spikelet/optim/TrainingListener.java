package org.spikelet.optim;

/** Is told of each step of a {@link Trainer}, in order and on its thread. */
@FunctionalInterface
public interface TrainingListener {

  /** Looks at a finished step, and may {@linkplain TrainingStep#stop stop} the training. */
  void afterStep(TrainingStep step);
}
