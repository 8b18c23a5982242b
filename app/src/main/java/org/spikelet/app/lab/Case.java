package org.spikelet.app.lab;

import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Recipe;

/**
 * A claim before the laboratory.
 *
 * @param claim what is tested
 * @param group where it stands in the report
 * @param source whose code it is
 */
record Case(Claim claim, Group group, Source source) {

  /** Returns the trainings that it needs, each once. */
  List<Series> series() {
    return claim.runs().recipes().stream().map(this::of).toList();
  }

  /** Returns the runs of a recipe. */
  Series of(Recipe recipe) {
    return new Series(source, recipe);
  }
}
