package org.spikelet.spikes.diagnose;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much of a spike a treatment took away: E = 1 − mean height with it / mean height with its
 * placebo, with a range over the replays.
 *
 * <p>1 means that the spike is gone, 0 that the treatment did no more than the placebo, below 0
 * that it made it higher.
 *
 * <p>The range says how far E moves with what differs from replay to replay: weights at the start
 * that are perturbed by 1e-4 (or less), or the rows that are drawn. All replays are of the same
 * spike, so it is no confidence interval: [1, 1] says that in no replay any height was left, and
 * not that the cause is certain.
 *
 * @param estimate E
 * @param low the lower end of the range
 * @param high its upper end
 */
public record TreatmentEffect(double estimate, double low, double high) {

  /** From an effect of this much on, a treatment takes the spike away. Set before any run. */
  public static final double LARGE = 0.7;

  /** One whose range is below this does not. Set before any run. */
  public static final double SMALL = 0.3;

  private static final int RESAMPLES = 2000;

  /** What an effect says about the cause that the treatment would remove. */
  public enum Conclusion {
    /** E ≥ 0.7, and its range over the replays is above 0. */
    SUPPORTED,
    /** The range is below 0.3. */
    REFUTED,
    /** Neither. */
    UNDETERMINED
  }

  /**
   * Compares heights in nats. The range is from the 2.5 % to the 97.5 % quantile of E over 2000
   * resamples of each group of replays (percentile bootstrap, Efron 1979).
   *
   * @param treated the heights with the treatment, one for each repetition
   * @param placebo the heights with the placebo
   * @param seed of the resampling
   * @throws IllegalArgumentException if a group is empty
   */
  public static TreatmentEffect of(double[] treated, double[] placebo, long seed) {
    if (treated.length == 0 || placebo.length == 0) {
      throw new IllegalArgumentException(
          "effect: needs at least one height in each group, got %s and %s"
              .formatted(treated.length, placebo.length));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] effects = new double[RESAMPLES];
    Arrays.setAll(effects, i -> effect(resampled(treated, random), resampled(placebo, random)));
    Arrays.sort(effects);
    return new TreatmentEffect(
        effect(mean(treated), mean(placebo)),
        Quantile.ofSorted(effects, 25, 1000),
        Quantile.ofSorted(effects, 975, 1000));
  }

  /** Without a spike in the placebo there is nothing to take away. */
  private static double effect(double treated, double placebo) {
    return placebo > 0 ? 1 - treated / placebo : 0;
  }

  private static double mean(double[] heights) {
    return Arrays.stream(heights).average().orElseThrow();
  }

  private static double resampled(double[] heights, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < heights.length; i++) {
      sum += heights[random.nextInt(heights.length)];
    }
    return sum / heights.length;
  }

  /** Returns whether the effect supports the cause that the treatment would remove. */
  public Conclusion conclusion() {
    if (estimate >= LARGE && low > 0) {
      return Conclusion.SUPPORTED;
    }
    return high < SMALL ? Conclusion.REFUTED : Conclusion.UNDETERMINED;
  }
}
