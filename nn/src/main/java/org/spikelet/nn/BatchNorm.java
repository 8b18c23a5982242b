package org.spikelet.nn;

import java.util.List;
import java.util.Objects;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * Batch normalization, y = (x − μ) / √(σ² + ε) · weight + bias, for each feature.
 *
 * <p>x and y: batch × features; all else: features. In training μ and σ² are the batch's mean and
 * (biased, ÷n) variance, and each forward modifies the running statistics, with m the momentum:
 *
 * <pre>
 * runningMean     ← (1 − m) · runningMean     + m · μ
 * runningVariance ← (1 − m) · runningVariance + m · σ² · n / (n − 1)
 * </pre>
 *
 * <p>In evaluation the running statistics take the place of μ and σ². Ioffe and Szegedy 2015,
 * algorithm 1; the statistics, and the defaults ε = 1e−5 and m = 0.1, are PyTorch's.
 *
 * <p>In PyTorch: {@index nn.BatchNorm1d}.
 */
public final class BatchNorm implements Module {

  /** PyTorch's: ε = 1e−5, momentum 0.1. */
  public static final Settings DEFAULTS = new Settings(1e-5, 0.1);

  private final Settings settings;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private boolean training = true;

  private BatchNorm(int features, Settings settings) {
    Shape shape = Shape.of(features);
    this.settings = Objects.requireNonNull(settings, "BatchNorm: settings must not be null");
    this.weight = Parameter.of("weight", Tensor.ones(shape));
    this.bias = Parameter.of("bias", Tensor.zeros(shape));
    this.runningMean = Parameter.frozen("runningMean", Tensor.zeros(shape));
    this.runningVariance = Parameter.frozen("runningVariance", Tensor.ones(shape));
  }

  /**
   * Returns a layer for this many features.
   *
   * @throws IllegalArgumentException if there is less than 1
   */
  public static BatchNorm of(int features) {
    return of(features, DEFAULTS);
  }

  /**
   * Returns a layer for this many features, with these settings.
   *
   * @throws IllegalArgumentException if there is less than 1
   */
  public static BatchNorm of(int features, Settings settings) {
    Features.check("BatchNorm", features);
    return new BatchNorm(features, settings);
  }

  /**
   * Normalizes the rows; in training, modifies the running statistics.
   *
   * @throws IllegalArgumentException if x is not batch × features, or has less than two rows in
   *     training
   */
  @Override
  public Tensor forward(Tensor x) {
    checkShape(x.shape());
    if (!training) {
      Tensor scale = scale(runningVariance);
      // A constant, for a forward in training may follow on the same tape, and change it.
      return x.sub(runningMean.detach()).mul(scale).add(bias);
    }
    Tensor mean = x.mean(0);
    Tensor centred = x.sub(mean);
    Tensor variance = centred.square().mean(0);
    double n = x.shape().dimension(0);
    follow(runningMean, mean);
    follow(runningVariance, variance.detach().mul(n / (n - 1)));
    return centred.mul(scale(variance)).add(bias);
  }

  /** Of as many features. */
  private Tensor scale(Tensor variance) {
    return weight.div(variance.add(settings.epsilon).sqrt());
  }

  /** Works on constants: a tape must see neither the running statistics nor their change. */
  private void follow(Parameter running, Tensor batch) {
    Tensor old = running.detach().mul(1 - settings.momentum);
    running.assign(old.add(batch.detach().mul(settings.momentum)));
  }

  private void checkShape(Shape shape) {
    int features = weight.size();
    if (shape.rank() != 2 || shape.dimension(1) != features) {
      throw new IllegalArgumentException(
          "%s: the input must be batch×%s, its shape is %s".formatted(this, features, shape));
    }
    if (training && shape.dimension(0) < 2) {
      throw new IllegalArgumentException(
          ("%s: training needs at least 2 rows for a variance, the input has shape %s; drop a small"
                  + " last batch (withDropLast), or switch to eval()")
              .formatted(this, shape));
    }
  }

  @Override
  public String toString() {
    return "BatchNorm " + weight.size();
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight, bias, runningMean, runningVariance);
  }

  @Override
  public void train() {
    training = true;
  }

  @Override
  public void eval() {
    training = false;
  }

  @Override
  public boolean training() {
    return training;
  }

  /**
   * What can be set when a BatchNorm is made.
   *
   * @param epsilon ε, added to the variance; positive and finite
   * @param momentum the share of the newest batch in the running statistics, in [0, 1]
   */
  public record Settings(double epsilon, double momentum) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      Features.checkEpsilon("BatchNorm", epsilon);
      if (!(momentum >= 0 && momentum <= 1)) {
        throw new IllegalArgumentException(
            "BatchNorm: momentum must be in [0, 1], got " + momentum);
      }
    }

    /** Returns these settings with another ε. */
    public Settings withEpsilon(double epsilon) {
      return new Settings(epsilon, momentum);
    }

    /** Returns these settings with another momentum. */
    public Settings withMomentum(double momentum) {
      return new Settings(epsilon, momentum);
    }
  }
}
