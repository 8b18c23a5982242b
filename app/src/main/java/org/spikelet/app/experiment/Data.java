package org.spikelet.app.experiment;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.spikelet.app.question.Problem;
import org.spikelet.app.question.RandomTensors;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Dataset;

/**
 * What the nets learn: rows drawn from a seed. The seed also gives those of the first weights and
 * of the batches, so that runs with the same seed have all three in common.
 *
 * @param name what it is called where results are kept
 * @param problem makes the rows from a seed, the same each time
 */
public record Data(String name, LongFunction<Problem> problem) {

  /** Heavy-tailed inputs (Student's t with 2 degrees of freedom), 1536 rows, 14 → 4 numbers. */
  public static final Data HEAVY_TAILED =
      new Data("heavy-tailed", seed -> Problem.heavyTailed(seed, 1536));

  /** Normal inputs, 256 rows, no noise, 14 → 4 numbers. */
  public static final Data NORMAL = new Data("normal", seed -> Problem.normal(seed, 256));

  /** Normal inputs, 1536 rows, noise of deviation 0.1 on the targets, 14 → 4 numbers. */
  public static final Data NOISY = noisy("noisy", 1536, 0.1);

  /** The same with four classes: the largest of the noisy targets. */
  public static final Data CLASSES = NOISY.withTargets("classes", Problem::largest);

  /**
   * Rows of your own, drawn at random.
   *
   * @param rows makes them, and takes all that is random in them from what it is given
   */
  public static Data of(String name, Function<RandomGenerator, Dataset> rows) {
    return new Data(
        name,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          Dataset data = rows.apply(random.split());
          return new Problem(data, random.nextLong(), random.nextLong());
        });
  }

  /** Rows that are the same for each seed: only first weights and batches differ. */
  public static Data of(String name, Dataset rows) {
    return of(name, random -> rows);
  }

  /** Normal inputs and targets with noise, 14 → 4 numbers. */
  public static Data noisy(String name, int rows, double deviation) {
    return new Data(
        name,
        seed -> {
          Problem problem = Problem.normal(seed, rows);
          // A stream of its own: more noise must not change the weights.
          SplittableRandom random = new SplittableRandom(problem.initSeed()).split();
          return problem.withTargets(
              y -> y.add(RandomTensors.normal(random, deviation, rows, Problem.OUTPUTS)));
        });
  }

  /** Returns this with other inputs, made from these. */
  public Data withInputs(String other, UnaryOperator<Tensor> change) {
    return new Data(other, seed -> problem(seed).withInputs(change));
  }

  /** Returns this with other targets, made from these. */
  public Data withTargets(String other, UnaryOperator<Tensor> change) {
    return new Data(other, seed -> problem(seed).withTargets(change));
  }

  /** Returns the rows drawn from a seed, the same each time. */
  public Problem problem(long seed) {
    return problem.apply(seed);
  }
}
