package org.spikelet.app.lab;

/**
 * A training, all but its seed. Experiments that name the same recipe share its runs.
 *
 * @param setup what is learned, and how
 * @param optimization the optimizer
 */
record Recipe(Setup setup, Optimization optimization) {

  /** A name for its files. */
  String id() {
    return setup.id() + "-" + optimization.id();
  }

  /** Says what it is, for a legend. */
  String words() {
    return setup.id().replace('-', ' ') + ": " + optimization.words();
  }

  /** Everything that its results depend on, to tell whether an old result still holds. */
  String fingerprint(long steps) {
    return setup + " " + optimization.id() + " " + optimization.limit() + " " + steps;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recipe recipe && id().equals(recipe.id());
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }
}
