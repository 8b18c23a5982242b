package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.spikelet.testing.Derivatives.dot;
import static org.spikelet.testing.Derivatives.gradient;
import static org.spikelet.testing.Derivatives.hessianTimes;
import static org.spikelet.testing.Derivatives.random;
import static org.spikelet.testing.Derivatives.scale;
import static org.spikelet.testing.Derivatives.size;
import static org.spikelet.testing.Derivatives.watch;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * What derivatives must obey exactly, whatever the functions are.
 *
 * <p>Both sides are computed by the same rules in another order, so only rounding may set them
 * apart: some hundred operations with a relative error of 2⁻⁵³ each, on numbers below 10³ times the
 * result. 10⁻¹⁰ of the largest number is ample, and far below any central difference.
 */
@AddLifecycleHook(Seeds.class)
class DerivativeAlgebraProperties {

  private static final double ROUNDING = 1e-10;

  /** Two functions of the same inputs. */
  record Pair(List<Tensor> inputs, Graph f, Graph g) {}

  /** A function g of some inputs, and a function f of what g returns. */
  record Chain(Graph g, Graph f) {}

  @Property(tries = 300)
  void theGradientIsLinear(
      @ForAll("pairs") Pair pair,
      @ForAll @DoubleRange(min = -2, max = 2) double alpha,
      @ForAll @DoubleRange(min = -2, max = 2) double beta) {
    Tensor whole =
        gradient(
            in -> pair.f.apply(in).sum().mul(alpha).add(pair.g.apply(in).sum().mul(beta)),
            pair.inputs);
    Tensor f = gradient(pair.f::apply, pair.inputs);
    Tensor g = gradient(pair.g::apply, pair.inputs);
    assertClose(whole, f.mul(alpha).add(g.mul(beta)), scale(f, g));
  }

  @Property(tries = 300)
  void gradientsOfGraphsAddUp(@ForAll("pairs") Pair pair) {
    Tensor sum;
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = watch(tape, pair.inputs);
      Gradients f = tape.gradients(pair.f.apply(leaves).sum());
      Gradients g = tape.gradients(pair.g.apply(leaves).sum());
      sum = Derivatives.flat(f.plus(g), leaves).copy();
    }
    Tensor whole = gradient(in -> pair.f.apply(in).sum().add(pair.g.apply(in).sum()), pair.inputs);
    assertClose(whole, sum, scale(sum));
  }

  @Property(tries = 300)
  void theGradientIsLinearInTheUpstream(
      @ForAll("graphs") Graph graph,
      @ForAll("seeds") long seed,
      @ForAll @DoubleRange(min = -2, max = 2) double alpha) {
    Shape shape = graph.apply(graph.inputs()).shape();
    Tensor u = random(shape, seed);
    Tensor v = random(shape, seed + 1);
    Tensor ofU = gradient(graph::apply, graph.inputs(), u);
    Tensor ofV = gradient(graph::apply, graph.inputs(), v);
    Tensor whole = gradient(graph::apply, graph.inputs(), u.mul(alpha).add(v));
    assertClose(whole, ofU.mul(alpha).add(ofV), scale(ofU, ofV));
  }

  @Property(tries = 300)
  void theChainRule(@ForAll("chains") Chain chain, @ForAll("seeds") long seed) {
    List<Tensor> x = chain.g.inputs();
    List<Tensor> y = List.of(chain.g.apply(x));
    Tensor u = random(chain.f.apply(y).shape(), seed);
    Function<List<Tensor>, Tensor> composed = in -> chain.f.apply(List.of(chain.g.apply(in)));
    Tensor upstream = gradient(chain.f::apply, y, u).reshape(y.get(0).shape());
    Tensor linked = gradient(chain.g::apply, x, upstream);
    assertClose(gradient(composed, x, u), linked, scale(linked, upstream));
  }

  @Property(tries = 300)
  void theHessianIsSymmetric(@ForAll("graphs") Graph graph, @ForAll("seeds") long seed) {
    List<Tensor> x = graph.inputs();
    Tensor u = random(Shape.of(size(x)), seed);
    Tensor v = random(Shape.of(size(x)), seed + 1);
    Tensor hu = hessianTimes(graph::apply, x, u);
    Tensor hv = hessianTimes(graph::apply, x, v);
    assertThat(dot(hu, v)).isCloseTo(dot(u, hv), offset(ROUNDING * scale(hu, hv) * u.size()));
  }

  @Property(tries = 300)
  void aDetachedValueIsAConstant(@ForAll("graphs") Graph graph) {
    Tensor y = graph.apply(graph.inputs());
    Tensor half = gradient(in -> halfDetached(graph.apply(in)), graph.inputs());
    // d(y · const y) = y · dy, and 1 · y is y to the last bit.
    assertThat(half.toArray()).isEqualTo(gradient(graph::apply, graph.inputs(), y).toArray());
  }

  private static Tensor halfDetached(Tensor y) {
    return y.detach().mul(y);
  }

  @Property(tries = 300)
  void twoEvaluationsHaveTheSameBits(@ForAll("graphs") Graph graph, @ForAll("seeds") long seed) {
    List<Tensor> x = graph.inputs();
    assertThat(graph.apply(x).toArray()).isEqualTo(graph.apply(x).toArray());
    Tensor v = random(Shape.of(size(x)), seed);
    assertThat(hessianTimes(graph::apply, x, v).toArray())
        .isEqualTo(hessianTimes(graph::apply, x, v).toArray());
    Tensor plain = gradient(graph::apply, x);
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = watch(tape, x);
      Tensor y = graph.apply(leaves);
      assertThat(y.toArray()).isEqualTo(graph.apply(x).toArray());
      Gradients recorded = tape.recordedGradients(y, Tensor.ones(y.shape()));
      assertThat(Derivatives.flat(recorded, leaves).toArray()).isEqualTo(plain.toArray());
    }
  }

  private static void assertClose(Tensor actual, Tensor expected, double scale) {
    assertThat(actual.toArray()).containsExactly(expected.toArray(), offset(ROUNDING * scale));
  }

  @Provide
  Arbitrary<Graph> graphs() {
    return Tensors.graphs();
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Tensors.seeds();
  }

  @Provide
  Arbitrary<Pair> pairs() {
    GraphArbitrary graphs = Tensors.graphs();
    return graphs
        .inputs()
        .flatMap(
            inputs ->
                Combinators.combine(graphs.over(inputs), graphs.over(inputs))
                    .as((f, g) -> new Pair(inputs, f, g)))
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Chain> chains() {
    GraphArbitrary graphs = Tensors.graphs().atMost(6);
    return graphs
        .flatMap(g -> graphs.over(List.of(g.apply(g.inputs()))).map(f -> new Chain(g, f)))
        .withoutEdgeCases();
  }
}
