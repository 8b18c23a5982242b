package org.spikelet.app.lab.claims;

import java.util.List;
import java.util.random.RandomGenerator;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;

/** Variations of the net of the question, and the net of one weight. */
final class Nets {

  /** The middle layer starts with ten times the weights. */
  static final Model INIT_TIMES_10 = scaled("init-10", 10);

  /** The middle layer starts with a hundredth of the weights. */
  static final Model INIT_TIMES_001 = scaled("init-.01", 0.01);

  /** Batch normalization after each hidden layer, ε = 1e−5. */
  static final Model BATCH_NORM = normalized("batch-norm", 1e-5);

  /** The same with ε = 1. */
  static final Model BATCH_NORM_1 = normalized("batch-norm-1", 1);

  /** A small net, 14 → 32 → 16 → 4, for long runs; cross-entropy computed from logits. */
  static final Model SMALL = Model.of("small", Nets::small, Losses::crossEntropy);

  /** The same number computed from the logits' distances to that of the row's own class. */
  static final Model SMALL_DISTANCES =
      SMALL.withLoss("small-distances", Nets::crossEntropyOfDistances);

  /** One weight w, first from ½ to 2, and the loss ½w². */
  static final Model PARABOLA =
      Model.of("parabola", random -> new OneWeight(random.nextDouble(0.5, 2)), Nets::halfSquare);

  private Nets() {}

  private static Model scaled(String name, double middle) {
    return Model.PLAIN.withNet(
        name, random -> Problem.net(random, Initializer.HE_NORMAL.scaled(middle)));
  }

  private static Model normalized(String name, double epsilon) {
    return Model.PLAIN.withNet(name, random -> normalized(random, epsilon));
  }

  private static Module small(RandomGenerator random) {
    return Sequential.of(
        Dense.of(Problem.INPUTS, 32, random, Initializer.HE_NORMAL),
        Activation.RELU,
        Dense.of(32, 16, random, Initializer.HE_NORMAL),
        Activation.RELU,
        Dense.of(16, Problem.OUTPUTS, random, Initializer.HE_NORMAL));
  }

  /**
   * ln(1 + Σ e^(xₖ − xᵧ)) over the classes k other than the row's own, y. Nothing is subtracted
   * from 1, neither here nor in its gradient: that of xᵧ is minus the sum of the others.
   */
  private static Tensor crossEntropyOfDistances(Tensor logits, Tensor classes) {
    int n = logits.shape().dimension(0);
    Tensor others = Tensor.ones(Shape.of(n)).unpick(classes, Problem.OUTPUTS).equalTo(0);
    Tensor distances = logits.sub(logits.pick(classes).reshape(n, 1));
    return distances.exp().mask(others).sum(-1).log1p().mean();
  }

  private static Module normalized(RandomGenerator random, double epsilon) {
    return Sequential.of(
        Dense.of(Problem.INPUTS, 100, random, Initializer.HE_NORMAL),
        BatchNorm.of(100, BatchNorm.DEFAULTS.withEpsilon(epsilon)),
        Activation.RELU,
        Dense.of(100, 40, random, Initializer.HE_NORMAL),
        BatchNorm.of(40, BatchNorm.DEFAULTS.withEpsilon(epsilon)),
        Activation.RELU,
        Dense.of(40, Problem.OUTPUTS, random, Initializer.HE_NORMAL));
  }

  /** Multiplies by its weight. */
  private record OneWeight(Parameter weight) implements Module {
    OneWeight(double first) {
      this(Parameter.of("weight", Tensor.scalar(first)));
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(weight);
    }

    @Override
    public List<Parameter> ownParameters() {
      return List.of(weight);
    }
  }

  private static Tensor halfSquare(Tensor outputs, Tensor targets) {
    return outputs.sub(targets).square().mul(0.5).sum();
  }
}
