package org.spikelet.app.lab;

/**
 * A training, all but its seed. Experiments that name the same arm share its runs.
 *
 * @param setup what is learned, and how
 * @param rule the optimizer
 */
record Arm(Setup setup, Rule rule) {

  /** A name for its files. */
  String id() {
    return setup.id() + "-" + rule.id();
  }

  /** Says what it is, for a legend. */
  String words() {
    return setup.id().replace('-', ' ') + ": " + rule.words();
  }

  /** Everything that its results depend on, to tell whether an old result still holds. */
  String fingerprint(long steps) {
    return setup + " " + rule.id() + " " + rule.clip() + " " + steps;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Arm arm && id().equals(arm.id());
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }
}
