package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Parameter;

/**
 * RMSProp: v ← α·v + (1 − α)·g², w ← w − η·g / (√v + ε); with momentum the fraction goes through b
 * ← μ·b + fraction first.
 *
 * <p>Source: Tieleman and Hinton 2012, Coursera lecture 6.5; the details are PyTorch's.
 */
public final class RmsProp extends Optimizer {

  /** PyTorch's: α = 0.99, ε = 1e−8, no momentum, no weight decay. */
  public static final Settings DEFAULTS = new Settings(0.99, 1e-8, 0, WeightDecay.NONE);

  private final Settings settings;

  /** RMSProp with the learning rate η = 0.01. */
  public RmsProp(List<Parameter> parameters) {
    this(parameters, 1e-2);
  }

  /** RMSProp with a constant learning rate η. */
  public RmsProp(List<Parameter> parameters, double learningRate) {
    this(parameters, learningRate, DEFAULTS);
  }

  /** RMSProp with a learning rate that follows a schedule. */
  public RmsProp(List<Parameter> parameters, Schedule schedule) {
    this(parameters, schedule, DEFAULTS);
  }

  /** RMSProp with a constant learning rate η and these settings. */
  public RmsProp(List<Parameter> parameters, double learningRate, Settings settings) {
    this(parameters, Schedule.constant(learningRate), settings);
  }

  /** RMSProp with a learning rate that follows a schedule, and these settings. */
  public RmsProp(List<Parameter> parameters, Schedule schedule, Settings settings) {
    super(parameters, schedule, Check.given("settings", settings).weightDecay, "v", "momentum");
    this.settings = settings;
  }

  /** Returns the settings. */
  public Settings settings() {
    return settings;
  }

  @Override
  protected void update(Slot slot, double[] w, double[] g, int from, int to) {
    double rate = slot.learningRate();
    double alpha = settings.alpha;
    double epsilon = settings.epsilon;
    double momentum = settings.momentum;
    double[] v = slot.array(0);
    double[] b = slot.array(1);
    for (int i = from; i < to; i++) {
      v[i] = alpha * v[i] + (1 - alpha) * g[i] * g[i];
      b[i] = momentum * b[i] + g[i] / (Math.sqrt(v[i]) + epsilon);
      w[i] -= rate * b[i];
    }
  }

  /** Returns P = √v + ε. */
  @Override
  public double[] preconditioner(int k) {
    return Arrays.stream(slot(k).array(0)).map(v -> Math.sqrt(v) + settings.epsilon).toArray();
  }

  /** Returns 2 + 2·μ. */
  @Override
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.of(2 + 2 * settings.momentum);
  }

  /**
   * What can be set when an RmsProp is made.
   *
   * @param alpha α, the decay rate of the squared gradient, in [0, 1)
   * @param epsilon ε, finite and not negative
   * @param momentum μ, in [0, 1)
   * @param weightDecay the weight decay
   */
  public record Settings(double alpha, double epsilon, double momentum, WeightDecay weightDecay) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      Check.given("weightDecay", weightDecay);
      Check.decay("alpha", alpha);
      Check.rate("epsilon", epsilon);
      Check.decay("momentum", momentum);
    }

    /** Returns these settings with another decay rate α of the squared gradient. */
    public Settings withAlpha(double alpha) {
      return new Settings(alpha, epsilon, momentum, weightDecay);
    }

    /** Returns these settings with another ε. */
    public Settings withEpsilon(double epsilon) {
      return new Settings(alpha, epsilon, momentum, weightDecay);
    }

    /** Returns these settings with another momentum μ. */
    public Settings withMomentum(double mu) {
      return new Settings(alpha, epsilon, mu, weightDecay);
    }

    /** Returns these settings with the weight decay λ in the gradient, g ← g + λ·w. */
    public Settings withWeightDecay(double lambda) {
      return new Settings(alpha, epsilon, momentum, WeightDecay.inGradient(lambda));
    }
  }
}
