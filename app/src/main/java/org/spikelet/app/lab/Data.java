package org.spikelet.app.lab;

import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.spikelet.app.question.Problem;
import org.spikelet.app.question.RandomTensors;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Dataset;

/** What the laboratory's nets learn. */
enum Data {
  /** Heavy-tailed inputs, 1536 rows: the flagship's. */
  HEAVY_TAILED(seed -> Problem.heavyTailed(seed, 1536)),

  /** The same with the features cut off at ±4. */
  WINSORISED(seed -> HEAVY_TAILED.problem(seed).withInputs(x -> x.clip(-4, 4))),

  /** Normal inputs, 256 rows, no noise: half the companion's. */
  NORMAL(seed -> Problem.normal(seed, 256)),

  /** Normal inputs, 1536 rows, noise of deviation 0.1 on the targets. */
  NOISY(seed -> noisy(seed, 1536, 0.1)),

  /** The same with five of the targets multiplied by 20. */
  OUTLIERS(seed -> NOISY.problem(seed).withTargets(Data::timesTwenty)),

  /** 1537 rows, 48 batches of 32 and one of a single row; noise of deviation 0.5. */
  ONE_LEFT_OVER(seed -> noisy(seed, 1537, 0.5)),

  /** 1538 rows: the last batch has two, the least that batch normalization takes. */
  TWO_LEFT_OVER(seed -> noisy(seed, 1538, 0.5)),

  /** Four classes: the largest of the noisy targets. */
  CLASSES(seed -> NOISY.problem(seed).withTargets(Problem::largest)),

  /** Four classes without noise, 64 rows: all of them can be told apart. */
  CLEAR_CLASSES(seed -> Problem.normal(seed, 64).withTargets(Problem::largest)),

  /** One row, 1 → 0, for the net of one weight: no data to speak of. */
  ONE_ROW(seed -> new Problem(new Dataset(constant(1), constant(0)), seed, seed));

  private static final int OUTLIERS_COUNT = 5;

  @SuppressWarnings("ImmutableEnumChecker") // the functions above have no state
  private final LongFunction<Problem> problem;

  Data(LongFunction<Problem> problem) {
    this.problem = problem;
  }

  /** Returns the data drawn from a seed, the same each time. */
  Problem problem(long seed) {
    return problem.apply(seed);
  }

  private static Tensor constant(double value) {
    return Tensor.of(Shape.of(1, 1), value);
  }

  private static Problem noisy(long seed, int n, double deviation) {
    Problem problem = Problem.normal(seed, n);
    // A stream of its own: more noise must not change the weights.
    SplittableRandom random = new SplittableRandom(problem.initSeed()).split();
    return problem.withTargets(
        y -> y.add(RandomTensors.normal(random, deviation, n, Problem.OUTPUTS)));
  }

  /** Five rows evenly spread; the rows are in no order, so any five would do. */
  private static Tensor timesTwenty(Tensor targets) {
    int n = targets.shape().dimension(0);
    double[] factors = new double[n];
    for (int i = 0; i < n; i++) {
      factors[i] =
          i % (n / OUTLIERS_COUNT) == 0 && i / (n / OUTLIERS_COUNT) < OUTLIERS_COUNT ? 20 : 1;
    }
    return targets.mul(Tensor.of(Shape.of(n, 1), factors));
  }
}
