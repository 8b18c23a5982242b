package org.spikelet.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** How deep modules stand inside one another; whoever goes down into them needs stack for each. */
final class Nesting {

  /**
   * Far deeper than a network is by intention, and a part of what the smallest usual stack holds.
   */
  private static final int LIMIT = 500;

  private Nesting() {}

  /**
   * Refuses a module in which others stand too deep, or that contains itself.
   *
   * @throws IllegalArgumentException if it is so
   */
  static void check(Module module) {
    Set<Module> level = newSet();
    level.add(module);
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > LIMIT) {
        throw new IllegalArgumentException(
            "modules: they are nested more than "
                + LIMIT
                + " deep, or one contains itself; put layers that follow one another into one"
                + " Sequential");
      }
      Set<Module> next = newSet();
      level.forEach(parent -> next.addAll(parent.children().values()));
      level = next;
    }
  }

  /** By identity: two equal modules may be two, and comparing would go down as well. */
  private static Set<Module> newSet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
