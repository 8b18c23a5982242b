package org.spikelet.spikes;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much of the spikes a change took away: E = 1 − mean height with the change / mean height with
 * its placebo, with a 95 % interval.
 *
 * <p>1 means that the spikes are gone, 0 that the change did no more than the placebo, below 0 that
 * it made them higher.
 *
 * @param estimate E
 * @param low the lower end of the interval
 * @param high its upper end
 */
public record Effect(double estimate, double low, double high) {

  private static final int RESAMPLES = 2000;

  /** From an effect of this much on, a change takes the spike away. */
  public static final double LARGE = 0.7;

  /** An effect that is surely below this does not. */
  public static final double SMALL = 0.3;

  /** What an effect says about the answer that the change tests. */
  public enum Verdict {
    /** E ≥ 0.7, and its interval is above 0. */
    SUPPORTED,
    /** The interval is below 0.3. */
    REFUTED,
    /** Neither. */
    UNDETERMINED
  }

  /**
   * Compares heights in nats, by the percentile bootstrap (Efron 1979) with 2000 resamples of each
   * group.
   *
   * @param changed the heights with the change, one for each repetition
   * @param placebo the heights with the placebo
   * @param seed of the resampling
   * @throws IllegalArgumentException if a group is empty
   */
  public static Effect of(double[] changed, double[] placebo, long seed) {
    if (changed.length == 0 || placebo.length == 0) {
      throw new IllegalArgumentException(
          "effect: needs at least one height in each group, got %s and %s"
              .formatted(changed.length, placebo.length));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] effects = new double[RESAMPLES];
    Arrays.setAll(effects, i -> effect(resampled(changed, random), resampled(placebo, random)));
    Arrays.sort(effects);
    return new Effect(
        effect(mean(changed), mean(placebo)),
        effects[(int) (0.025 * RESAMPLES)],
        effects[(int) (0.975 * RESAMPLES)]);
  }

  /** Without a spike in the placebo there is nothing to take away. */
  private static double effect(double changed, double placebo) {
    return placebo > 0 ? 1 - changed / placebo : 0;
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

  /** Returns whether the effect supports the answer that the change tests, or refutes it. */
  public Verdict verdict() {
    if (estimate >= LARGE && low > 0) {
      return Verdict.SUPPORTED;
    }
    return high < SMALL ? Verdict.REFUTED : Verdict.UNDETERMINED;
  }
}
