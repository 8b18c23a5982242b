package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Sequential;

/** A small training with a transformation of the gradients, all of it from a seed. */
final class TransformedRun {

  final Sequential net;
  final Adam adam;
  final GradientTransformation transformation;
  private final RandomGenerator random;
  private final DataLoader loader;

  TransformedRun(long seed, Function<List<Parameter>, GradientTransformation> kind) {
    random = new SplittableRandom(seed);
    net = Sequential.of(Dense.of(3, 4, random), Activation.TANH, Dense.of(4, 1, random));
    transformation = kind.apply(net.parameters());
    adam = new Adam(net.parameters(), 0.01);
    loader = new DataLoader(new Dataset(uniform(11, 3), uniform(11, 1)), 2).withShuffle(seed);
  }

  private Tensor uniform(int rows, int columns) {
    return Tensor.of(
        Shape.of(rows, columns), random.doubles((long) rows * columns, -5, 5).toArray());
  }

  /** A loop of one's own, from one step to another. */
  void train(int from, int to) {
    for (int t = from; t < to; t++) {
      Batch batch = loader.batch(t);
      try (Tape tape = Tape.record()) {
        Tensor loss = Losses.meanSquaredError(net.forward(batch.inputs()), batch.targets());
        adam.step(transformation.apply(tape.gradients(loss)));
      }
    }
  }

  /** Goes on where another run of the same model is. */
  void continueFrom(List<Tensor> weights, OptimizerState state, List<Tensor> transformed) {
    for (int k = 0; k < weights.size(); k++) {
      net.parameters().get(k).assign(weights.get(k));
    }
    adam.restore(state);
    transformation.restore(transformed);
  }

  List<Tensor> parameters() {
    return net.parameters().stream().map(Tensor::copy).toList();
  }

  double[] weights() {
    return net.parameters().stream().flatMapToDouble(p -> Arrays.stream(p.toArray())).toArray();
  }
}
