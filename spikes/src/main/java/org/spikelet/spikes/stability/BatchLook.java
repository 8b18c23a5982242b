package org.spikelet.spikes.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;

/**
 * Measures the curvature along the gradient of some steps of a trainer, on the step's batch and at
 * the weights before it, when the step is over: then the gradient is known, and a second one is
 * enough. Where that does not do, because weights or the loss were changed beside the step, it is
 * one product with the Hessian at the weights after it.
 *
 * <p>What a forward pass changes is put back: BatchNorm's statistics, Dropout's random state.
 */
final class BatchLook implements TrainingListener, Stateful {

  /**
   * Which look the next step gets, in what is saved: none, by a second gradient, by the product.
   */
  private static final double NONE = 0;

  private static final double GRADIENT = 1;
  private static final double PRODUCT = 2;

  private final Trainer trainer;
  private final List<Parameter> frozen;
  private final StabilityWatch.Settings settings;
  private final Consumer<DirectionalSharpness> look;
  private final Stateful memory;
  private Optional<BeforeStep> before = Optional.empty();

  /**
   * Prepares looks.
   *
   * @param settings which steps are looked at, and from which ratio on it must be exact
   * @param look is handed what was measured
   * @param memory that of what looks, saved with the training
   */
  BatchLook(
      Trainer trainer,
      Map<String, Parameter> state,
      StabilityWatch.Settings settings,
      Consumer<DirectionalSharpness> look,
      Stateful memory) {
    this.trainer = trainer;
    this.frozen = state.values().stream().filter(p -> !p.trainable()).distinct().toList();
    this.settings = settings;
    this.look = look;
    this.memory = memory;
  }

  @Override
  public void afterStep(TrainingStep step) {
    if (before.isPresent()) {
      Optional<DirectionalSharpness> found =
          before.get().measure(step, () -> loss(step.batch()), settings.level());
      look.accept(found.orElseGet(() -> byProduct(step)));
    }
    long next = step.number() + 1;
    before =
        settings.due(next)
            ? Optional.of(new BeforeStep(next, trainer.optimizer(), frozen))
            : Optional.empty();
  }

  private DirectionalSharpness byProduct(TrainingStep step) {
    Optimizer optimizer = trainer.optimizer();
    List<double[]> present = BeforeStep.copies(frozen);
    try {
      return DirectionalSharpness.of(() -> loss(step.batch()), optimizer, step.number());
    } finally {
      BeforeStep.put(present, frozen);
    }
  }

  /** Returns what the memory saves, and last which look comes: the first step of all has none. */
  @Override
  public List<Tensor> save() {
    List<Tensor> saved = new ArrayList<>(memory.save());
    saved.add(
        Tensor.scalar(before.map(look -> look.isUntouched() ? GRADIENT : PRODUCT).orElse(NONE)));
    return saved;
  }

  @Override
  public void restore(List<Tensor> saved) {
    if (saved.isEmpty() || saved.get(saved.size() - 1).size() != 1) {
      throw new IllegalArgumentException(
          "restore: a look saves a number last, there are "
              + saved.stream().map(Tensor::shape).toList());
    }
    memory.restore(saved.subList(0, saved.size() - 1));
    // Step, weights and optimizer are restored before the listeners.
    double look = saved.get(saved.size() - 1).item();
    long step = look == GRADIENT ? trainer.steps() : BeforeStep.OF_NO_STEP;
    before =
        look == NONE
            ? Optional.empty()
            : Optional.of(new BeforeStep(step, trainer.optimizer(), frozen));
  }

  @Override
  public Object settings() {
    return memory.settings();
  }

  private Tensor loss(Batch batch) {
    return trainer.loss().apply(trainer.model().apply(batch.inputs()), batch.targets());
  }
}
