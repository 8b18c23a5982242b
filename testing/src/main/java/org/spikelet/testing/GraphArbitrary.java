package org.spikelet.testing;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ArbitraryDecorator;
import org.spikelet.autodiff.Tensor;

/**
 * Random graphs of smooth operations, with values of moderate size, shared nodes and broadcasting.
 *
 * <p>At first inputs are from −2 to 2 and no value is larger than 4: an error that shows only far
 * from 0 is found with {@link #withMagnitude}.
 *
 * <p>They shrink to fewer operations, fewer and smaller inputs, simpler operations and numbers.
 */
public final class GraphArbitrary extends ArbitraryDecorator<Graph> {

  private static final int MOST_STEPS_BACK = 14;
  private static final int MOST_CHOICES = 59;

  private final List<GraphOperation> own;
  private final int most;
  private final Terrain terrain;
  private final double largest;

  GraphArbitrary() {
    this(List.of(), 12, Terrain.TAME, 4);
  }

  private GraphArbitrary(List<GraphOperation> own, int most, Terrain terrain, double largest) {
    this.own = own;
    this.most = most;
    this.terrain = terrain;
    this.largest = largest;
  }

  /** Returns graphs that also use these operations, for about a third of their nodes. */
  public GraphArbitrary with(GraphOperation... operations) {
    List<GraphOperation> more = new ArrayList<>(own);
    more.addAll(List.of(operations));
    return new GraphArbitrary(more, most, terrain, largest);
  }

  /**
   * Returns graphs that also use the library's operations with kinks and jumps, such as {@code
   * relu}, {@code maximum} and {@code where}, for about a third of their nodes.
   */
  public GraphArbitrary withKinks() {
    return with(KinkedOperations.ALL.toArray(GraphOperation[]::new));
  }

  /**
   * Returns graphs whose values may lie on kinks and jumps, and be empty, but are finite and at
   * most 100 in size: to be compared with another implementation, not with differences.
   */
  public GraphArbitrary onKinksToo() {
    return new GraphArbitrary(own, most, Terrain.FINITE, largest);
  }

  /**
   * Returns graphs whose values may be anything, ∞ and NaN among them: to be compared with another
   * implementation, not with differences.
   */
  public GraphArbitrary anywhere() {
    return new GraphArbitrary(own, most, Terrain.ANYWHERE, largest);
  }

  /**
   * Returns graphs of at most this many operations.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public GraphArbitrary atMost(int operations) {
    if (operations < 1) {
      throw new IllegalArgumentException("atMost: must be at least 1, got " + operations);
    }
    return new GraphArbitrary(own, operations, terrain, largest);
  }

  /**
   * Returns graphs with inputs of up to half this size and no value that is larger.
   *
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public GraphArbitrary withMagnitude(double largest) {
    if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("magnitude: must be positive and finite, got " + largest);
    }
    return new GraphArbitrary(own, most, terrain, largest);
  }

  /**
   * Returns graphs over these very inputs, whether the output depends on all of them or not: two
   * such graphs can be added or compared.
   */
  public Arbitrary<Graph> over(List<Tensor> inputs) {
    return steps()
        .map(steps -> GraphBuilder.build(inputs, steps, terrain, largest))
        .filter(graph -> graph.size() > 0)
        .withoutEdgeCases();
  }

  @Override
  protected Arbitrary<Graph> arbitrary() {
    return Combinators.combine(inputs(), steps())
        .as((inputs, steps) -> GraphBuilder.build(inputs, steps, terrain, largest))
        .filter(graph -> graph.size() > 0)
        .map(Graph::trimmed)
        .withoutEdgeCases();
  }

  /**
   * Returns lists of 1 to 3 tensors whose shapes broadcast to a common one of at most three axes,
   * each of length 1 to 3: what graphs are made over.
   */
  public Arbitrary<List<Tensor>> inputs() {
    // Not towards 0: there, wrong derivatives are often 0 as well, and shrinking would get stuck.
    return Tensors.shapes()
        .lengths(1, 3)
        .flatMap(
            full ->
                Tensors.of(Tensors.shapesBroadcastingTo(full))
                    .between(-largest / 2, largest / 2)
                    .shrinkingTowards(0.5)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3)
                    .withSizeDistribution(RandomDistribution.uniform()))
        .withoutEdgeCases();
  }

  private Arbitrary<List<GraphBuilder.Step>> steps() {
    Arbitrary<Integer> back = upTo(MOST_STEPS_BACK);
    // Most operations take the newest node: otherwise few would lead to the output.
    Arbitrary<Integer> newest =
        Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(0)), Tuple.of(1, back));
    return Combinators.combine(operations(), back, newest, upTo(MOST_CHOICES))
        .as(GraphBuilder.Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        .withSizeDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  private static Arbitrary<Integer> upTo(int most) {
    return Arbitraries.integers().between(0, most).withDistribution(RandomDistribution.uniform());
  }

  /** Half of the library's have two operands, so that several inputs meet. */
  private Arbitrary<GraphOperation> operations() {
    List<GraphOperation> one = SmoothOperations.with(1);
    List<GraphOperation> two = SmoothOperations.with(2);
    return own.isEmpty()
        ? Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of(one)), Tuple.of(1, Arbitraries.of(two)))
        : Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of(one)),
            Tuple.of(1, Arbitraries.of(two)),
            Tuple.of(1, Arbitraries.of(own)));
  }
}
