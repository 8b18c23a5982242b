package org.spikelet.testing;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The gradients of whole programs agree with central differences, to second order. */
@AddLifecycleHook(Seeds.class)
class GraphGradientProperties {

  @Property(tries = 300)
  void derivativesAgreeWithCentralDifferencesToSecondOrder(@ForAll("graphs") Graph graph) {
    graph.check();
  }

  @Provide
  Arbitrary<Graph> graphs() {
    return Tensors.graphs();
  }
}
