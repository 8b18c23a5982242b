package org.spikelet.app.lab;

/** The trainings that the claims are tested on. */
final class Setups {

  /** Heavy tails, small batches. */
  static final Setup FLAGSHIP = new Setup("flagship", Data.HEAVY_TAILED, 32, 6_000, 0.02);

  static final Setup WINSORISED = new Setup("winsorised", Data.WINSORISED, 32, 6_000, 0.02);

  static final Setup FLAGSHIP_FULL_BATCH =
      new Setup("flagship-full", Data.HEAVY_TAILED, 1536, 1_500, 0.02);

  static final Setup FLAGSHIP_PROBED =
      FLAGSHIP.named("flagship-probed").withTwist(Setup.Twist.PROBE);

  static final Setup FLAGSHIP_FROZEN =
      FLAGSHIP.named("flagship-frozen").withTwist(Setup.Twist.FROZEN);

  /** Four times as long, for SGD to reach Adam's loss. */
  static final Setup FLAGSHIP_LONG =
      new Setup("flagship-long", Data.HEAVY_TAILED, 32, 24_000, 0.02).withTwist(Setup.Twist.FROZEN);

  static final Setup FLAGSHIP_BATCH_1 =
      new Setup("flagship-1", Data.HEAVY_TAILED, 1, 6_000, 0.02).withTwist(Setup.Twist.PROBE);

  /** Full batch: no sampling noise. */
  static final Setup COMPANION = new Setup("companion", Data.NORMAL, 256, 6_000, 0.1);

  static final Setup COMPANION_BATCHES = new Setup("companion-32", Data.NORMAL, 32, 6_000, 0.1);

  /** The companion's 256 rows in so many batches an epoch. */
  static Setup companionInBatches(int batches) {
    int rows = 256 / batches;
    return rows == COMPANION_BATCHES.batchSize()
        ? COMPANION_BATCHES
        : new Setup("companion-" + rows, Data.NORMAL, rows, 6_000, 0.1);
  }

  static final Setup COMPANION_LOW_POINT =
      new Setup("companion-low", Data.NORMAL, 256, 3_500, 0.1).withTwist(Setup.Twist.LOW_POINT);

  static final Setup COMPANION_SHARPNESS =
      COMPANION.named("companion-sharpness").withTwist(Setup.Twist.SHARPNESS);

  /** One weight, loss ½w². */
  static final Setup ONE_DIMENSION =
      new Setup("one-dimension", Data.ONE_ROW, 1, 20_000, 0.1).withModel(Model.PARABOLA);

  static final Setup ONE_DIMENSION_SHARPNESS =
      ONE_DIMENSION.named("one-dimension-sharpness").withTwist(Setup.Twist.SHARPNESS);

  /** Clean data with a little noise, small batches: nothing is wrong here. */
  static final Setup CLEAN = new Setup("clean", Data.NOISY, 32, 6_000, 0.05);

  static final Setup OUTLIERS = new Setup("outliers", Data.OUTLIERS, 32, 6_000, 0.05);
  static final Setup INIT_TIMES_10 = CLEAN.named("init-10").withModel(Model.INIT_TIMES_10);
  static final Setup INIT_TIMES_001 = CLEAN.named("init-.01").withModel(Model.INIT_TIMES_001);

  /** One row is left over for the last batch. */
  static final Setup LEFT_OVER = new Setup("left-over", Data.ONE_LEFT_OVER, 32, 6_000, 0.05);

  static final Setup LEFT_OVER_DROPPED = LEFT_OVER.named("left-over-dropped").withDropLast();

  /** Two rows are left over. */
  static final Setup PLAIN_2 = new Setup("left-over-2", Data.TWO_LEFT_OVER, 32, 6_000, 0.05);

  static final Setup BATCH_NORM = PLAIN_2.named("batch-norm").withModel(Model.BATCH_NORM);
  static final Setup BATCH_NORM_DROPPED = BATCH_NORM.named("batch-norm-dropped").withDropLast();
  static final Setup BATCH_NORM_01 =
      PLAIN_2.named("batch-norm-.1").withModel(Model.BATCH_NORM_EPSILON_01);
  static final Setup BATCH_NORM_1 =
      PLAIN_2.named("batch-norm-1").withModel(Model.BATCH_NORM_EPSILON_1);

  /** Four classes, and a row that is wrong at step 1000. */
  static final Setup LOGITS =
      new Setup("logits", Data.CLASSES, 32, 2_000, 0.1)
          .withModel(Model.LOGITS)
          .withTwist(Setup.Twist.WRONG_ROW);

  static final Setup PROBABILITIES = LOGITS.named("probabilities").withModel(Model.PROBABILITIES);
  static final Setup CLIPPED = LOGITS.named("clipped").withModel(Model.CLIPPED_PROBABILITIES);

  /** Four classes at full batch, until the loss is as small as rounding. */
  static final Setup CLASSES =
      new Setup("classes", Data.CLEAR_CLASSES, 64, 30_000, 0.1).withModel(Model.SMALL);

  static final Setup CLASSES_FLOAT32 =
      CLASSES.named("classes-float32").withTwist(Setup.Twist.FLOAT32);
  static final Setup CLASSES_BFLOAT16 =
      CLASSES.named("classes-bfloat16").withTwist(Setup.Twist.BFLOAT16);
  static final Setup CLASSES_FLOAT32_WEIGHTS =
      CLASSES.named("classes-float32-weights").withTwist(Setup.Twist.FLOAT32_WEIGHTS);
  static final Setup CLASSES_FLOAT32_DISTANCES =
      CLASSES_FLOAT32.named("classes-float32-distances").withModel(Model.SMALL_DISTANCES);

  private Setups() {}
}
