package org.spikelet.app.spikes;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Tensor;
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

  /** y = tanh(x·A)·B; A and B scaled by the factor over the root of their rows. */
  private static Tensor teach(Tensor x, SplittableRandom random, double scale) {
    Tensor a = RandomTensors.normal(random, scale / Math.sqrt(INPUTS), INPUTS, TEACHER);
    Tensor b = RandomTensors.normal(random, scale / Math.sqrt(TEACHER), TEACHER, OUTPUTS);
    return x.matmul(a).tanh().matmul(b);
  }

  /** Returns this problem with other inputs, made from these. */
  public Problem inputs(UnaryOperator<Tensor> change) {
    return new Problem(
        new Dataset(change.apply(data.inputs()), data.targets()), initSeed, shuffleSeed);
  }

  /** Returns this problem with other targets, made from these. */
  public Problem targets(UnaryOperator<Tensor> change) {
    return new Problem(
        new Dataset(data.inputs(), change.apply(data.targets())), initSeed, shuffleSeed);
  }
}
