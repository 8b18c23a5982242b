package org.spikelet.optim;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.autodiff.Gradients;

/** What a listener is told after each step of a {@link Trainer}. */
public final class TrainingStep {

  private final long number;
  private final Batch batch;
  private final double loss;
  private final double learningRate;
  private final Gradients lossGradients;
  private final Gradients gradients;
  private List<Runnable> afterwards = List.of();
  private boolean last;

  TrainingStep(
      long number,
      Batch batch,
      double loss,
      double learningRate,
      Gradients lossGradients,
      Gradients gradients) {
    this.number = number;
    this.batch = batch;
    this.loss = loss;
    this.learningRate = learningRate;
    this.lossGradients = lossGradients;
    this.gradients = gradients;
  }

  /** Returns the number of the step, from 0. */
  public long number() {
    return number;
  }

  /** Returns the batch trained on. */
  public Batch batch() {
    return batch;
  }

  /** Returns the loss of the batch before the step changed the parameters. */
  public double loss() {
    return loss;
  }

  /** Returns the learning rate of the step. */
  public double learningRate() {
    return learningRate;
  }

  /** Returns the gradients of the loss, before a transformation changed them; copy to keep them. */
  public Gradients lossGradients() {
    return lossGradients;
  }

  /** Returns the gradients that the optimizer was given; copy them to keep them. */
  public Gradients gradients() {
    return gradients;
  }

  /**
   * Ends the training after this step: {@link Trainer#run} takes no further one, not in a later
   * process that loads a {@link Checkpoint} of it either. {@link Trainer#startAt} takes it back.
   */
  public void stop() {
    last = true;
  }

  /** Does something when all listeners have been told: what they remember is whole then. */
  void afterwards(Runnable work) {
    List<Runnable> more = new ArrayList<>(afterwards);
    more.add(work);
    afterwards = more;
  }

  void end() {
    afterwards.forEach(Runnable::run);
  }

  boolean isLast() {
    return last;
  }
}
