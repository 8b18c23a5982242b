package org.spikelet.optim;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.LayerNorm;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;

/** A little of everything that takes part in a training, and a hash of all its bits. */
final class GoldenRun {

  private static final int STEPS = 60;

  private final RandomGenerator random;
  private final List<Double> numbers = new ArrayList<>();

  private GoldenRun(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Trains a classifier and a regression, and hashes all losses, norms, parameters and buffers. */
  static String hash(long seed) {
    GoldenRun run = new GoldenRun(seed);
    run.classify();
    run.regress();
    return run.sha256();
  }

  /** Prints the hash of a seed; {@link GoldenRunTest} chooses the kernels of this JVM. */
  public static void main(String[] arguments) {
    System.out.println("hash " + hash(Long.parseLong(arguments[0])));
  }

  private void classify() {
    Module net =
        Sequential.of(
            Dense.withoutBias(5, 16, random, Initializer.HE_NORMAL),
            BatchNorm.of(16),
            Activation.RELU,
            Dropout.of(0.2, random),
            Dense.of(16, 12, random, Initializer.XAVIER_UNIFORM),
            LayerNorm.of(12),
            Activation.GELU,
            Dense.of(12, 10, random),
            Activation.GELU_TANH,
            Dense.of(10, 8, random),
            Activation.SOFTPLUS,
            Dense.of(8, 3, random));
    double[] classes = random.ints(50, 0, 3).asDoubleStream().toArray();
    Dataset data = new Dataset(uniform(50, 5), Tensor.vector(classes));
    Adam adam =
        new Adam(
            net.parameters(),
            Schedule.cosine(0.02, 0.001, 50).warmUp(10),
            Adam.DEFAULTS.withDecoupledWeightDecay(0.01));
    BinaryOperator<Tensor> loss = (logits, targets) -> Losses.crossEntropy(logits, targets, 0.05);
    train(net, loss, adam, new DataLoader(data, 12).withShuffle(random.nextLong()).withDropLast());
  }

  private void regress() {
    Module net =
        Sequential.of(
            Dense.of(4, 10, random, Initializer.XAVIER_NORMAL),
            Activation.TANH,
            Dense.of(10, 10, random, Initializer.HE_UNIFORM),
            Activation.SILU,
            Dense.of(10, 8, random, Initializer.LECUN_NORMAL),
            Activation.ELU,
            Dense.of(8, 8, random, Initializer.LECUN_UNIFORM),
            Activation.LEAKY_RELU,
            Dense.of(8, 6, random),
            Activation.SIGMOID,
            Dense.of(6, 2, random));
    Sgd sgd =
        new Sgd(
            net.parameters(),
            Schedule.oneCycle(0.1, STEPS),
            Sgd.DEFAULTS.withMomentum(0.9).withWeightDecay(1e-4));
    Dataset data = new Dataset(uniform(30, 4), uniform(30, 2));
    train(
        net, Losses::meanSquaredError, sgd, new DataLoader(data, 8).withShuffle(random.nextLong()));
  }

  private void train(
      Module net, BinaryOperator<Tensor> loss, Optimizer optimizer, DataLoader loader) {
    new Trainer(net::forward, loss, optimizer, loader, Clipping.globalNorm(0.5))
        .listen(step -> numbers.add(step.loss()))
        .listen(step -> numbers.add(step.gradients().norm()))
        .run(STEPS);
    for (Tensor parameter : net.state().values()) {
      for (double value : parameter.toArray()) {
        numbers.add(value);
      }
    }
  }

  private Tensor uniform(int rows, int columns) {
    Shape shape = Shape.of(rows, columns);
    double[] values = random.doubles(shape.size(), -2, 2).toArray();
    return Tensor.of(shape, values);
  }

  private String sha256() {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.size());
    for (double number : numbers) {
      bytes.putLong(Double.doubleToLongBits(number));
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has SHA-256", e);
    }
  }
}
