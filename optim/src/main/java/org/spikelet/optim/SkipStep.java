package org.spikelet.optim;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tensor;

/**
 * Skips a step whose gradient norm or loss is unusually large: over the mean of the last 128 steps
 * by more than 6 standard deviations.
 *
 * <p>It sees the norm by itself; the loss it is told, by {@link #watching} or, in a loop of your
 * own, by {@link #loss}. Without a loss it goes by the norms alone.
 *
 * <pre>{@code
 * SkipStep skipping = new SkipStep();
 * new Trainer(net::forward, skipping.watching(Losses::crossEntropy), adam, loader, skipping);
 * }</pre>
 *
 * <p>A skipped step is {@link Gradients#none}: the weights and the optimizer's moments stay as they
 * are. It counts among the 128 nevertheless, so that a lasting rise is let through after a few
 * steps. No step is skipped before 64 were seen. A norm or loss that is infinite or NaN is always
 * skipped, and does not count. Gradients of nothing stay so, and do not count.
 *
 * <p>At full batch a skipped step comes again as it was, so there it only waits for the mean.
 *
 * <p>Source: Allen Institute for AI, OLMo-core, {@code SkipStepOptimizer}; which also skips what is
 * unusually small, and everything while all values are equal.
 */
public final class SkipStep implements GradientTransformation {

  /** OLMo's: 128 steps, 6 standard deviations. */
  public static final Settings DEFAULTS = new Settings(128, 6);

  private final Settings settings;
  private final Window norms;
  private final Window losses;
  private OptionalDouble loss = OptionalDouble.empty();

  /** Skipping with OLMo's settings. */
  public SkipStep() {
    this(DEFAULTS);
  }

  /** Skipping with these settings. */
  public SkipStep(Settings settings) {
    this.settings = Check.given("settings", settings);
    norms = new Window(settings.window);
    losses = new Window(settings.window);
  }

  /** Returns the same loss, which from now on tells this of each value that it computes. */
  public BinaryOperator<Tensor> watching(BinaryOperator<Tensor> loss) {
    Check.given("loss", loss);
    return (predictions, targets) -> {
      Tensor value = loss.apply(predictions, targets);
      loss(value.item());
      return value;
    };
  }

  /** Tells the loss of the next gradients; of several the last one counts. */
  public void loss(double value) {
    loss = OptionalDouble.of(value);
  }

  @Override
  public Gradients apply(Gradients gradients) {
    OptionalDouble present = loss;
    loss = OptionalDouble.empty();
    if (gradients.isEmpty()) {
      return gradients;
    }
    double norm = gradients.norm();
    if (!Double.isFinite(norm) || !Double.isFinite(present.orElse(0))) {
      return Gradients.none();
    }
    boolean unusual = norms.unusual(norm);
    if (present.isPresent()) {
      unusual |= losses.unusual(present.getAsDouble());
    }
    return unusual ? Gradients.none() : gradients;
  }

  /** Returns four tensors: norms and losses, and how many of each there were. */
  @Override
  public List<Tensor> save() {
    return List.of(
        Tensor.vector(norms.values),
        Tensor.scalar((double) norms.count),
        Tensor.vector(losses.values),
        Tensor.scalar((double) losses.count));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public void restore(List<Tensor> saved) {
    Check.saved("SkipStep", saved, settings.window, 1, settings.window, 1);
    norms.restore(saved.get(0), saved.get(1));
    losses.restore(saved.get(2), saved.get(3));
  }

  /** The last values, in a ring. */
  private final class Window {
    private final double[] values;
    private long count;

    Window(int size) {
      values = new double[size];
    }

    /** Compares a value with those before it, and takes it in. */
    boolean unusual(double value) {
      int filled = (int) Math.min(count, values.length);
      boolean unusual =
          filled >= Math.max(2, values.length / 2)
              && value - mean(filled) > settings.deviations * deviation(filled);
      values[(int) (count++ % values.length)] = value;
      return unusual;
    }

    /** Measured from one of them: of equal values it is exactly their own. */
    private double mean(int filled) {
      double sum = 0;
      for (int i = 0; i < filled; i++) {
        sum += values[i] - values[0];
      }
      return values[0] + sum / filled;
    }

    private double deviation(int filled) {
      double mean = mean(filled);
      double sum = 0;
      for (int i = 0; i < filled; i++) {
        sum += (values[i] - mean) * (values[i] - mean);
      }
      return Math.sqrt(sum / (filled - 1));
    }

    void restore(Tensor saved, Tensor savedCount) {
      System.arraycopy(saved.toArray(), 0, values, 0, values.length);
      count = (long) savedCount.item();
    }
  }

  /**
   * What can be set when a SkipStep is made.
   *
   * @param window the number of steps to compare with, at least 2; half of them must be there
   * @param deviations the standard deviations over the mean from which on a step is skipped,
   *     positive and finite
   */
  public record Settings(int window, double deviations) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      if (window < 2) {
        throw new IllegalArgumentException("skip-step window: must be at least 2, got " + window);
      }
      Check.positive("skip-step deviations", deviations);
    }

    /** Returns these settings with another number of steps. */
    public Settings withWindow(int steps) {
      return new Settings(steps, deviations);
    }

    /** Returns these settings with another number of standard deviations. */
    public Settings withDeviations(double deviations) {
      return new Settings(window, deviations);
    }
  }
}
