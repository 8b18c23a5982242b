package org.spikelet.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * The training loop with listeners, for those who do not want to write it.
 *
 * <pre>{@code
 * History history = new History();
 * new Trainer(net::forward, Losses::crossEntropy, optimizer, loader).listen(history).run(10_000);
 * }</pre>
 *
 * <p>It is the plain loop, and nothing else:
 *
 * <pre>{@code
 * for (long t = 0; t < steps; t++) {
 *   Batch batch = loader.batch(t);
 *   try (Tape tape = Tape.record()) {
 *     Tensor loss = Losses.crossEntropy(net.forward(batch.inputs()), batch.targets());
 *     optimizer.step(tape.gradients(loss));
 *   }
 * }
 * }</pre>
 */
public final class Trainer {

  private final UnaryOperator<Tensor> model;
  private final BinaryOperator<Tensor> loss;
  private final Optimizer optimizer;
  private final DataLoader loader;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private double clippingNorm = Double.POSITIVE_INFINITY;
  private long steps;

  /**
   * Prepares a loop.
   *
   * @param model from a batch of inputs to predictions
   * @param loss from predictions and targets to a scalar
   */
  public Trainer(
      UnaryOperator<Tensor> model,
      BinaryOperator<Tensor> loss,
      Optimizer optimizer,
      DataLoader loader) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.loader = loader;
  }

  /** Adds a listener, and returns this. */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Clips the gradients' global norm before each step, and returns this. */
  public Trainer clipGlobalNorm(double limit) {
    clippingNorm = Check.positive("clipping limit", limit);
    return this;
  }

  /**
   * Trains for so many steps more, or until a listener stops it, and returns the number of steps
   * taken in all. Modifies the model's parameters and the optimizer's state.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public long run(long more) {
    if (more < 0) {
      throw new IllegalArgumentException("run: the steps must not be negative, got " + more);
    }
    boolean last = false;
    for (long left = more; left > 0 && !last; left--) {
      last = step().isLast();
      steps++;
    }
    return steps;
  }

  private TrainingStep step() {
    Batch batch = loader.batch(steps);
    try (Tape tape = Tape.record()) {
      Tensor value = loss.apply(model.apply(batch.inputs()), batch.targets());
      Gradients gradients = tape.gradients(value);
      if (clippingNorm < Double.POSITIVE_INFINITY) {
        Clipping.globalNorm(gradients, clippingNorm);
      }
      double learningRate = optimizer.learningRate();
      optimizer.step(gradients);
      TrainingStep step = new TrainingStep(steps, batch, value.item(), learningRate, gradients);
      for (TrainingListener listener : listeners) {
        listener.afterStep(step);
      }
      return step;
    }
  }

  /** Returns the function from inputs to predictions. */
  public UnaryOperator<Tensor> model() {
    return model;
  }

  /** Returns the function from predictions and targets to a scalar. */
  public BinaryOperator<Tensor> loss() {
    return loss;
  }

  /** Returns the optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** Returns the loader. */
  public DataLoader loader() {
    return loader;
  }

  /** Returns the limit of the gradients' global norm, infinite without clipping. */
  public double clippingNorm() {
    return clippingNorm;
  }

  /** Returns the number of steps taken. */
  public long steps() {
    return steps;
  }
}
