package org.spikelet.app.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * A training, all but its seed. Claims that name the same recipe share its runs.
 *
 * @param setup what is learned, and how
 * @param optimization the optimizer
 */
public record Recipe(Setup setup, Optimization optimization) {

  /** Returns its name, part of the names of its files: two that differ need different ones. */
  public String id() {
    return setup.name() + "-" + optimization.id();
  }

  /** Says what it is, for a legend. */
  public String words() {
    return setup.name().replace('-', ' ') + ": " + optimization.words();
  }

  /** Returns what its results depend on, by name, to tell whether an old result still holds. */
  public String fingerprint(long steps) {
    return setup.fingerprint() + " " + optimization.id() + " " + steps;
  }

  /** Returns in what it differs from another one. A verdict means one thing if it is one. */
  public List<String> differences(Recipe other) {
    List<String> differences = new ArrayList<>(setup.differences(other.setup));
    if (!optimization.equals(other.optimization)) {
      differences.add("optimizer");
    }
    return differences;
  }
}
