package org.spikelet.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Parameter;

/**
 * RMSProp: v ← α·v + (1 − α)·g², w ← w − η·g / (√v + ε); with momentum the fraction goes through b
 * ← μ·b + fraction first. Centered, √(v − m²) stands for √v, with m ← α·m + (1 − α)·g: Graves 2013,
 * equations 38 to 45. Now and then a b or m below 1e−290 is set to 0, where the gradient is 0.
 *
 * <p>Source: Tieleman and Hinton 2012, Coursera lecture 6.5; the details are PyTorch's.
 *
 * <p>In PyTorch: {@index optim.RMSprop}.
 */
public final class RmsProp extends Optimizer {

  /** PyTorch's: α = 0.99, ε = 1e−8, no momentum, no weight decay. */
  public static final Settings DEFAULTS =
      new Settings(0.99, 1e-8, 0, Moment.SECOND, WeightDecay.NONE);

  /** What the gradient is divided by the root of. */
  public enum Moment {
    /** The average square, v. */
    SECOND,

    /** The variance, v − m². */
    CENTERED
  }

  private final Settings settings;

  /**
   * RMSProp with the learning rate η = 0.01.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public RmsProp(List<Parameter> parameters) {
    this(parameters, 1e-2);
  }

  /**
   * RMSProp with a constant learning rate η.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public RmsProp(List<Parameter> parameters, double learningRate) {
    this(parameters, learningRate, DEFAULTS);
  }

  /**
   * RMSProp with a learning rate that follows a schedule.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public RmsProp(List<Parameter> parameters, Schedule schedule) {
    this(parameters, schedule, DEFAULTS);
  }

  /**
   * RMSProp with a constant learning rate η and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public RmsProp(List<Parameter> parameters, double learningRate, Settings settings) {
    this(parameters, Schedule.constant(learningRate), settings);
  }

  /**
   * RMSProp with a learning rate that follows a schedule, and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public RmsProp(List<Parameter> parameters, Schedule schedule, Settings settings) {
    super(parameters, schedule, Check.given("settings", settings).weightDecay, arrays(settings));
    this.settings = settings;
  }

  private static String[] arrays(Settings settings) {
    return settings.moment == Moment.CENTERED
        ? new String[] {"v", "momentum", "mean"}
        : new String[] {"v", "momentum"};
  }

  /** Returns the settings. */
  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  protected void update(Slot slot, double[] w, double[] g, int from, int to) {
    slot.forget(slot.array(1), g, from, to);
    if (settings.moment == Moment.CENTERED) {
      centered(slot, w, g, from, to);
      return;
    }
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

  private void centered(Slot slot, double[] w, double[] g, int from, int to) {
    double rate = slot.learningRate();
    double alpha = settings.alpha;
    double epsilon = settings.epsilon;
    double momentum = settings.momentum;
    double[] v = slot.array(0);
    double[] b = slot.array(1);
    double[] m = slot.array(2);
    slot.forget(m, g, from, to);
    for (int i = from; i < to; i++) {
      v[i] = alpha * v[i] + (1 - alpha) * g[i] * g[i];
      m[i] = alpha * m[i] + (1 - alpha) * g[i];
      b[i] = momentum * b[i] + g[i] / (deviation(v[i], m[i]) + epsilon);
      w[i] -= rate * b[i];
    }
  }

  /** √(v − m²), which rounding may leave below 0. */
  private static double deviation(double v, double m) {
    return Math.sqrt(Math.max(0, v - m * m));
  }

  /** Returns P = √v + ε, or √(v − m²) + ε. */
  @Override
  public double[] preconditioner(int k) {
    double[] v = slot(k).array(0);
    double[] p = new double[v.length];
    for (int i = 0; i < p.length; i++) {
      double m = settings.moment == Moment.CENTERED ? slot(k).array(2)[i] : 0;
      p[i] = deviation(v[i], m) + settings.epsilon;
    }
    return p;
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
   * @param moment what the gradient is divided by the root of
   * @param weightDecay the weight decay
   */
  public record Settings(
      double alpha, double epsilon, double momentum, Moment moment, WeightDecay weightDecay) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      Check.given("moment", moment);
      Check.given("weightDecay", weightDecay);
      Check.decay("alpha", alpha);
      Check.rate("epsilon", epsilon);
      Check.decay("momentum", momentum);
    }

    /** Returns these settings with another decay rate α of the squared gradient. */
    public Settings withAlpha(double alpha) {
      return new Settings(alpha, epsilon, momentum, moment, weightDecay);
    }

    /** Returns these settings with another ε. */
    public Settings withEpsilon(double epsilon) {
      return new Settings(alpha, epsilon, momentum, moment, weightDecay);
    }

    /** Returns these settings with another momentum μ. */
    public Settings withMomentum(double mu) {
      return new Settings(alpha, epsilon, mu, moment, weightDecay);
    }

    /** Returns these settings with the variance, v − m², in the place of v. */
    public Settings withCentering() {
      return new Settings(alpha, epsilon, momentum, Moment.CENTERED, weightDecay);
    }

    /** Returns these settings with the weight decay λ in the gradient, g ← g + λ·w. */
    public Settings withWeightDecay(double lambda) {
      return new Settings(alpha, epsilon, momentum, moment, WeightDecay.inGradient(lambda));
    }
  }
}
