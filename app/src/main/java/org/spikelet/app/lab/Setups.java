package org.spikelet.app.lab;

/** The trainings that the claims are tested on. */
final class Setups {

  /** Heavy tails, small batches. */
  static final Setup FLAGSHIP = new Setup("flagship", Data.HEAVY_TAILED, 32, 6_000, 0.02);

  static final Setup WINSORISED = new Setup("winsorised", Data.WINSORISED, 32, 6_000, 0.02);

  static final Setup FLAGSHIP_FULL_BATCH =
      new Setup("flagship-full", Data.HEAVY_TAILED, 1536, 1_500, 0.02);

  static final Setup FLAGSHIP_PROBED = FLAGSHIP.twist("flagship-probed", Setup.Twist.PROBE);

  static final Setup FLAGSHIP_BATCH_1 =
      new Setup("flagship-1", Data.HEAVY_TAILED, 1, 6_000, 0.02)
          .twist("flagship-1", Setup.Twist.PROBE);

  /** Full batch: no sampling noise. */
  static final Setup COMPANION = new Setup("companion", Data.NORMAL, 256, 6_000, 0.1);

  static final Setup COMPANION_BATCHES = new Setup("companion-32", Data.NORMAL, 32, 6_000, 0.1);

  static final Setup COMPANION_LOW_POINT =
      new Setup("companion-low", Data.NORMAL, 256, 3_500, 0.1)
          .twist("companion-low", Setup.Twist.LOW_POINT);

  static final Setup COMPANION_SHARPNESS =
      COMPANION.twist("companion-sharpness", Setup.Twist.SHARPNESS);

  /** Clean data with a little noise, small batches: nothing is wrong here. */
  static final Setup CLEAN = new Setup("clean", Data.NOISY, 32, 6_000, 0.05);

  static final Setup OUTLIERS = new Setup("outliers", Data.OUTLIERS, 32, 6_000, 0.05);
  static final Setup INIT_TIMES_10 = CLEAN.model("init-10", Model.INIT_TIMES_10);
  static final Setup INIT_TIMES_001 = CLEAN.model("init-.01", Model.INIT_TIMES_001);

  /** One row is left over for the last batch. */
  static final Setup LEFT_OVER = new Setup("left-over", Data.ONE_LEFT_OVER, 32, 6_000, 0.05);

  static final Setup LEFT_OVER_DROPPED = LEFT_OVER.droppingLast("left-over-dropped");

  /** Two rows are left over. */
  static final Setup PLAIN_2 = new Setup("left-over-2", Data.TWO_LEFT_OVER, 32, 6_000, 0.05);

  static final Setup BATCH_NORM = PLAIN_2.model("batch-norm", Model.BATCH_NORM);
  static final Setup BATCH_NORM_DROPPED = BATCH_NORM.droppingLast("batch-norm-dropped");
  static final Setup BATCH_NORM_01 = PLAIN_2.model("batch-norm-.1", Model.BATCH_NORM_EPSILON_01);
  static final Setup BATCH_NORM_1 = PLAIN_2.model("batch-norm-1", Model.BATCH_NORM_EPSILON_1);

  /** Four classes, and a row that is wrong at step 1000. */
  static final Setup LOGITS =
      new Setup("logits", Data.CLASSES, Model.LOGITS, 32, false, 2_000, 0.1, Setup.Twist.WRONG_ROW);

  static final Setup PROBABILITIES = LOGITS.model("probabilities", Model.PROBABILITIES);
  static final Setup CLIPPED = LOGITS.model("clipped", Model.CLIPPED_PROBABILITIES);

  private Setups() {}
}
