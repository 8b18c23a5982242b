package org.spikelet.app.question;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Dataset;

/**
 * Data to learn, and the seeds of the first weights and of the batches, all drawn from one seed.
 *
 * <p>The targets come from a teacher, Y = tanh(XA)·B with A: 14 × 20 and B: 20 × 4 normal.
 *
 * @param data the rows to train on: n × 14 and n × 4
 * @param initSeed the seed of the initial weights
 * @param shuffleSeed the seed of the batches
 */
public record Problem(Dataset data, long initSeed, long shuffleSeed) {

  /** The width of the inputs. */
  public static final int INPUTS = 14;

  /** The width of the targets. */
  public static final int OUTPUTS = 4;

  private static final int TEACHER = 20;

  /** Heavy-tailed inputs: n numbers from Student's t with 2 degrees of freedom in each column. */
  public static Problem heavyTailed(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = RandomTensors.studentT2(random.split(), n, INPUTS);
    Dataset data = new Dataset(x, teach(x, random.split(), 1));
    return new Problem(data, random.nextLong(), random.nextLong());
  }

  /** Normal inputs, a steeper teacher, no noise. */
  public static Problem normal(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = RandomTensors.normal(random.split(), 1, n, INPUTS);
    Dataset data = new Dataset(x, teach(x, random.split(), 1.5));
    return new Problem(data, random.nextLong(), random.nextLong());
  }

  /** Returns tanh(x·A)·B, with A and B scaled by the factor over the root of their rows. */
  public static Tensor teach(Tensor x, SplittableRandom random, double scale) {
    Tensor a = RandomTensors.normal(random, scale / Math.sqrt(INPUTS), INPUTS, TEACHER);
    Tensor b = RandomTensors.normal(random, scale / Math.sqrt(TEACHER), TEACHER, OUTPUTS);
    return x.matmul(a).tanh().matmul(b);
  }

  /** Returns the class with the largest score of each row; scores: n × 4. */
  public static Tensor largest(Tensor scores) {
    int n = scores.shape().dimension(0);
    double[] classes = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 1; k < OUTPUTS; k++) {
        if (scores.get(i, k) > scores.get(i, (int) classes[i])) {
          classes[i] = k;
        }
      }
    }
    return Tensor.vector(classes);
  }

  /** Returns the net of the question, 14 → 100 → 40 → 4, with its first weights. */
  public Module net() {
    return net(new SplittableRandom(initSeed), Initializer.HE_NORMAL);
  }

  /** Returns the net of the question, ReLU and He initialization but for the middle layer. */
  public static Module net(RandomGenerator random, Initializer middle) {
    return Sequential.of(
        Dense.of(INPUTS, 100, random, Initializer.HE_NORMAL),
        Activation.RELU,
        Dense.of(100, 40, random, middle),
        Activation.RELU,
        Dense.of(40, OUTPUTS, random, Initializer.HE_NORMAL));
  }

  /** Returns this problem with other inputs, made from these. */
  public Problem withInputs(UnaryOperator<Tensor> change) {
    return new Problem(
        new Dataset(change.apply(data.inputs()), data.targets()), initSeed, shuffleSeed);
  }

  /** Returns this problem with other targets, made from these. */
  public Problem withTargets(UnaryOperator<Tensor> change) {
    return new Problem(
        new Dataset(data.inputs(), change.apply(data.targets())), initSeed, shuffleSeed);
  }
}
