package org.spikelet.show;

import java.util.List;
import java.util.Optional;

/**
 * What stands in the graph: an operation, or a leaf that one uses.
 *
 * @param place where it is in the list of nodes
 * @param kind what it is
 * @param label how it is called in the picture, such as {@code t3} or {@code 0.weight}
 * @param name the operation's name; empty for a leaf
 * @param layer the names around it, joined by dots, or empty
 * @param operands its inputs in order
 * @param values what it held
 * @param units of a ReLU on several rows
 * @param line where the program computed it; of what a derivative computes, where that was computed
 *     whose derivative it is
 * @param walk the number of the walk back that computed it, from 1; 0 for the forward pass
 * @param derivativeOf the place of the operation in whose rule it was computed, or −1
 */
record Node(
    int place,
    Kind kind,
    String label,
    String name,
    String layer,
    List<Operand> operands,
    Values values,
    Optional<Units> units,
    Optional<UserLine> line,
    int walk,
    int derivativeOf) {

  /** What a node is. */
  enum Kind {
    OPERATION,
    PARAMETER,
    WATCHED,
    CONSTANT
  }

  /**
   * An input.
   *
   * @param place that of its node, or −1 for a constant number, which has none
   * @param text its label, or the number
   */
  record Operand(int place, String text) {}

  /**
   * The columns of a ReLU.
   *
   * @param rows how many rows there were
   * @param all how many columns there are
   * @param dead how many of them were 0 in all rows
   */
  record Units(int rows, int all, int dead) {}
}
