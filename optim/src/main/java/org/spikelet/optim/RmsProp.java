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

  private double alpha = 0.99;
  private double epsilon = 1e-8;
  private double momentum;
  private double weightDecay;

  /** RMSProp with the learning rate η = 0.01. */
  public RmsProp(List<Parameter> parameters) {
    this(parameters, 1e-2);
  }

  /** RMSProp with a constant learning rate η. */
  public RmsProp(List<Parameter> parameters, double learningRate) {
    this(parameters, Schedule.constant(learningRate));
  }

  /** RMSProp with a learning rate that follows a schedule. */
  public RmsProp(List<Parameter> parameters, Schedule schedule) {
    super(parameters, schedule);
  }

  /**
   * Sets the decay rate α of the squared gradient, 0.99 by default, and returns this.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public RmsProp alpha(double alpha) {
    this.alpha = Check.decay("alpha", alpha);
    return this;
  }

  /** Sets ε, 1e−8 by default, and returns this. */
  public RmsProp epsilon(double epsilon) {
    this.epsilon = Check.rate("epsilon", epsilon);
    return this;
  }

  /** Sets the momentum μ, 0 by default, and returns this. */
  public RmsProp momentum(double momentum) {
    this.momentum = Check.decay("momentum", momentum);
    return this;
  }

  /** Sets the weight decay λ, g ← g + λ·w, 0 by default, and returns this. */
  public RmsProp weightDecay(double weightDecay) {
    this.weightDecay = Check.rate("weight decay", weightDecay);
    return this;
  }

  @Override
  protected void update(int k, long t, double learningRate, double[] w, double[] g) {
    double[] v = state("v")[k];
    double[] b = state("momentum")[k];
    for (int i = 0; i < w.length; i++) {
      double decayed = g[i] + weightDecay * w[i];
      v[i] = alpha * v[i] + (1 - alpha) * decayed * decayed;
      b[i] = momentum * b[i] + decayed / (Math.sqrt(v[i]) + epsilon);
      w[i] -= learningRate * b[i];
    }
  }

  /** Returns P = √v + ε. */
  @Override
  public double[] preconditioner(int k) {
    return Arrays.stream(state("v")[k]).map(x -> Math.sqrt(x) + epsilon).toArray();
  }

  /** Returns 2 + 2·μ. */
  @Override
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.of(2 + 2 * momentum);
  }
}
