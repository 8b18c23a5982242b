package org.spikelet.app.lab;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
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

/** The net of the question, 14 → 100 → 40 → 4, and its variations; with the loss. */
enum Model {
  /** ReLU, He initialization, mean squared error. */
  PLAIN(random -> net(random, 1), Losses::meanSquaredError),

  /** The middle layer starts with ten times the weights. */
  INIT_TIMES_10(random -> net(random, 10), Losses::meanSquaredError),

  /** The middle layer starts with a hundredth of the weights. */
  INIT_TIMES_001(random -> net(random, 0.01), Losses::meanSquaredError),

  /** Batch normalization after each hidden layer, ε = 1e−5. */
  BATCH_NORM(random -> normalized(random, 1e-5), Losses::meanSquaredError),

  /** The same with ε = 0.1. */
  BATCH_NORM_EPSILON_01(random -> normalized(random, 0.1), Losses::meanSquaredError),

  /** The same with ε = 1. */
  BATCH_NORM_EPSILON_1(random -> normalized(random, 1), Losses::meanSquaredError),

  /** Cross-entropy computed from logits. */
  LOGITS(random -> net(random, 1), Losses::crossEntropy),

  /** A small net, 14 → 32 → 16 → 4, for long runs; cross-entropy computed from logits. */
  SMALL(Model::small, Losses::crossEntropy),

  /** The same number computed from the logits' distances to that of the row's own class. */
  SMALL_DISTANCES(Model::small, Model::crossEntropyOfDistances),

  /** −ln p of softmax's probabilities, as it stands: infinite at p = 0. */
  PROBABILITIES(random -> net(random, 1), Model::negativeLogLikelihood),

  /** −ln p with p clipped to at least 1e−7. */
  CLIPPED_PROBABILITIES(random -> net(random, 1), Model::clippedNegativeLogLikelihood),

  /** One weight w, first from ½ to 2, and the loss ½w². */
  PARABOLA(random -> new OneWeight(random.nextDouble(0.5, 2)), Model::halfSquare);

  @SuppressWarnings("ImmutableEnumChecker") // the functions above have no state
  private final Function<SplittableRandom, Module> net;

  @SuppressWarnings("ImmutableEnumChecker")
  private final BinaryOperator<Tensor> loss;

  Model(Function<SplittableRandom, Module> net, BinaryOperator<Tensor> loss) {
    this.net = net;
    this.loss = loss;
  }

  /** Returns the net with its first weights, the same each time. */
  Module net(long seed) {
    return net.apply(new SplittableRandom(seed));
  }

  /** The mean loss of a batch of outputs against targets. */
  Tensor loss(Tensor outputs, Tensor targets) {
    return loss.apply(outputs, targets);
  }

  private static Module net(SplittableRandom random, double middle) {
    return Problem.net(random, Initializer.HE_NORMAL.scaled(middle));
  }

  private static Module small(SplittableRandom random) {
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

  private static Module normalized(SplittableRandom random, double epsilon) {
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

  private static Tensor negativeLogLikelihood(Tensor outputs, Tensor targets) {
    return Losses.negativeLogLikelihood(outputs.softmax(-1), targets);
  }

  private static Tensor clippedNegativeLogLikelihood(Tensor outputs, Tensor targets) {
    return Losses.clippedNegativeLogLikelihood(outputs.softmax(-1), targets, 1e-7);
  }
}
