package org.spikelet.spikes.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.Trainer;

/**
 * Warns of a spike while a training runs: when the curvature along the gradient comes near what the
 * optimizer bears, which is a {@link DirectionalSharpness#ratio} of 1.
 *
 * <pre>{@code
 * StabilityWatch.attach(trainer, net.state(), warning -> System.out.println(warning));
 * trainer.run(10_000);
 * }</pre>
 *
 * <p>It looks at every 10th step, on its batch and at the weights before it, and warns when the
 * ratio has come to a level (0.95) from below; then not again before it has been below. Of a step
 * that it looks at it tells when the step is over. The training is as it would be without: weights,
 * and what is random, are put back to the bit.
 *
 * <p>Measured at full batch with Adam (256 rows, the net 14-100-40-4, 24 seeds, 6,000 steps, 282
 * spikes): of 269 alarms 4 were false, no spike having begun within 200 steps, and 4 spikes came
 * without one; the alarm led by 2 to 306 steps, in the median 40. At a level of 1 it was 2 of 253,
 * 31 spikes without, and 18 steps. In mini-batches, where c is that of one batch, nobody has
 * measured it.
 *
 * <p>A look takes one forward and one backward pass: the step's own gradient, and a second one a
 * little further along it. What that finds over the level is measured again by one product with the
 * Hessian, for a kink of relu can mislead it. Where weights are changed beside the step, by another
 * listener before the next step or by hand, it is the product alone. A look costs one and a half
 * steps, so 15 % of a training; with the product alone three and a half ({@code
 * StabilityBenchmark}, JDK 17, the net 14-100-40-4).
 *
 * <p>Beside a {@code SpikeRecorder} a look counts as a change of the weights, though they are put
 * back: where something comes from outside in the very step of a look, the doctor still says so and
 * in which step, but cannot rule the weights out.
 *
 * <p>In a loop of your own call {@link #look} after each step; that is one product with the
 * Hessian.
 */
public final class StabilityWatch implements Stateful {

  /** A look every 10 steps, a warning from 0.95 of the threshold on. */
  public static final Settings DEFAULTS = new Settings(10, 0.95);

  private final Optimizer optimizer;
  private final Settings settings;
  private final Consumer<DirectionalSharpness> warn;
  private final List<DirectionalSharpness> warnings = new ArrayList<>();
  private Optional<DirectionalSharpness> latest = Optional.empty();
  private boolean above;

  /**
   * What can be set.
   *
   * @param every the steps from one look to the next, at least 1
   * @param level the share of the threshold that counts, positive and finite
   */
  public record Settings(int every, double level) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      if (every < 1) {
        throw new IllegalArgumentException("every: must be at least 1, got " + every);
      }
      if (!(level > 0 && level < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("level: must be finite and positive, got " + level);
      }
    }

    /** Returns these settings with another number of steps from look to look. */
    public Settings withEvery(int steps) {
      return new Settings(steps, level);
    }

    /** Returns these settings with another level. */
    public Settings withLevel(double level) {
      return new Settings(every, level);
    }

    boolean due(long step) {
      return step % every == 0;
    }
  }

  /**
   * Prepares a watch for a loop of your own.
   *
   * @param warn is told of each warning, at once
   * @throws IllegalArgumentException if the optimizer has no known threshold
   */
  public StabilityWatch(
      Optimizer optimizer, Settings settings, Consumer<DirectionalSharpness> warn) {
    DirectionalSharpness.threshold(optimizer);
    this.optimizer = optimizer;
    this.settings = settings;
    this.warn = warn;
  }

  /**
   * Begins to watch a trainer, from its next step on.
   *
   * @param state all that belongs to the model's state, {@code net.state()}
   * @throws IllegalArgumentException if the optimizer has no known threshold
   */
  public static StabilityWatch attach(
      Trainer trainer, Map<String, Parameter> state, Consumer<DirectionalSharpness> warn) {
    return attach(trainer, state, DEFAULTS, warn);
  }

  /** The same with settings. */
  public static StabilityWatch attach(
      Trainer trainer,
      Map<String, Parameter> state,
      Settings settings,
      Consumer<DirectionalSharpness> warn) {
    StabilityWatch watch = new StabilityWatch(trainer.optimizer(), settings, warn);
    trainer.listen(new BatchLook(trainer, state, settings, watch::take, watch));
    return watch;
  }

  /**
   * Looks, if it is time. Changes nothing but this.
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
    latest = Optional.of(found);
    boolean before = above;
    above = found.ratio() >= settings.level;
    if (above && !before) {
      warnings.add(found);
      warn.accept(found);
    }
  }

  /**
   * Returns what was seen at the latest look. Below the level a kink of relu may have made it
   * wrong: of 6,000 looks at ten trainings at full batch 26 differed by more than 10⁻⁴ of it.
   */
  public Optional<DirectionalSharpness> latest() {
    return latest;
  }

  /** Returns the warnings so far. */
  public List<DirectionalSharpness> warnings() {
    return List.copyOf(warnings);
  }

  /** Returns whether the level is passed, the latest look, and the warnings: four numbers each. */
  @Override
  public List<Tensor> save() {
    return List.of(
        Tensor.scalar(above ? 1 : 0), numbers(latest.stream()), numbers(warnings.stream()));
  }

  private static Tensor numbers(Stream<DirectionalSharpness> looks) {
    return Tensor.vector(
        looks
            .flatMapToDouble(
                look ->
                    DoubleStream.of(
                        (double) look.step(), look.learningRate(), look.value(), look.threshold()))
            .toArray());
  }

  @Override
  public void restore(List<Tensor> saved) {
    if (saved.size() != 3
        || saved.get(0).size() != 1
        || saved.get(1).size() > 4
        || saved.get(1).size() % 4 != 0
        || saved.get(2).size() % 4 != 0) {
      throw new IllegalArgumentException(
          "restore: StabilityWatch saves a number, and four for each look; there are "
              + saved.stream().map(Tensor::shape).toList());
    }
    above = saved.get(0).item() == 1;
    latest = looks(saved.get(1)).stream().findFirst();
    warnings.clear();
    warnings.addAll(looks(saved.get(2)));
  }

  private static List<DirectionalSharpness> looks(Tensor numbers) {
    List<DirectionalSharpness> looks = new ArrayList<>();
    double[] n = numbers.toArray();
    for (int i = 0; i < n.length; i += 4) {
      looks.add(new DirectionalSharpness((long) n[i], n[i + 1], n[i + 2], n[i + 3]));
    }
    return looks;
  }

  @Override
  public Object settings() {
    return settings;
  }
}
