/**
 * Generators for property tests of derivatives, with <a href="https://jqwik.net">jqwik</a>.
 *
 * <p>{@link org.spikelet.testing.Tensors} is the entry: it has shapes, tensors, axes, seeds, and
 * random expression graphs. A property that fails is shrunk to the simplest case that still fails;
 * a {@link org.spikelet.testing.Graph} then prints itself as Java code to paste into a test.
 *
 * <pre>{@code
 * class CubeProperties {
 *   @Property
 *   void cubeHasTheRightDerivatives(@ForAll("graphs") Graph graph) {
 *     graph.check();
 *   }
 *
 *   @Provide
 *   Arbitrary<Graph> graphs() {
 *     return Tensors.graphs().with(GraphOperation.unary("Cube.cube(%s)", Cube::cube));
 *   }
 * }
 * }</pre>
 */
package org.spikelet.testing;
