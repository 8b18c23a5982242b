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

  private double epsilon = 1e-10;
  private double weightDecay;

  /** AdaGrad with the learning rate η = 0.01. */
  public AdaGrad(List<Parameter> parameters) {
    this(parameters, 1e-2);
  }

  /** AdaGrad with a constant learning rate η. */
  public AdaGrad(List<Parameter> parameters, double learningRate) {
    this(parameters, Schedule.constant(learningRate));
  }

  /** AdaGrad with a learning rate that follows a schedule. */
  public AdaGrad(List<Parameter> parameters, Schedule schedule) {
    super(parameters, schedule);
  }

  /**
   * Sets ε, 1e−10 by default, and returns this.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public AdaGrad epsilon(double epsilon) {
    this.epsilon = Check.rate("epsilon", epsilon);
    return this;
  }

  /** Sets the weight decay λ, g ← g + λ·w, 0 by default, and returns this. */
  public AdaGrad weightDecay(double weightDecay) {
    this.weightDecay = Check.rate("weight decay", weightDecay);
    return this;
  }

  @Override
  protected void update(int k, long t, double learningRate, double[] w, double[] g) {
    double[] s = state("sum")[k];
    for (int i = 0; i < w.length; i++) {
      double decayed = g[i] + weightDecay * w[i];
      s[i] += decayed * decayed;
      w[i] -= learningRate * decayed / (Math.sqrt(s[i]) + epsilon);
    }
  }

  /** Returns P = √s + ε. */
  @Override
  public double[] preconditioner(int k) {
    return Arrays.stream(state("sum")[k]).map(x -> Math.sqrt(x) + epsilon).toArray();
  }

  /** Returns 2. */
  @Override
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.of(2);
  }
}
