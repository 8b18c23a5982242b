package org.spikelet.app.lab.claims;

import org.spikelet.app.experiment.Data;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Dataset;

/** Data with something wrong in them. */
final class Rows {

  /** Heavy-tailed inputs with the features cut off at ±4. */
  static final Data WINSORISED = Data.HEAVY_TAILED.withInputs("winsorised", x -> x.clip(-4, 4));

  /** Five of the noisy targets multiplied by 20. */
  static final Data OUTLIERS = Data.NOISY.withTargets("outliers", Rows::timesTwenty);

  /** 1537 rows, 48 batches of 32 and one of a single row; noise of deviation 0.5. */
  static final Data ONE_LEFT_OVER = Data.noisy("one-left-over", 1537, 0.5);

  /** 1538 rows: the last batch has two, the least that batch normalization takes. */
  static final Data TWO_LEFT_OVER = Data.noisy("two-left-over", 1538, 0.5);

  /** Four classes without noise, 64 rows: all of them can be told apart. */
  static final Data CLEAR_CLASSES =
      new Data("clear-classes", seed -> Problem.normal(seed, 64).withTargets(Problem::largest));

  /** One row, 1 → 0, for the net of one weight: no data to speak of. */
  static final Data ONE_ROW =
      new Data("one-row", seed -> new Problem(new Dataset(constant(1), constant(0)), seed, seed));

  private static final int OUTLIERS_COUNT = 5;

  private Rows() {}

  private static Tensor constant(double value) {
    return Tensor.of(Shape.of(1, 1), value);
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
