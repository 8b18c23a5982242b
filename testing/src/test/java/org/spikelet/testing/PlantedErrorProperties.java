package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** A wrong rule is found, shrunk to next to nothing, and printed as code that fails alike. */
class PlantedErrorProperties {

  private static final String PLACE = "org.spikelet.testing.Wrong.";

  @Property(shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(OneOperation.class)
  void aWrongFactor(@ForAll("withCube") Graph graph) {
    graph.check();
  }

  @Property(shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(OneOperation.class)
  void aWrongSecondDerivative(@ForAll("withFrozenCube") Graph graph) {
    graph.check();
  }

  @Property(shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(OneOperation.class)
  void aWrongSumOverUses(@ForAll("withForgetfulProduct") Graph graph) {
    graph.check();
  }

  static final class OneOperation extends Minimal<Graph> {

    OneOperation() {
      super(Graph.class);
    }

    @Override
    void inspect(Graph graph, Throwable failure) {
      assertThat(graph.size()).isLessThanOrEqualTo(1);
      assertThat(graph.inputs()).hasSize(1);
      assertThat(graph.inputs().get(0).size()).isEqualTo(1);
      assertThat(graph.code()).contains(PLACE);
      assertThat(PastedCode.failure(graph.code()))
          .hasSameClassAs(failure)
          .hasMessage(failure.getMessage());
    }
  }

  @Provide
  Arbitrary<Graph> withCube() {
    return Tensors.graphs().with(GraphOperation.unary(PLACE + "cube(%s)", Wrong::cube));
  }

  @Provide
  Arbitrary<Graph> withFrozenCube() {
    return Tensors.graphs().with(GraphOperation.unary(PLACE + "frozenCube(%s)", Wrong::frozenCube));
  }

  @Provide
  Arbitrary<Graph> withForgetfulProduct() {
    return Tensors.graphs()
        .with(GraphOperation.binary(PLACE + "forgetfulProduct(%s, %s)", Wrong::forgetfulProduct));
  }
}
