package org.spikelet.app.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the runs say of a claim.
 *
 * @param claim the claim
 * @param effect how much of what is counted goes with the factor
 * @param verdict what that means
 * @param adam the means with and without the factor under Adam
 * @param sgd the same under SGD
 * @param endLoss the end loss without the factor over that with it, for the runs that decide; the
 *     geometric mean over the seeds whose losses stayed finite
 * @param seeds the number of seeds
 * @param notFinite how many of the decisive runs, with and without, ended in a loss that is not
 *     finite
 */
record Finding(
    Claim claim,
    Effect effect,
    Verdict verdict,
    Optional<Means> adam,
    Optional<Means> sgd,
    OptionalDouble endLoss,
    int seeds,
    int notFinite) {

  /**
   * Means over the seeds.
   *
   * @param with with the factor
   * @param without without it
   * @param same whether both are the same, for the factor is the optimizer itself
   */
  record Means(double with, double without, boolean same) {
    /** Returns both numbers, or the one. */
    double[] toArray() {
      return same ? new double[] {with} : new double[] {with, without};
    }
  }

  /**
   * Judges a claim.
   *
   * @param outcomes for each arm one outcome for each seed, in the same order of seeds
   */
  static Finding of(Claim claim, Map<Arm, List<Outcome>> outcomes) {
    Claim.Pair decisive = claim.decisive();
    List<Outcome> with = outcomes.get(decisive.with());
    List<Outcome> without = outcomes.get(decisive.without());
    Effect effect =
        Effect.of(
            samples(with, claim.measure().with()), samples(without, claim.measure().without()));
    return new Finding(
        claim,
        effect,
        verdict(claim, effect, samples(with, claim.measure().with())),
        claim.adam().map(pair -> means(claim, pair, outcomes)),
        claim.sgd().map(pair -> means(claim, pair, outcomes)),
        endLoss(with, without),
        with.size(),
        lost(with) + (decisive.with().equals(decisive.without()) ? 0 : lost(without)));
  }

  /** Where there was nothing to take away, a remedy cannot show what it can do. */
  private static Verdict verdict(Claim claim, Effect effect, List<Effect.Sample> with) {
    return claim.takesAway() && Effect.mean(with) == 0 ? Verdict.UNDETERMINED : Verdict.of(effect);
  }

  private static List<Effect.Sample> samples(List<Outcome> outcomes, Measure measure) {
    return outcomes.stream().map(outcome -> outcome.sample(measure)).toList();
  }

  private static Means means(Claim claim, Claim.Pair pair, Map<Arm, List<Outcome>> outcomes) {
    return new Means(
        Effect.mean(samples(outcomes.get(pair.with()), claim.measure().with())),
        Effect.mean(samples(outcomes.get(pair.without()), claim.measure().without())),
        pair.distinct().size() == 1 && claim.measure().same());
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
