package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.experiment.Setup;
import org.spikelet.optim.DataLoader;

/**
 * A look at a reader's claims before hours are spent on them: what can be seen from the first steps
 * of each training.
 */
final class Rehearsal {

  private static final long STEPS = 3;

  private final List<Case> cases;
  private final int seeds;

  /**
   * Of these claims.
   *
   * @param seeds the largest number of seeds that one has
   */
  Rehearsal(List<Case> cases, int seeds) {
    this.cases = cases;
    this.seeds = seeds;
  }

  /**
   * Checks names, and tries each training.
   *
   * @throws BadExperiment if something is wrong; the message has all of it
   */
  void check(Watch.Running signs) {
    List<String> wrong = new ArrayList<>();
    checkNames(wrong);
    checkPairs(wrong);
    stop(wrong);
    for (Series series :
        cases.stream().flatMap(each -> each.series().stream()).distinct().toList()) {
      tryOut(series.recipe(), wrong, signs);
    }
    stop(wrong);
  }

  private static void stop(List<String> wrong) {
    if (!wrong.isEmpty()) {
      throw new BadExperiment(String.join("\n", wrong));
    }
  }

  private void checkNames(List<String> wrong) {
    Map<String, Integer> counts = new HashMap<>();
    for (Case each : cases) {
      String name = each.claim().name();
      if (counts.merge(name, 1, Integer::sum) == 2) {
        wrong.add("Two claims are called '" + name + "'; give each a name of its own.");
      }
      if (Claims.ALL.stream().anyMatch(ours -> ours.claim().name().equals(name))) {
        wrong.add(
            "The claim '"
                + name
                + "' has the name of one of the laboratory's own (./spikelet lab --list); give it"
                + " another.");
      }
    }
    Map<String, Recipe> byId = new HashMap<>();
    for (Series series :
        cases.stream().flatMap(each -> each.series().stream()).distinct().toList()) {
      Recipe former = byId.putIfAbsent(series.id(), series.recipe());
      if (former != null) {
        List<String> differences = former.differences(series.recipe());
        wrong.add(
            String.format(
                "Two trainings are called '%s', but are not the same%s. Name the one that is changed:"
                    + " setup.named(\"...\"), or an id of its own for its Optimization; or make it once"
                    + " and use it twice.",
                series.recipe().id(),
                differences.isEmpty() ? "" : ": they differ in " + and(differences)));
      }
    }
  }

  private void checkPairs(List<String> wrong) {
    for (Case each : cases) {
      Claim claim = each.claim();
      Claim.Pair pair = claim.runs().decisive();
      List<String> differences = pair.with().differences(pair.without());
      if (differences.isEmpty() && claim.measures().same()) {
        wrong.add(
            "The claim '"
                + claim.name()
                + "' compares "
                + pair.with().id()
                + " with "
                + pair.without().id()
                + ", which differ in their names alone; change one thing in one of them.");
      }
    }
  }

  /** Returns what a reader should know of the claims, though they can be tested. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Case each : cases) {
      Claim.Pair pair = each.claim().runs().decisive();
      List<String> differences = pair.with().differences(pair.without());
      if (differences.size() > 1) {
        warnings.add(
            String.format(
                "Claim '%s': with and without differ in %d things, %s. A verdict will not tell which"
                    + " of them it is.",
                each.claim().name(), differences.size(), and(differences)));
      }
      if (differences.contains("loss") && !pair.with().setup().model().watchesAnother()) {
        warnings.add(
            String.format(
                "Claim '%s': each training is measured by its own loss, and the two are not on one"
                    + " scale. setup.watching(loss) looks for spikes in the same loss in both.",
                each.claim().name()));
      }
    }
    return warnings;
  }

  private void tryOut(Recipe recipe, List<String> wrong, Watch.Running signs) {
    Recipe plain = recipe.setup().withTwist(Setup.Twist.NONE).by(recipe.optimization());
    long steps = Math.min(STEPS, recipe.setup().steps());
    Outcome first = Trial.run(plain, 1, steps, step -> signs.step());
    if (!Trial.run(plain, 1, steps, step -> signs.step()).equals(first)) {
      wrong.add(
          "The training '"
              + recipe.id()
              + "' gives other losses each time, though its seed is the same: something random does not"
              + " come from the seed, or something remembers the run before. Take randomness from the"
              + " RandomGenerator that data and net are given, not from Math.random, new Random() or"
              + " the clock, and make the optimizer anew each time.");
    } else if (seeds > 1 && Trial.run(plain, 2, steps, step -> signs.step()).equals(first)) {
      wrong.add(
          "The training '"
              + recipe.id()
              + "' gives the same losses with the seeds 1 and 2: copies of one run are no evidence. Let"
              + " data or first weights depend on the RandomGenerator that they are given.");
    }
    checkBatches(recipe, wrong);
  }

  /** What tells an epoch's batches apart needs several. */
  private void checkBatches(Recipe recipe, List<String> wrong) {
    boolean counted =
        cases.stream()
            .filter(each -> each.claim().runs().recipes().contains(recipe))
            .flatMap(
                each ->
                    Stream.of(each.claim().measures().with(), each.claim().measures().without()))
            .anyMatch(measure -> measure.isOfBatches());
    Setup setup = recipe.setup();
    if (counted && loader(setup).batches() == 1) {
      wrong.add(
          "In the training '"
              + recipe.id()
              + "' an epoch has one batch, so its last batch cannot be told from the others; make the"
              + " batches smaller, or count something else.");
    }
  }

  private static DataLoader loader(Setup setup) {
    DataLoader loader = new DataLoader(setup.data().problem(1).data(), setup.batchSize());
    return setup.dropLast() ? loader.withDropLast() : loader;
  }

  private static String and(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
