package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Parameter;

/**
 * AdaGrad: s ← s + g², w ← w − η·g / (√s + ε).
 *
 * <p>Source: Duchi, Hazan and Singer 2011, the diagonal form of Algorithm 1; ε as in PyTorch.
 */
public final class AdaGrad extends Optimizer {

  /** PyTorch's: ε = 1e−10, no weight decay. */
  public static final Settings DEFAULTS = new Settings(1e-10, WeightDecay.NONE);

  private final Settings settings;

  /**
   * AdaGrad with the learning rate η = 0.01.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public AdaGrad(List<Parameter> parameters) {
    this(parameters, 1e-2);
  }

  /**
   * AdaGrad with a constant learning rate η.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public AdaGrad(List<Parameter> parameters, double learningRate) {
    this(parameters, learningRate, DEFAULTS);
  }

  /**
   * AdaGrad with a learning rate that follows a schedule.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public AdaGrad(List<Parameter> parameters, Schedule schedule) {
    this(parameters, schedule, DEFAULTS);
  }

  /**
   * AdaGrad with a constant learning rate η and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public AdaGrad(List<Parameter> parameters, double learningRate, Settings settings) {
    this(parameters, Schedule.constant(learningRate), settings);
  }

  /**
   * AdaGrad with a learning rate that follows a schedule, and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public AdaGrad(List<Parameter> parameters, Schedule schedule, Settings settings) {
    super(parameters, schedule, Check.given("settings", settings).weightDecay, "sum");
    this.settings = settings;
  }

  /** Returns the settings. */
  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  protected void update(Slot slot, double[] w, double[] g, int from, int to) {
    double rate = slot.learningRate();
    double epsilon = settings.epsilon;
    double[] s = slot.array(0);
    for (int i = from; i < to; i++) {
      s[i] += g[i] * g[i];
      w[i] -= rate * g[i] / (Math.sqrt(s[i]) + epsilon);
    }
  }

  /** Returns P = √s + ε. */
  @Override
  public double[] preconditioner(int k) {
    return Arrays.stream(slot(k).array(0)).map(s -> Math.sqrt(s) + settings.epsilon).toArray();
  }

  /** Returns 2. */
  @Override
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.of(2);
  }

  /**
   * What can be set when an AdaGrad is made.
   *
   * @param epsilon ε, finite and not negative
   * @param weightDecay the weight decay
   */
  public record Settings(double epsilon, WeightDecay weightDecay) {

    /**
     * Checks ε.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Settings {
      Check.given("weightDecay", weightDecay);
      Check.rate("epsilon", epsilon);
    }

    /** Returns these settings with another ε. */
    public Settings withEpsilon(double epsilon) {
      return new Settings(epsilon, weightDecay);
    }

    /** Returns these settings with the weight decay λ in the gradient, g ← g + λ·w. */
    public Settings withWeightDecay(double lambda) {
      return new Settings(epsilon, WeightDecay.inGradient(lambda));
    }
  }
}
