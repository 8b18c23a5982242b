package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Setup;

/**
 * Which runs some claims need: each once, in an order that depends on the claims alone.
 *
 * @param cases the claims
 * @param settings what was chosen for all of them
 */
record Plan(List<Case> cases, Settings settings) {

  private static final int QUICK_SEEDS = 2;

  /**
   * What may be chosen for all claims.
   *
   * @param seeds how many, if not each claim's own number
   * @param most at most so many steps in each run
   * @param length how long the runs are
   */
  record Settings(Optional<Integer> seeds, long most, Length length) {

    /** Returns how many seeds a claim has. */
    int seeds(Claim claim) {
      return seeds.orElse(
          length == Length.QUICK ? Math.min(QUICK_SEEDS, claim.seeds()) : claim.seeds());
    }

    /** Returns how many steps a run takes. */
    long steps(Setup setup) {
      return Math.min(most, length == Length.QUICK ? setup.quickSteps() : setup.steps());
    }
  }

  /** How long runs are. */
  enum Length {
    /** As the setups say. */
    FULL,
    /** To see how it works. */
    QUICK
  }

  /** Returns all runs: a series has as many seeds as the claim with the most wants. */
  List<Job> jobs() {
    Map<Series, Integer> seeds = new LinkedHashMap<>();
    for (Case each : cases) {
      for (Series series : each.series()) {
        seeds.merge(series, settings.seeds(each.claim()), Math::max);
      }
    }
    List<Job> jobs = new ArrayList<>();
    seeds.forEach(
        (series, count) -> {
          for (int seed = 1; seed <= count; seed++) {
            jobs.add(new Job(series, seed, settings.steps(series.recipe().setup())));
          }
        });
    return jobs;
  }

  /** Judges each claim by the outcomes of all runs. */
  List<Finding> findings(Map<Job, Outcome> outcomes) {
    Map<Series, List<Outcome>> bySeries = bySeries(outcomes);
    return cases.stream()
        .map(each -> Finding.of(each, settings.seeds(each.claim()), bySeries))
        .toList();
  }

  /** Returns the outcomes of each series in the order of the seeds. */
  Map<Series, List<Outcome>> bySeries(Map<Job, Outcome> outcomes) {
    Map<Series, List<Outcome>> bySeries = new LinkedHashMap<>();
    for (Job job : jobs()) {
      bySeries.computeIfAbsent(job.series(), unused -> new ArrayList<>()).add(outcomes.get(job));
    }
    return bySeries;
  }
}
