package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** A tape opened and closed in the middle of another computation leaves no trace in it. */
@AddLifecycleHook(Seeds.class)
class NestedTapeProperties {

  /** What to differentiate at the next interruptions. */
  private final Deque<Graph> waiting = new ArrayDeque<>();

  /** What was found there, in the order in which the tapes were closed. */
  private final Map<Graph, double[]> found = new LinkedHashMap<>();

  @Property(tries = 300)
  void tapesDoNotDisturbEachOther(
      @ForAll("interrupted") Graph outer,
      @ForAll @Size(min = 1, max = 4) List<@From("interrupted") Graph> inner) {
    double[] alone = gradientOf(outer);
    List<double[]> each = inner.stream().map(NestedTapeProperties::gradientOf).toList();

    found.clear();
    waiting.clear();
    waiting.addAll(inner);
    assertThat(gradientOf(outer)).isEqualTo(alone);
    waiting.clear();
    for (int k = 0; k < inner.size(); k++) {
      if (found.containsKey(inner.get(k))) {
        assertThat(found.get(inner.get(k))).isEqualTo(each.get(k));
      }
    }
    Statistics.label("several tapes within").collect(found.size() > 1);
    Statistics.label("several tapes within")
        .coverage(checker -> checker.check(true).percentage(p -> p > 25));
  }

  private static double[] gradientOf(Graph graph) {
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = Derivatives.watch(tape, graph.inputs());
      Tensor y = graph.apply(leaves);
      return Derivatives.flat(tape.gradients(y, Tensor.ones(y.shape())), leaves).toArray();
    }
  }

  /** x itself; but on the way it opens a tape and differentiates what waits next. */
  private Tensor interruption(Tensor x) {
    Graph next = waiting.poll();
    if (next != null) {
      found.put(next, gradientOf(next));
    }
    return x.add(0);
  }

  @Provide
  Arbitrary<Graph> interrupted() {
    return Tensors.graphs().with(GraphOperation.unary("interruption(%s)", this::interruption));
  }
}
