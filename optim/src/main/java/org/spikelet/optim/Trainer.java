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
  private final GradientTransformation transformation;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private long steps;
  private boolean stopped;

  /**
   * Prepares a loop that hands the gradients to the optimizer as they are.
   *
   * @param model from a batch of inputs to predictions
   * @param loss from predictions and targets to a scalar
   * @throws NullPointerException if one of them is null; the message says which
   */
  public Trainer(
      UnaryOperator<Tensor> model,
      BinaryOperator<Tensor> loss,
      Optimizer optimizer,
      DataLoader loader) {
    this(model, loss, optimizer, loader, GradientTransformation.none());
  }

  /**
   * Prepares a loop that changes the gradients before the optimizer gets them.
   *
   * @param model from a batch of inputs to predictions
   * @param loss from predictions and targets to a scalar
   * @param transformation such as {@link Clipping#globalNorm}
   * @throws NullPointerException if one of them is null; the message says which
   */
  public Trainer(
      UnaryOperator<Tensor> model,
      BinaryOperator<Tensor> loss,
      Optimizer optimizer,
      DataLoader loader,
      GradientTransformation transformation) {
    this.model = Check.given("model", model);
    this.loss = Check.given("loss", loss);
    this.optimizer = Check.given("optimizer", optimizer);
    this.loader = Check.given("loader", loader);
    this.transformation = Check.given("transformation", transformation);
  }

  /** Adds a listener, which is told of every step from now on, and returns this. */
  public Trainer listen(TrainingListener listener) {
    listeners.add(Check.given("listener", listener));
    return this;
  }

  /**
   * Goes on from another step, as after {@linkplain Optimizer#restore restoring} what an earlier
   * training saved: the next batch is the loader's of that number. A training that a listener has
   * stopped may go on then. Returns this.
   *
   * @param step how many steps have been taken so far
   * @throws IllegalArgumentException if it is negative
   */
  public Trainer startAt(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("startAt: the step must not be negative, got " + step);
    }
    steps = step;
    stopped = false;
    return this;
  }

  /**
   * Trains for so many steps more, or until a listener stops it, and returns the number of steps
   * taken in all. Modifies the model's parameters and the optimizer's state. Does nothing if a
   * listener has stopped it before.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public long run(long more) {
    if (more < 0) {
      throw new IllegalArgumentException("run: the steps must not be negative, got " + more);
    }
    for (long left = more; left > 0 && !stopped; left--) {
      step();
    }
    return steps;
  }

  private void step() {
    Batch batch = loader.batch(steps);
    try (Tape tape = Tape.record()) {
      Tensor value = loss.apply(model.apply(batch.inputs()), batch.targets());
      Gradients ofTheLoss = tape.gradients(value);
      Gradients gradients = transformation.apply(ofTheLoss);
      double learningRate = optimizer.learningRate();
      optimizer.step(gradients);
      // Counted first: a listener may throw, or add another one.
      TrainingStep step =
          new TrainingStep(steps++, batch, value.item(), learningRate, ofTheLoss, gradients);
      for (TrainingListener listener : List.copyOf(listeners)) {
        listener.afterStep(step);
        stopped |= step.isLast(); // at once: the next listener may save
      }
      step.end();
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

  /** Returns what changes the gradients; its state is part of the training's. */
  public GradientTransformation transformation() {
    return transformation;
  }

  /** Returns the number of steps taken. */
  public long steps() {
    return steps;
  }

  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  List<TrainingListener> listeners() {
    return List.copyOf(listeners);
  }
}
