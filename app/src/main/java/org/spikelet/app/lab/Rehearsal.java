package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
  private static final double ROUNDING = 1e-9;

  private final List<Case> cases;
  private final int seeds;
  private final Function<Throwable, String> explain;
  private final List<String> wrong = new ArrayList<>();

  /**
   * Of these claims.
   *
   * @param seeds the largest number of seeds that one has
   * @param explain says what went wrong, with the reader's line
   */
  Rehearsal(List<Case> cases, int seeds, Function<Throwable, String> explain) {
    this.cases = cases;
    this.seeds = seeds;
    this.explain = explain;
  }

  /**
   * Checks names, and tries each training.
   *
   * @throws BadExperiment if something is wrong; the message has all of it
   */
  void check(Watch.Running signs) {
    checkNames();
    checkPairs();
    stop();
    for (Series series :
        cases.stream().flatMap(each -> each.series().stream()).distinct().toList()) {
      try {
        tryOut(series.recipe(), signs);
      } catch (Throwable e) {
        wrong.add(
            "The training '"
                + series.recipe().id()
                + "' fails in its first steps: "
                + explain.apply(e));
      }
    }
    stop();
  }

  private void stop() {
    if (!wrong.isEmpty()) {
      throw new BadExperiment(String.join("\n", wrong));
    }
  }

  private void checkNames() {
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
                differences.isEmpty() ? "" : ": they differ in " + Caveats.and(differences)));
      }
    }
  }

  private void checkPairs() {
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

  private void tryOut(Recipe recipe, Watch.Running signs) {
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
    } else if (seeds > 1 && same(first, Trial.run(plain, 2, steps, step -> signs.step()))) {
      wrong.add(
          "The training '"
              + recipe.id()
              + "' gives the same losses with the seeds 1 and 2: copies of one run are no evidence. Let"
              + " data or first weights depend on the RandomGenerator that they are given.");
    }
    checkBatches(recipe);
  }

  /** Whether the losses are the same but for rounding: rows in another order add up to others. */
  private static boolean same(Outcome a, Outcome b) {
    boolean same = a.curve().size() == b.curve().size();
    for (int i = 0; same && i < a.curve().size(); i++) {
      double x = a.curve().get(i).least();
      double y = b.curve().get(i).least();
      same = Math.abs(x - y) <= ROUNDING * Math.abs(x) || x == y;
    }
    return same;
  }

  /** What tells an epoch's batches apart needs several. */
  private void checkBatches(Recipe recipe) {
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
}
