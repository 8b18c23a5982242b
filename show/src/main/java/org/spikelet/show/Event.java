package org.spikelet.show;

import java.util.List;
import java.util.Optional;

/** One moment of a tape, in the order of time. */
sealed interface Event {

  /** An operation was computed and kept. */
  record Computed(int node) implements Event {}

  /**
   * A walk back began.
   *
   * @param walk its number, from 1
   * @param node from where
   * @param upstream the gradient that it began with
   */
  record WalkStarted(int walk, int node, Values upstream) implements Event {}

  /**
   * A rule ran, and its result was added to the adjoint of an input.
   *
   * @param walk the number of the walk back
   * @param node the operation
   * @param input which of its inputs, from 0
   * @param to the node of the input
   * @param gradient the adjoint of the operation's output
   * @param derivative what the rule returned
   * @param count how many the input has got with this one
   * @param sum the adjoint of the input with this one; empty if it is the first
   * @param ran the names of the operations that the rule computed, where they are no nodes
   */
  record Added(
      int walk,
      int node,
      int input,
      int to,
      Values gradient,
      Values derivative,
      int count,
      Optional<Values> sum,
      List<String> ran)
      implements Event {}
}
