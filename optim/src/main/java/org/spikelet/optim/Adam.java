package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Elementwise;
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
 * <p>Sources: Kingma and Ba 2015, Algorithm 1; AMSGrad: Reddi et al. 2018, Algorithm 2, with
 * PyTorch's bias correction; decoupled weight decay (AdamW): Loshchilov and Hutter 2019, Algorithm
 * 2; update clipping (StableAdamW): Wortsman et al. 2023, Algorithm 2.
 */
public final class Adam extends Optimizer {

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-8;
  private double weightDecay;
  private boolean decoupled;
  private boolean amsgrad;
  private double updateLimit = Double.POSITIVE_INFINITY;

  /** Adam with the learning rate η = 0.001. */
  public Adam(List<Parameter> parameters) {
    this(parameters, 1e-3);
  }

  /** Adam with a constant learning rate η. */
  public Adam(List<Parameter> parameters, double learningRate) {
    this(parameters, Schedule.constant(learningRate));
  }

  /** Adam with a learning rate that follows a schedule. */
  public Adam(List<Parameter> parameters, Schedule schedule) {
    super(parameters, schedule);
  }

  /**
   * Sets the decay rates of the moments, 0.9 and 0.999 by default, and returns this.
   *
   * @throws IllegalArgumentException if one is not in [0, 1)
   */
  public Adam betas(double beta1, double beta2) {
    this.beta1 = Check.decay("beta1", beta1);
    this.beta2 = Check.decay("beta2", beta2);
    return this;
  }

  /** Sets ε, 1e−8 by default, and returns this. */
  public Adam epsilon(double epsilon) {
    this.epsilon = Check.rate("epsilon", epsilon);
    return this;
  }

  /** Sets the weight decay λ in the gradient, g ← g + λ·w, and returns this. */
  public Adam weightDecay(double weightDecay) {
    this.weightDecay = Check.rate("weight decay", weightDecay);
    decoupled = false;
    return this;
  }

  /** Sets the weight decay λ beside the gradient, w ← w − η·λ·w, as in AdamW, and returns this. */
  public Adam decoupledWeightDecay(double weightDecay) {
    this.weightDecay = Check.rate("weight decay", weightDecay);
    decoupled = true;
    return this;
  }

  /** Divides by the root of the largest v so far, which never falls, and returns this. */
  public Adam amsgrad() {
    amsgrad = true;
    return this;
  }

  /**
   * Limits the update of each parameter as StableAdamW does, with the limit 1, and returns this.
   *
   * @see #clipUpdates(double)
   */
  public Adam clipUpdates() {
    return clipUpdates(1);
  }

  /**
   * Lowers the learning rate of each parameter on its own when its gradient has outgrown v, η ← η /
   * max(1, RMS / limit) with RMS = √(mean of g² / max(v̂, ε²)), and returns this.
   *
   * <p>v remembers 1 / (1 − β₂) steps, a thousand by default: after a long calm it is too small for
   * a sudden gradient, and the step is too long. RMS is about 1 when v is right.
   *
   * <p>Source: Wortsman et al. 2023, Algorithm 2, after Adafactor (Shazeer and Stern 2018, section
   * 6), where the limit is 1.
   *
   * @throws IllegalArgumentException if the limit is not positive and finite
   */
  public Adam clipUpdates(double limit) {
    updateLimit = Check.positive("update limit", limit);
    return this;
  }

  /** Returns an optimizer of the same parameters with the same settings, and no step taken. */
  public Adam copy() {
    Adam copy = new Adam(parameters(), schedule());
    copy.beta1 = beta1;
    copy.beta2 = beta2;
    copy.epsilon = epsilon;
    copy.weightDecay = weightDecay;
    copy.decoupled = decoupled;
    copy.amsgrad = amsgrad;
    copy.updateLimit = updateLimit;
    return copy;
  }

  /** Returns ε. */
  public double epsilon() {
    return epsilon;
  }

  /** Returns P = (1 − β₁ᵗ) · (√v̂ + ε), the bias correction of m included. */
  @Override
  public double[] preconditioner(int k) {
    double[] v = state(amsgrad ? "largest v" : "v")[k];
    double t = updates(k);
    double rootCorrection2 = Math.sqrt(1 - StrictMath.pow(beta2, t));
    double correction1 = 1 - StrictMath.pow(beta1, t);
    if (t == 0) {
      return super.preconditioner(k);
    }
    return Arrays.stream(v)
        .map(x -> correction1 * (Math.sqrt(x) / rootCorrection2 + epsilon))
        .toArray();
  }

  /**
   * Returns (2 + 2·β₁) / (1 − β₁), which is 38 for β₁ = 0.9.
   *
   * <p>Source: Cohen et al. 2022, "Adaptive gradient methods at the edge of stability", section 2.
   */
  @Override
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.of((2 + 2 * beta1) / (1 - beta1));
  }

  @Override
  protected void update(int k, long t, double learningRate, double[] w, double[] g) {
    double limited =
        updateLimit < Double.POSITIVE_INFINITY
            ? learningRate / Math.max(1, rms(k, t, w, g) / updateLimit)
            : learningRate;
    double[] m = state("m")[k];
    double[] v = state("v")[k];
    double[] divisor = amsgrad ? state("largest v")[k] : v;
    if (Elementwise.isLarge(w.length)) {
      Elementwise.run(w.length, (from, to) -> apply(t, limited, w, g, m, v, divisor, from, to));
    } else { // without a lambda: a step of a small net should allocate next to nothing
      apply(t, limited, w, g, m, v, divisor, 0, w.length);
    }
  }

  /** √(mean of g² / max(v̂, ε²)), with the v̂ that this gradient makes. */
  private double rms(int k, long t, double[] w, double[] g) {
    double[] v = state("v")[k];
    double[] divisor = amsgrad ? state("largest v")[k] : v;
    double inGradient = decoupled ? 0 : weightDecay;
    double correction2 = 1 - StrictMath.pow(beta2, (double) t);
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      double decayed = g[i] + inGradient * w[i];
      double next = beta2 * v[i] + (1 - beta2) * decayed * decayed;
      double largest = amsgrad ? Math.max(divisor[i], next) : next;
      sum += decayed * decayed / Math.max(largest / correction2, epsilon * epsilon);
    }
    return w.length == 0 ? 0 : Math.sqrt(sum / w.length);
  }

  private void apply(
      long t,
      double learningRate,
      double[] w,
      double[] g,
      double[] m,
      double[] v,
      double[] divisor,
      int from,
      int to) {
    double inGradient = decoupled ? 0 : weightDecay;
    double kept = decoupled ? 1 - learningRate * weightDecay : 1;
    double correction1 = 1 - StrictMath.pow(beta1, (double) t);
    double rootCorrection2 = Math.sqrt(1 - StrictMath.pow(beta2, (double) t));
    // With √(1 − β₂ᵗ) drawn out of the fraction only one division is left for each weight.
    double rate = learningRate * rootCorrection2 / correction1;
    double scaledEpsilon = epsilon * rootCorrection2;
    for (int i = from; i < to; i++) {
      double decayed = g[i] + inGradient * w[i];
      m[i] = beta1 * m[i] + (1 - beta1) * decayed;
      v[i] = beta2 * v[i] + (1 - beta2) * decayed * decayed;
      divisor[i] = Math.max(divisor[i], v[i]);
      w[i] = kept * w[i] - rate * m[i] / (Math.sqrt(divisor[i]) + scaledEpsilon);
    }
  }
}
