package org.spikelet.app.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Recipe;

/**
 * What the runs say of a claim.
 *
 * @param subject the claim
 * @param contrast how much of what is counted goes with the factor
 * @param verdict what that means
 * @param adam the means with and without the factor in the first column
 * @param sgd the same under SGD
 * @param endLoss the end loss without the factor over that with it, for the runs that decide, and
 *     the other way round for a factor that removes something; the geometric mean over the seeds
 *     whose losses stayed finite
 * @param upward the means of {@link Measure#UPWARD_VARIATION}, for the runs that decide
 * @param seeds the number of seeds
 * @param notFinite how many of the decisive runs, with and without, ended in a loss that is not
 *     finite
 */
record Finding(
    Case subject,
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

  /** Returns the claim. */
  Claim claim() {
    return subject.claim();
  }

  /**
   * Judges a claim.
   *
   * @param seeds how many of the outcomes count
   * @param outcomes for each recipe one outcome for each seed, in the same order of seeds
   */
  static Finding of(Case subject, int seeds, Map<Series, List<Outcome>> outcomes) {
    Claim claim = subject.claim();
    Table table = new Table(subject, seeds, outcomes);
    Claim.Pair decisive = claim.runs().decisive();
    List<Outcome> with = table.of(decisive.with());
    List<Outcome> without = table.of(decisive.without());
    List<Contrast.Sample> more = samples(with, claim.measures().with());
    List<Contrast.Sample> less = samples(without, claim.measures().without());
    boolean removes = claim.effect() == Claim.Effect.REMOVES;
    Contrast contrast = removes ? Contrast.of(less, more) : Contrast.of(more, less);
    return new Finding(
        subject,
        contrast,
        verdict(claim.effect(), contrast, removes ? less : more),
        claim.runs().first().map(pair -> means(claim, pair, table)),
        claim.runs().sgd().map(pair -> means(claim, pair, table)),
        removes ? endLoss(without, with) : endLoss(with, without),
        new Means(upward(with), OptionalDouble.of(upward(without))),
        seeds,
        lost(with) + (decisive.with().equals(decisive.without()) ? 0 : lost(without)));
  }

  /** The outcomes that count, by recipe. */
  private record Table(Case subject, int seeds, Map<Series, List<Outcome>> outcomes) {
    List<Outcome> of(Recipe recipe) {
      return outcomes.get(subject.of(recipe)).subList(0, seeds);
    }
  }

  /** Where there was nothing to take away, nothing shows what takes it away. */
  private static Verdict verdict(
      Claim.Effect effect, Contrast contrast, List<Contrast.Sample> more) {
    return effect != Claim.Effect.BRINGS && Contrast.mean(more) == 0
        ? Verdict.UNDETERMINED
        : Verdict.of(contrast);
  }

  private static List<Contrast.Sample> samples(List<Outcome> outcomes, Measure measure) {
    return outcomes.stream().map(outcome -> outcome.sample(measure)).toList();
  }

  private static Means means(Claim claim, Claim.Pair pair, Table table) {
    Claim.Measures measures = claim.measures();
    double with = Contrast.mean(samples(table.of(pair.with()), measures.with()));
    double without = Contrast.mean(samples(table.of(pair.without()), measures.without()));
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
