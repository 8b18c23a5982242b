package org.spikelet.app.lab.claims;

import java.util.List;
import java.util.random.RandomGenerator;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
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
