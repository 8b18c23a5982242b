package org.spikelet.app.opinion;

import java.util.Optional;

/**
 * The one change that separates two hypotheses: one foretells its outcome, and the other does not.
 *
 * @param change the change
 * @param foretells the hypothesis that foretells its outcome
 * @param other the other one; empty for "none of these"
 */
record Separation(Change change, Hypothesis foretells, Optional<Hypothesis> other) {

  static Separation of(Hypothesis first) {
    return new Separation(first.changes().get(0), first, Optional.empty());
  }

  static Separation between(Hypothesis first, Hypothesis next) {
    return one(first, next).or(() -> one(next, first)).orElseGet(() -> of(first));
  }

  private static Optional<Separation> one(Hypothesis hypothesis, Hypothesis other) {
    return hypothesis.changes().stream()
        .filter(change -> change.isForetoldBy(hypothesis) && !change.isForetoldBy(other))
        .findFirst()
        .map(change -> new Separation(change, hypothesis, Optional.of(other)));
  }

  /** Says what follows from either outcome. */
  String words() {
    return "If "
        + change.outcome()
        + ", that speaks for "
        + foretells.words()
        + "; if not, "
        + other
            .map(h -> "for " + h.words())
            .orElse("against it, and for something that is not in this list")
        + ".";
  }
}
