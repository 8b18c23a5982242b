package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Parameter;

/**
 * Adam: each weight steps by its mean gradient over the root of its mean squared gradient.
 *
 * <pre>
 * m ← β₁·m + (1 − β₁)·g             first moment
 * v ← β₂·v + (1 − β₂)·g²            second moment
 * m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)   bias correction
 * w ← w − η · m̂ / (√v̂ + ε)
 * </pre>
 *
 * <p>Now and then an m below 1e−290 is set to 0, where the gradient is 0.
 *
 * <p>Sources: Kingma and Ba 2015, Algorithm 1; AMSGrad: Reddi et al. 2018, Algorithm 2, with
 * PyTorch's bias correction; decoupled weight decay (AdamW): Loshchilov and Hutter 2019, Algorithm
 * 2; update clipping (StableAdamW): Wortsman et al. 2023, Algorithm 2.
 *
 * <p>In PyTorch: {@index optim.AdamW}, {@index amsgrad}.
 */
public final class Adam extends Optimizer {

  /** PyTorch's: β₁ = 0.9, β₂ = 0.999, ε = 1e−8, and nothing else. */
  public static final Settings DEFAULTS =
      new Settings(0.9, 0.999, 1e-8, WeightDecay.NONE, SecondMoment.NEWEST, OptionalDouble.empty());

  /** Which v a step is divided by the root of. */
  public enum SecondMoment {
    /** The newest. */
    NEWEST,

    /** The largest so far, which never falls: AMSGrad. */
    LARGEST
  }

  private final Settings settings;

  /** Those of the newest t: the parameters mostly share it. */
  private Correction correction;

  /**
   * Adam with the learning rate η = 0.001.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public Adam(List<Parameter> parameters) {
    this(parameters, 1e-3);
  }

  /**
   * Adam with a constant learning rate η.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public Adam(List<Parameter> parameters, double learningRate) {
    this(parameters, learningRate, DEFAULTS);
  }

  /**
   * Adam with a learning rate that follows a schedule.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public Adam(List<Parameter> parameters, Schedule schedule) {
    this(parameters, schedule, DEFAULTS);
  }

  /**
   * Adam with a constant learning rate η and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice; or
   *     the rate is negative or not finite
   */
  public Adam(List<Parameter> parameters, double learningRate, Settings settings) {
    this(parameters, Schedule.constant(learningRate), settings);
  }

  /**
   * Adam with a learning rate that follows a schedule, and these settings.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  public Adam(List<Parameter> parameters, Schedule schedule, Settings settings) {
    super(parameters, schedule, Check.given("settings", settings).weightDecay, arrays(settings));
    this.settings = settings;
    this.correction = new Correction(0, settings);
  }

  private static String[] arrays(Settings settings) {
    return settings.secondMoment == SecondMoment.LARGEST
        ? new String[] {"m", "v", "largest v"}
        : new String[] {"m", "v"};
  }

  /** Returns the settings. */
  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  protected void update(Slot slot, double[] w, double[] g, int from, int to) {
    slot.forget(slot.array(0), g, from, to);
    apply(correction(slot.updates()), slot, w, g, from, to);
  }

  /** A method of its own: in the midst of another one JDK 25 does not always vectorize the loop. */
  private void apply(Correction correction, Slot slot, double[] w, double[] g, int from, int to) {
    double beta1 = settings.beta1;
    double beta2 = settings.beta2;
    double[] m = slot.array(0);
    double[] v = slot.array(1);
    // As divisor(slot), but the compiler must see that it is v, or it may not vectorize the loop.
    double[] divisor = settings.secondMoment == SecondMoment.LARGEST ? slot.array(2) : v;
    // With √(1 − β₂ᵗ) drawn out of the fraction only one division is left for each weight.
    double rate = slot.learningRate() * correction.rootSecond / correction.first;
    double scaledEpsilon = settings.epsilon * correction.rootSecond;
    for (int i = from; i < to; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = secondMoment(beta2, v[i], g[i]);
      divisor[i] = Math.max(divisor[i], v[i]);
      w[i] -= rate * m[i] / (Math.sqrt(divisor[i]) + scaledEpsilon);
    }
  }

  private static double secondMoment(double beta2, double v, double g) {
    return beta2 * v + (1 - beta2) * g * g;
  }

  /** The v that is divided by; without AMSGrad it is v itself. */
  private double[] divisor(Slot slot) {
    return slot.array(settings.secondMoment == SecondMoment.LARGEST ? 2 : 1);
  }

  /** What a moment lacks after t updates, since it started at 0: 1 − βᵗ. */
  private static final class Correction {
    private final long t;
    private final double first;
    private final double second;
    private final double rootSecond;

    Correction(long t, Settings settings) {
      this.t = t;
      this.first = 1 - StrictMath.pow(settings.beta1, (double) t);
      this.second = 1 - StrictMath.pow(settings.beta2, (double) t);
      this.rootSecond = Math.sqrt(second);
    }
  }

  /** Computes it once for each t; should two threads do it at once, both get the same. */
  private Correction correction(long t) {
    Correction known = correction;
    if (known.t != t) {
      known = new Correction(t, settings);
      correction = known;
    }
    return known;
  }

