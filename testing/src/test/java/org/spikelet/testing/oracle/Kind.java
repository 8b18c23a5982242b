package org.spikelet.testing.oracle;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.Graph;
import org.spikelet.testing.GraphArbitrary;
import org.spikelet.testing.Tensors;

/** The four kinds of programs that frameworks are compared on. */
enum Kind {
  /** Away from kinks: up to 12 operations. */
  AWAY(() -> Tensors.graphs().withKinks()),

  /** Inputs from a few numbers, so that ties, zeros and bounds are met: up to 8 operations. */
  KINKS(
      () ->
          over(
              Tensors.graphs().withKinks().onKinksToo().atMost(8),
              Tensors.graphs().inputs(),
              -2,
              -1,
              -0.5,
              0,
              0.5,
              1,
              1.5,
              2)),

  /** Some lengths are 0: up to 8 operations. */
  EMPTY(
      () ->
          over(
              Tensors.graphs().withKinks().onKinksToo().atMost(8),
              Tensors.shapes()
                  .lengths(0, 2)
                  .flatMap(
                      full ->
                          Tensors.of(Tensors.shapesBroadcastingTo(full))
                              .list()
                              .ofMinSize(1)
                              .ofMaxSize(3))
                  .filter(inputs -> inputs.stream().anyMatch(x -> x.size() == 0)),
              -1,
              0.5,
              2)),

  /** Inputs from the edge of what a double can hold: one operation. */
  SPECIAL(
      () ->
          over(
              Tensors.graphs().withKinks().anywhere().atMost(1),
              Tensors.graphs().inputs(),
              0,
              -0.0,
              1,
              -1,
              0.5,
              -3,
              21,
              -800,
              800,
              1e155,
              -1e155,
              Double.MIN_VALUE,
              Double.MAX_VALUE,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              Double.NaN));

  /** As jqwik does for a thousand tries. */
  private static final int SIZE = 1000;

  @SuppressWarnings("ImmutableEnumChecker") // the suppliers above have no state
  private final Supplier<Arbitrary<Graph>> graphs;

  Kind(Supplier<Arbitrary<Graph>> graphs) {
    this.graphs = graphs;
  }

  /** Returns always the same program for a seed. */
  Graph program(long seed) {
    return graphs.get().generator(SIZE).next(new Random(seed)).value();
  }

  /** Takes the inputs' shapes, and their values from these numbers. */
  private static Arbitrary<Graph> over(
      GraphArbitrary graphs, Arbitrary<List<Tensor>> inputs, double... numbers) {
    return inputs.flatMap(
        shaped ->
            Arbitraries.randoms()
                .flatMap(
                    random ->
                        graphs.over(shaped.stream().map(x -> drawn(x, random, numbers)).toList())));
  }

  private static Tensor drawn(Tensor x, Random random, double... numbers) {
    return Tensor.of(
        x.shape(), random.ints(x.size(), 0, numbers.length).mapToDouble(k -> numbers[k]).toArray());
  }
}
