package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much of something goes when a factor is taken away, with its 95 % interval.
 *
 * <pre>
 * E = (a − b) / max(a, b)
 * </pre>
 *
 * <p>a and b are means over the seeds with and without the factor. Where a ≥ b, E = 1 − b/a is the
 * share that the factor accounts for; a negative E says that it holds spikes back. 0 if both are 0.
 *
 * @param value E
 * @param low the 2.5 % quantile of E over resampled seeds
 * @param high the 97.5 % quantile
 */
record Contrast(double value, double low, double high) {

  private static final int RESAMPLES = 4_000;

  /**
   * What was counted in one run.
   *
   * @param value the count, per unit
   * @param weight how many units: a run that was lost early says less about a rate
   */
  record Sample(double value, double weight) {}

  /**
   * Estimates the contrast. Seeds are resampled as pairs, for the recipes share data, weights and
   * batches (Efron 1979; percentile interval). With one seed the interval is all of [−1, 1].
   *
   * @param with one for each seed
   * @param without one for each seed, in the same order
   */
  static Contrast of(List<Sample> with, List<Sample> without) {
    int n = with.size();
    double value = contrast(mean(with), mean(without));
    if (n < 2) {
      return new Contrast(value, -1, 1);
    }
    SplittableRandom random = new SplittableRandom(1);
    double[] resampled = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      List<Sample> a = new ArrayList<>();
      List<Sample> b = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        int k = random.nextInt(n);
        a.add(with.get(k));
        b.add(without.get(k));
      }
      resampled[r] = contrast(mean(a), mean(b));
    }
    Arrays.sort(resampled);
    return new Contrast(
        value, resampled[RESAMPLES / 40], resampled[RESAMPLES - 1 - RESAMPLES / 40]);
  }

  private static double contrast(double a, double b) {
    double larger = Math.max(a, b);
    return larger > 0 ? (a - b) / larger : 0;
  }

  /** Returns the mean value, each run with its weight. */
  static double mean(List<Sample> samples) {
    double sum = 0;
    double weight = 0;
    for (Sample sample : samples) {
      sum += sample.value * sample.weight;
      weight += sample.weight;
    }
    return weight > 0 ? sum / weight : 0;
  }
}