  /** With update clipping, η / max(1, RMS / limit). */
  @Override
  protected double learningRate(Slot slot, double[] g) {
    double rate = slot.learningRate();
    return settings.updateLimit.isEmpty()
        ? rate
        : rate / Math.max(1, rms(slot, g) / settings.updateLimit.getAsDouble());
  }

  /** √(mean of g² / max(v̂, ε²)), with the v̂ that this gradient makes. */
  private double rms(Slot slot, double[] g) {
    double[] v = slot.array(1);
    double[] divisor = divisor(slot);
    double correction = correction(slot.updates()).second;
    double least = settings.epsilon * settings.epsilon;
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      double next = secondMoment(settings.beta2, v[i], g[i]);
      double largest = divisor == v ? next : Math.max(divisor[i], next);
      double ratio = g[i] * g[i] / Math.max(largest / correction, least);
      // 0/0 and ∞/∞: no step is taken there.
      sum += Double.isNaN(ratio) && !Double.isNaN(g[i]) ? 0 : ratio;
    }
    return v.length == 0 ? 0 : Math.sqrt(sum / v.length);
  }

  /** Returns P = (1 − β₁ᵗ) · (√v̂ + ε), the bias correction of m included. */
  @Override
  public double[] preconditioner(int k) {
    Slot slot = slot(k);
    if (slot.updates() == 0) {
      return super.preconditioner(k);
    }
    Correction correction = correction(slot.updates());
    return Arrays.stream(divisor(slot))
        .map(v -> correction.first * (Math.sqrt(v) / correction.rootSecond + settings.epsilon))
        .toArray();
  }

  /**
   * Returns (2 + 2·β₁) / (1 − β₁), which is 38 for β₁ = 0.9.
   *
   * <p>Source: Cohen et al. 2022, "Adaptive gradient methods at the edge of stability", section 2.
   */
  @Override
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.of((2 + 2 * settings.beta1) / (1 - settings.beta1));
  }

  /**
   * What can be set when an Adam is made.
   *
   * @param beta1 β₁, the decay rate of the first moment, in [0, 1)
   * @param beta2 β₂, the decay rate of the second moment, in [0, 1)
   * @param epsilon ε, finite and not negative
   * @param weightDecay the weight decay
   * @param secondMoment the v that is divided by
   * @param updateLimit the limit of update clipping, positive and finite; empty without
   */
  public record Settings(
      double beta1,
      double beta2,
      double epsilon,
      WeightDecay weightDecay,
      SecondMoment secondMoment,
      OptionalDouble updateLimit) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      Check.given("weightDecay", weightDecay);
      Check.given("secondMoment", secondMoment);
      Check.given("updateLimit", updateLimit);
      Check.decay("beta1", beta1);
      Check.decay("beta2", beta2);
      Check.rate("epsilon", epsilon);
      updateLimit.ifPresent(limit -> Check.positive("update limit", limit));
    }

    /** Returns these settings with other decay rates of the moments. */
    public Settings withBetas(double beta1, double beta2) {
      return new Settings(beta1, beta2, epsilon, weightDecay, secondMoment, updateLimit);
    }

    /** Returns these settings with another ε. */
    public Settings withEpsilon(double epsilon) {
      return new Settings(beta1, beta2, epsilon, weightDecay, secondMoment, updateLimit);
    }

    /** Returns these settings with the weight decay λ in the gradient, g ← g + λ·w. */
    public Settings withWeightDecay(double lambda) {
      return with(WeightDecay.inGradient(lambda));
    }

    /** Returns these settings with the decay λ beside the gradient, w ← w − η·λ·w: AdamW. */
    public Settings withDecoupledWeightDecay(double lambda) {
      return with(WeightDecay.decoupled(lambda));
    }

    private Settings with(WeightDecay decay) {
      return new Settings(beta1, beta2, epsilon, decay, secondMoment, updateLimit);
    }

    /** Returns these settings with the largest v so far, which never falls, in place of v. */
    public Settings withAmsgrad() {
      return new Settings(beta1, beta2, epsilon, weightDecay, SecondMoment.LARGEST, updateLimit);
    }

    /**
     * Returns these settings with updates clipped as StableAdamW does, with the limit 1.
     *
     * @see #withClippedUpdates(double)
     */
    public Settings withClippedUpdates() {
      return withClippedUpdates(1);
    }

    /**
     * Returns these settings with the learning rate of each parameter lowered on its own when its
     * gradient has outgrown v, η ← η / max(1, RMS / limit) with RMS = √(mean of g² / max(v̂, ε²)).
     *
     * <p>v remembers 1 / (1 − β₂) steps, a thousand by default: after a long calm it is too small
     * for a sudden gradient, and the step is too long. RMS is about 1 when v is right.
     *
     * <p>Source: Wortsman et al. 2023, Algorithm 2, after Adafactor (Shazeer and Stern 2018,
     * section 6), where the limit is 1.
     *
     * @throws IllegalArgumentException if the limit is not positive and finite
     */
    public Settings withClippedUpdates(double limit) {
      return new Settings(
          beta1, beta2, epsilon, weightDecay, secondMoment, OptionalDouble.of(limit));
    }
  }
}
