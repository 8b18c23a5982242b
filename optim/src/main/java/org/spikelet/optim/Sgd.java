package org.spikelet.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Parameter;

/**
 * Stochastic gradient descent, w ← w − η·g, optionally with momentum: b ← μ·b + g, w ← w − η·b.
 *
 * <p>Sources: Polyak 1964 (momentum); Sutskever et al. 2013 (Nesterov's form). The details are
 * PyTorch's: b starts as the first gradient, and the learning rate is not part of b.
 */
public final class Sgd extends Optimizer {

  private double momentum;
  private boolean nesterov;
  private double weightDecay;

  /** Plain descent with a constant learning rate η. */
  public Sgd(List<Parameter> parameters, double learningRate) {
    this(parameters, Schedule.constant(learningRate));
  }

  /** Plain descent with a learning rate that follows a schedule. */
  public Sgd(List<Parameter> parameters, Schedule schedule) {
    super(parameters, schedule);
  }

  /**
   * Sets the momentum μ, 0 by default, and returns this.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public Sgd momentum(double momentum) {
    this.momentum = Check.decay("momentum", momentum);
    return this;
  }

  /** Sets Nesterov momentum μ, w ← w − η·(g + μ·b), and returns this. */
  public Sgd nesterov(double momentum) {
    nesterov = true;
    return momentum(Check.positive("Nesterov momentum", momentum));
  }

  /** Sets the weight decay λ, g ← g + λ·w, 0 by default, and returns this. */
  public Sgd weightDecay(double weightDecay) {
    this.weightDecay = Check.rate("weight decay", weightDecay);
    return this;
  }

  @Override
  protected void update(int k, long t, double learningRate, double[] w, double[] g) {
    if (momentum == 0) {
      for (int i = 0; i < w.length; i++) {
        w[i] -= learningRate * (g[i] + weightDecay * w[i]);
      }
      return;
    }
    double[] b = state("momentum")[k];
    for (int i = 0; i < w.length; i++) {
      double decayed = g[i] + weightDecay * w[i];
      b[i] = momentum * b[i] + decayed;
      w[i] -= learningRate * (nesterov ? decayed + momentum * b[i] : b[i]);
    }
  }

  /** Returns 2 without momentum, 2 + 2·μ with it, and (2 + 2·μ) / (1 + 2·μ) in Nesterov's form. */
  @Override
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.of((2 + 2 * momentum) / (nesterov ? 1 + 2 * momentum : 1));
  }
}
