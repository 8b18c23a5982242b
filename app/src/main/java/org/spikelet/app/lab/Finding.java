package org.spikelet.app.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the runs say of a claim.
 *
 * @param claim the claim
 * @param contrast how much of what is counted goes with the factor
 * @param verdict what that means
 * @param adam the means with and without the factor under Adam
 * @param sgd the same under SGD
 * @param endLoss the end loss without the factor over that with it, for the runs that decide; the
 *     geometric mean over the seeds whose losses stayed finite
 * @param upward the means of {@link Measure#UPWARD_VARIATION}, for the runs that decide
 * @param seeds the number of seeds
 * @param notFinite how many of the decisive runs, with and without, ended in a loss that is not
 *     finite
 */
record Finding(
    Claim claim,
    Contrast contrast,
    Verdict verdict,
    Optional<Means> adam,
    Optional<Means> sgd,
    OptionalDouble endLoss,
    Means upward,
    int seeds,
    int notFinite) {

  /**
   * Means over the seeds.
   *
   * @param with with the factor
   * @param without without it; empty where that is the same, for the factor is the optimizer itself
   */
  record Means(double with, OptionalDouble without) {
    /** Returns both numbers, or the one. */
    double[] toArray() {
      return without.isPresent() ? new double[] {with, without.getAsDouble()} : new double[] {with};
    }
  }

  /**
   * Judges a claim.
   *
   * @param outcomes for each recipe one outcome for each seed, in the same order of seeds
   */
  static Finding of(Claim claim, Map<Recipe, List<Outcome>> outcomes) {
    Claim.Pair decisive = claim.runs().decisive();
    List<Outcome> with = outcomes.get(decisive.with());
    List<Outcome> without = outcomes.get(decisive.without());
    Contrast contrast =
        Contrast.of(
            samples(with, claim.runs().measures().with()),
            samples(without, claim.runs().measures().without()));
    return new Finding(
        claim,
        contrast,
        verdict(claim, contrast, samples(with, claim.runs().measures().with())),
        claim.runs().adam().map(pair -> means(claim, pair, outcomes)),
        claim.runs().sgd().map(pair -> means(claim, pair, outcomes)),
        endLoss(with, without),
        new Means(upward(with), OptionalDouble.of(upward(without))),
        with.size(),
        lost(with) + (decisive.with().equals(decisive.without()) ? 0 : lost(without)));
  }

  /** Where there was nothing to take away, a remedy cannot show what it can do. */
  private static Verdict verdict(Claim claim, Contrast contrast, List<Contrast.Sample> with) {
    return claim.takesAway() && Contrast.mean(with) == 0
        ? Verdict.UNDETERMINED
        : Verdict.of(contrast);
  }

  private static List<Contrast.Sample> samples(List<Outcome> outcomes, Measure measure) {
    return outcomes.stream().map(outcome -> outcome.sample(measure)).toList();
  }

  private static Means means(Claim claim, Claim.Pair pair, Map<Recipe, List<Outcome>> outcomes) {
    Claim.Measures measures = claim.runs().measures();
    double with = Contrast.mean(samples(outcomes.get(pair.with()), measures.with()));
    double without = Contrast.mean(samples(outcomes.get(pair.without()), measures.without()));
    boolean same = pair.distinct().size() == 1 && measures.same();
    return new Means(with, same ? OptionalDouble.empty() : OptionalDouble.of(without));
  }

  private static double upward(List<Outcome> outcomes) {
    return Contrast.mean(samples(outcomes, Measure.UPWARD_VARIATION));
  }

  private static int lost(List<Outcome> outcomes) {
    return (int) outcomes.stream().filter(o -> !Double.isFinite(o.endLoss())).count();
  }

  private static OptionalDouble endLoss(List<Outcome> with, List<Outcome> without) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < with.size(); i++) {
      double ratio = without.get(i).endLoss() / with.get(i).endLoss();
      if (ratio > 0 && ratio < Double.POSITIVE_INFINITY) {
        sum += StrictMath.log(ratio);
        count++;
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(StrictMath.exp(sum / count));
  }
}
