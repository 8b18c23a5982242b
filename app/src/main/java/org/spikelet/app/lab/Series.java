package org.spikelet.app.lab;

import org.spikelet.app.experiment.Recipe;

/**
 * The runs of one recipe, one for each seed.
 *
 * @param source whose code the recipe is
 * @param recipe what is run
 */
record Series(Source source, Recipe recipe) {

  /** Returns how the names of its files begin. */
  String id() {
    return source.prefix() + recipe.id();
  }

  /** Everything that its results depend on, to tell whether an old result still holds. */
  Fingerprint fingerprint(long steps) {
    return new Fingerprint(recipe.fingerprint(steps), source.version());
  }
}
