package org.spikelet.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spikelet.autodiff.Tensor;

/**
 * Turns any list of choices into a graph: a step that fits nowhere is left out.
 *
 * <p>Operands are counted from the newest node back. So a graph without one of its steps is a graph
 * in which the step before takes its place, and jqwik's shrinking of lists and small numbers
 * shrinks graphs.
 */
final class GraphBuilder {

  /**
   * The choices that make one operation.
   *
   * @param first how far back the first of two operands is
   * @param last how far back the search for the last operand starts
   * @param choice axes, numbers and the like
   */
  record Step(GraphOperation operation, int first, int last, int choice) {}

  private final List<Graph.Node> nodes = new ArrayList<>();
  private final List<Neighbourhood> values = new ArrayList<>();
  private final Terrain terrain;

  private GraphBuilder(List<Tensor> inputs, Terrain terrain, double largest) {
    this.terrain = terrain;
    for (int k = 0; k < inputs.size(); k++) {
      values.add(Neighbourhood.of(inputs.get(k), k, largest));
    }
  }

  /** Makes a graph within a terrain; where that has a bound, no value is larger than this one. */
  static Graph build(List<Tensor> inputs, List<Step> steps, Terrain terrain, double largest) {
    GraphBuilder builder = new GraphBuilder(inputs, terrain, largest);
    steps.forEach(builder::add);
    return new Graph(inputs, builder.nodes);
  }

  /**
   * Takes the first last operand, from the chosen one back, with which the terrain admits the
   * value.
   */
  private void add(Step step) {
    int count = values.size();
    for (int k = 0; k < count; k++) {
      int last = back(step.last + k, count);
      List<Integer> operands =
          step.operation.operands() == 1 ? List.of(last) : List.of(back(step.first, count), last);
      List<Neighbourhood> at = operands.stream().map(values::get).toList();
      Optional<GraphOperation.Call> call =
          step.operation.call(at.stream().map(Neighbourhood::shape).toList(), step.choice);
      Optional<Neighbourhood> value =
          call.flatMap(c -> Neighbourhood.of(c.function(), at, terrain));
      if (value.isPresent()) {
        nodes.add(new Graph.Node(call.get(), operands));
        values.add(value.get());
        return;
      }
    }
  }

  private static int back(int steps, int count) {
    return count - 1 - steps % count;
  }
}
