package org.spikelet.app.lab.claims;

import org.spikelet.app.experiment.Data;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.experiment.Setup;
import org.spikelet.app.experiment.Setup.Twist;
import org.spikelet.nn.Losses;

/** The trainings that the claims are tested on, beside the flagship and its companion. */
final class Setups {

  static final Setup WINSORISED = Setup.FLAGSHIP.named("winsorised").withData(Rows.WINSORISED);

  static final Setup FLAGSHIP_FULL_BATCH =
      Setup.FLAGSHIP.named("flagship-full").withBatchSize(1536).withSteps(1_500);

  static final Setup FLAGSHIP_PROBED =
      Setup.FLAGSHIP.named("flagship-probed").withTwist(Twist.PROBE);

  static final Setup FLAGSHIP_FROZEN =
      Setup.FLAGSHIP.named("flagship-frozen").withTwist(Twist.FROZEN);

  /** Four times as long, for SGD to reach Adam's loss. */
  static final Setup FLAGSHIP_LONG = FLAGSHIP_FROZEN.named("flagship-long").withSteps(24_000);

  static final Setup FLAGSHIP_BATCH_1 = FLAGSHIP_PROBED.named("flagship-1").withBatchSize(1);

  static final Setup COMPANION_BATCHES = inBatchesOf(32);

  static final Setup COMPANION_LOW_POINT =
      Setup.COMPANION
          .named("companion-low")
          .withSteps(3_500, 3_500 * 5 / 6)
          .withTwist(Twist.LOW_POINT);

  static final Setup COMPANION_SHARPNESS =
      Setup.COMPANION.named("companion-sharpness").withTwist(Twist.SHARPNESS);

  /** One weight, loss ½w². */
  static final Setup ONE_DIMENSION =
      Setup.of("one-dimension", Rows.ONE_ROW, Nets.PARABOLA)
          .withBatchSize(1)
          .withSteps(20_000, 20_000)
          .withSgdRate(0.1);

  static final Setup ONE_DIMENSION_SHARPNESS =
      ONE_DIMENSION.named("one-dimension-sharpness").withTwist(Twist.SHARPNESS);

  /** Clean data with a little noise, small batches: nothing is wrong here. */
  static final Setup CLEAN = Setup.of("clean", Data.NOISY, Model.PLAIN).withSgdRate(0.05);

  static final Setup OUTLIERS = CLEAN.named("outliers").withData(Rows.OUTLIERS);
  static final Setup INIT_TIMES_10 = CLEAN.named("init-10").withModel(Nets.INIT_TIMES_10);
  static final Setup INIT_TIMES_001 = CLEAN.named("init-.01").withModel(Nets.INIT_TIMES_001);

  /** One row is left over for the last batch. */
  static final Setup LEFT_OVER = CLEAN.named("left-over").withData(Rows.ONE_LEFT_OVER);

  static final Setup LEFT_OVER_DROPPED = LEFT_OVER.named("left-over-dropped").withDropLast();

  /** Two rows are left over. */
  static final Setup PLAIN_2 = CLEAN.named("left-over-2").withData(Rows.TWO_LEFT_OVER);

  static final Setup BATCH_NORM = PLAIN_2.named("batch-norm").withModel(Nets.BATCH_NORM);
  static final Setup BATCH_NORM_DROPPED = BATCH_NORM.named("batch-norm-dropped").withDropLast();
  static final Setup BATCH_NORM_1 = PLAIN_2.named("batch-norm-1").withModel(Nets.BATCH_NORM_1);

  /** Four classes, and a row that is wrong at step 1000. */
  static final Setup LOGITS =
      Setup.of("logits", Data.CLASSES, Model.LOGITS)
          .withSteps(2_000)
          .withSgdRate(0.1)
          .withTwist(Twist.WRONG_ROW);

  static final Setup PROBABILITIES =
      LOGITS
          .named("probabilities")
          .withLoss((y, t) -> Losses.negativeLogLikelihood(y.softmax(-1), t));

  static final Setup CLIPPED =
      LOGITS
          .named("clipped")
          .withLoss((y, t) -> Losses.clippedNegativeLogLikelihood(y.softmax(-1), t, 1e-7));

  /** Four classes at full batch, until the loss is as small as rounding. */
  static final Setup CLASSES =
      Setup.of("classes", Rows.CLEAR_CLASSES, Nets.SMALL)
          .withBatchSize(64)
          .withSteps(30_000, 25_000)
          .withSgdRate(0.1);

  static final Setup CLASSES_FLOAT32 = CLASSES.named("classes-float32").withTwist(Twist.FLOAT32);
  static final Setup CLASSES_BFLOAT16 = CLASSES.named("classes-bfloat16").withTwist(Twist.BFLOAT16);
  static final Setup CLASSES_FLOAT32_WEIGHTS =
      CLASSES.named("classes-float32-weights").withTwist(Twist.FLOAT32_WEIGHTS);
  static final Setup CLASSES_FLOAT32_DISTANCES =
      CLASSES_FLOAT32.named("classes-float32-distances").withModel(Nets.SMALL_DISTANCES);

  private Setups() {}

  /** The companion's 256 rows in so many batches an epoch. */
  static Setup companionInBatches(int batches) {
    int rows = 256 / batches;
    return rows == COMPANION_BATCHES.batchSize() ? COMPANION_BATCHES : inBatchesOf(rows);
  }

  private static Setup inBatchesOf(int rows) {
    return Setup.COMPANION
        .named("companion-" + rows)
        .withBatchSize(rows)
        .withSteps(6_000, rows > 32 ? 5_000 : 1_500);
  }
}
