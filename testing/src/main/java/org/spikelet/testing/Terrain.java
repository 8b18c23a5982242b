package org.spikelet.testing;

import java.util.function.Predicate;

/** Where a graph's values may lie; whoever needs less care may go farther. */
enum Terrain {
  /** Smooth and of moderate size: where central differences can be trusted. */
  TAME(Neighbourhood::tame),

  /** Finite and at most 100 in size, on kinks and jumps too. */
  FINITE(at -> at.small() && at.within(100)),

  /** Everywhere. */
  ANYWHERE(Neighbourhood::small);

  @SuppressWarnings("ImmutableEnumChecker") // the predicates above have no state
  private final Predicate<Neighbourhood> admitted;

  Terrain(Predicate<Neighbourhood> admitted) {
    this.admitted = admitted;
  }

  boolean admits(Neighbourhood at) {
    return admitted.test(at);
  }
}
