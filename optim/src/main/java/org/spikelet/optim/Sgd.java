package org.spikelet.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Parameter;

/**
 * Stochastic gradient descent, w ← w − η·g, optionally with momentum: b ← μ·b + g, w ← w − η·b.
 *
 * <p>Sources: Polyak 1964 (momentum); Sutskever et al. 2013 (Nesterov's form). The details are
 * PyTorch's: b starts as the first gradient, and the learning rate is not part of b. With dampening
 * τ, b ← μ·b + (1 − τ)·g. Now and then a b below 1e−290 is set to 0, where the gradient is 0.
 */
public final class Sgd extends Optimizer {

  /** Plain descent: no momentum, no weight decay. */
  public static final Settings DEFAULTS = new Settings(0, Momentum.HEAVY_BALL, 0, WeightDecay.NONE);

  /** What a step goes along. */
  public enum Momentum {
    /** What is remembered, b. */
    HEAVY_BALL,

    /** What is remembered with the gradient counted once more, g + μ·b. */
    NESTEROV
  }

  private final Settings settings;

  /**
   * Plain descent with a constant learning rate η.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public Sgd(List<Parameter> parameters, double learningRate) {
    this(parameters, learningRate, DEFAULTS);
  }

  /**
   * Plain descent with a learning rate that follows a schedule.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public Sgd(List<Parameter> parameters, Schedule schedule) {
    this(parameters, schedule, DEFAULTS);
  }

  /**
   * Descent with a constant learning rate η and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public Sgd(List<Parameter> parameters, double learningRate, Settings settings) {
    this(parameters, Schedule.constant(learningRate), settings);
  }

  /**
   * Descent with a learning rate that follows a schedule, and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public Sgd(List<Parameter> parameters, Schedule schedule, Settings settings) {
    super(
        parameters,
        schedule,
        Check.given("settings", settings).weightDecay,
        settings.momentum > 0 ? new String[] {"momentum"} : new String[0]);
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
    double momentum = settings.momentum;
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        w[i] -= rate * g[i];
      }
      return;
    }
    boolean nesterov = settings.form == Momentum.NESTEROV;
    double share = slot.updates() == 1 ? 1 : 1 - settings.dampening;
    double[] b = slot.array(0);
    slot.forget(b, g, from, to);
    for (int i = from; i < to; i++) {
      b[i] = momentum * b[i] + share * g[i];
      w[i] -= rate * (nesterov ? g[i] + momentum * b[i] : b[i]);
    }
  }

  /**
   * Returns 2 without momentum, (2 + 2·μ) / (1 − τ) with it, and (2 + 2·μ) / (1 + 2·μ) in
   * Nesterov's form.
   */
  @Override
  public OptionalDouble stabilityThreshold() {
    double mu = settings.momentum;
    double share = mu == 0 ? 1 : 1 - settings.dampening;
    return OptionalDouble.of(
        (2 + 2 * mu) / (settings.form == Momentum.NESTEROV ? 1 + 2 * mu : share));
  }

  /**
   * What can be set when an Sgd is made.
   *
   * @param momentum μ, in [0, 1); above 0 in Nesterov's form
   * @param form what a step with momentum goes along
   * @param dampening τ, in [0, 1); 0 without momentum, and in Nesterov's form
   * @param weightDecay the weight decay
   */
  public record Settings(
      double momentum, Momentum form, double dampening, WeightDecay weightDecay) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range, or dampening comes without plain
     *     momentum
     */
    public Settings {
      Check.given("form", form);
      Check.given("weightDecay", weightDecay);
      Check.decay("momentum", momentum);
      Check.decay("dampening", dampening);
      if (form == Momentum.NESTEROV) {
        Check.positive("Nesterov momentum", momentum);
      }
      if (dampening > 0 && (momentum == 0 || form == Momentum.NESTEROV)) {
        throw new IllegalArgumentException(
            "dampening: it belongs to momentum in its plain form; got "
                + dampening
                + (momentum == 0 ? " without momentum" : " in Nesterov's form"));
      }
    }

    /** Returns these settings with momentum μ, w ← w − η·b. */
    public Settings withMomentum(double mu) {
      return new Settings(mu, Momentum.HEAVY_BALL, 0, weightDecay);
    }

    /** Returns these settings with momentum μ and dampening τ, b ← μ·b + (1 − τ)·g. */
    public Settings withMomentum(double mu, double dampening) {
      return new Settings(mu, Momentum.HEAVY_BALL, dampening, weightDecay);
    }

    /** Returns these settings with Nesterov momentum μ, w ← w − η·(g + μ·b). */
    public Settings withNesterov(double mu) {
      return new Settings(mu, Momentum.NESTEROV, 0, weightDecay);
    }

    /** Returns these settings with the weight decay λ in the gradient, g ← g + λ·w. */
    public Settings withWeightDecay(double lambda) {
      return new Settings(momentum, form, dampening, WeightDecay.inGradient(lambda));
    }
  }
}
