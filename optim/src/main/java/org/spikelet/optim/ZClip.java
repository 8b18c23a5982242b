package org.spikelet.optim;

import java.util.List;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tensor;

/**
 * ZClip: shortens gradients whose global norm is unusually large for this training.
 *
 * <p>With n the norm √(Σ g²), and μ and σ² running means of n and of its squared deviation:
 *
 * <pre>
 * z = (n − μ) / (σ + ε)
 * n* = μ + σ · z₀² / z   if z &gt; z₀, else n
 * g ← g · n* / n
 * μ ← α·μ + (1 − α)·n*
 * σ² ← α·σ² + (1 − α)·(n* − μ)²    with the new μ
 * </pre>
 *
 * <p>So a norm at z₀ deviations is cut to z₀, and one at 2·z₀ to z₀/2: the further out, the
 * shorter. The first steps (25) are not clipped; μ and σ² become their mean and their variance.
 *
 * <p>ε is absolute: norms far below it are never clipped. After a warm-up of equal norms σ is 0,
 * and no norm passes μ until a smaller one has come.
 *
 * <p>It throws an {@link ArithmeticException} if the norm is not finite, with what is remembered as
 * it was. Gradients of nothing stay so, and are not counted.
 *
 * <p>Source: Kumar, Owen, Chowdhury and Güra 2025, "ZClip: Adaptive Spike Mitigation for LLM
 * Pre-Training", arXiv 2504.02507; where the text leaves a choice (the warm-up, ε, the new μ in
 * σ²), as in the authors' code.
 */
public final class ZClip implements GradientTransformation {

  /** The paper's: z₀ = 2.5, α = 0.97; and a warm-up of 25 steps, ε = 1e−6. */
  public static final Settings DEFAULTS = new Settings(2.5, 0.97, 25, 1e-6);

  private final Settings settings;
  private double mean;
  private double variance;
  private long warmedUp;

  /** ZClip with the paper's settings. */
  public ZClip() {
    this(DEFAULTS);
  }

  /** ZClip with these settings. */
  public ZClip(Settings settings) {
    this.settings = Check.given("settings", settings);
  }

  @Override
  public Gradients apply(Gradients gradients) {
    if (gradients.isEmpty()) {
      return gradients;
    }
    double norm = Clipping.finiteNorm("zclip", gradients);
    if (warmedUp < settings.warmUp) {
      warmUp(norm);
      return gradients;
    }
    double clipped = clipped(norm);
    mean = settings.alpha * mean + (1 - settings.alpha) * clipped;
    double deviation = clipped - mean;
    variance = settings.alpha * variance + (1 - settings.alpha) * deviation * deviation;
    return clipped < norm ? gradients.scale(clipped / norm) : gradients;
  }

  /** Mean and variance of the norms so far: Welford 1962. */
  private void warmUp(double norm) {
    double steps = (double) ++warmedUp;
    double before = norm - mean;
    mean += before / steps;
    variance += (before * (norm - mean) - variance) / steps;
  }

  private double clipped(double norm) {
    double deviation = Math.sqrt(variance);
    double z = (norm - mean) / (deviation + settings.epsilon);
    return z > settings.threshold
        ? mean + deviation * settings.threshold * (settings.threshold / z)
        : norm;
  }

  /** Returns one tensor: μ, σ², and how many steps of the warm-up are over. */
  @Override
  public List<Tensor> save() {
    return List.of(Tensor.vector(mean, variance, (double) warmedUp));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public void restore(List<Tensor> saved) {
    Check.saved("ZClip", saved, 3);
    Tensor state = saved.get(0);
    mean = state.get(0);
    variance = state.get(1);
    warmedUp = (long) state.get(2);
  }

  /**
   * What can be set when a ZClip is made.
   *
   * @param threshold z₀, the deviations from which on a norm is clipped, positive and finite
   * @param alpha α, the decay rate of the mean and the variance, in [0, 1)
   * @param warmUp the steps that are not clipped, at least 1
   * @param epsilon ε, finite and not negative
   */
  public record Settings(double threshold, double alpha, long warmUp, double epsilon) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      Check.positive("zclip threshold", threshold);
      Check.decay("zclip alpha", alpha);
      Check.count("zclip warm-up", warmUp);
      Check.rate("zclip epsilon", epsilon);
    }

    /** Returns these settings with another z₀. */
    public Settings withThreshold(double threshold) {
      return new Settings(threshold, alpha, warmUp, epsilon);
    }

    /** Returns these settings with another α. */
    public Settings withAlpha(double alpha) {
      return new Settings(threshold, alpha, warmUp, epsilon);
    }

    /** Returns these settings with another warm-up, in steps. */
    public Settings withWarmUp(long steps) {
      return new Settings(threshold, alpha, steps, epsilon);
    }

    /** Returns these settings with another ε. */
    public Settings withEpsilon(double epsilon) {
      return new Settings(threshold, alpha, warmUp, epsilon);
    }
  }
}
