package org.spikelet.spikes.stability;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.Trainer;

/**
 * Keeps the learning rate below what the optimizer bears along the gradient: η ← min(η, level ·
 * threshold / c), with c the {@link DirectionalSharpness}.
 *
 * <pre>{@code
 * StabilityBrake.attach(trainer, net.state());
 * trainer.run(10_000);
 * }</pre>
 *
 * <p>It looks as a {@link StabilityWatch} does; what it finds holds from the step after on, until
 * the next look. Where c is not positive, or NaN, the learning rate is the schedule's.
 *
 * <p>It is no cure: in the laboratory, at full batch and with a look every 10 steps, 1.4 of 1.87
 * spikes per 1,000 steps were left (ten seeds), for a burst can grow between two looks.
 *
 * <p>The limit is in the optimizer's schedule, and so in its saved state; a {@link Checkpoint}
 * holds it too. A schedule that you set yourself is braked from the next look on.
 */
public final class StabilityBrake implements Stateful {

  private final Optimizer optimizer;
  private final StabilityWatch.Settings settings;

  /** A schedule with a limit that a brake has set. */
  private record Braked(Schedule own, double limit) implements Schedule {
    @Override
    public double at(long step) {
      return Math.min(own.at(step), limit);
    }
  }

  /**
   * Prepares a brake for a loop of your own.
   *
   * @throws IllegalArgumentException if the optimizer has no known threshold
   */
  public StabilityBrake(Optimizer optimizer, StabilityWatch.Settings settings) {
    DirectionalSharpness.threshold(optimizer);
    this.optimizer = optimizer;
    this.settings = settings;
  }

  /**
   * Begins to brake a trainer's optimizer, from its next step on.
   *
   * @param state all that belongs to the model's state, {@code net.state()}
   * @throws IllegalArgumentException if the optimizer has no known threshold
   */
  public static StabilityBrake attach(Trainer trainer, Map<String, Parameter> state) {
    return attach(trainer, state, StabilityWatch.DEFAULTS);
  }

  /** The same with settings. */
  public static StabilityBrake attach(
      Trainer trainer, Map<String, Parameter> state, StabilityWatch.Settings settings) {
    StabilityBrake brake = new StabilityBrake(trainer.optimizer(), settings);
    trainer.listen(new BatchLook(trainer, state, settings, brake::take, brake));
    return brake;
  }

  /**
   * Looks, if it is time, and sets the optimizer's schedule.
   *
   * @param step the step to be taken next
   * @param loss computes the loss of the batch, or of fixed rows; called at most once
   */
  public void look(long step, Supplier<Tensor> loss) {
    if (!settings.due(step)) {
      return;
    }
    take(DirectionalSharpness.of(loss, optimizer, step));
  }

  private void take(DirectionalSharpness found) {
    brake(found.rateAt(settings.level()));
  }

  private void brake(double limit) {
    Schedule schedule = optimizer.schedule();
    Schedule own = schedule instanceof Braked braked ? braked.own : schedule;
    optimizer.schedule(new Braked(own, limit));
  }

  /** Returns one tensor, the limit; infinite if there is none. */
  @Override
  public List<Tensor> save() {
    double limit =
        optimizer.schedule() instanceof Braked braked ? braked.limit : Double.POSITIVE_INFINITY;
    return List.of(Tensor.scalar(limit));
  }

  /** Sets the optimizer's schedule to its own one with the limit that was saved. */
  @Override
  public void restore(List<Tensor> saved) {
    if (saved.size() != 1 || saved.get(0).size() != 1) {
      throw new IllegalArgumentException(
          "restore: StabilityBrake saves one number, there are " + saved.size() + " tensors");
    }
    brake(saved.get(0).item());
  }

  @Override
  public Object settings() {
    return settings;
  }
}
