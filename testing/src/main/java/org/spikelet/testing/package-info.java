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
 *
 * <p>Read on in this order: {@link org.spikelet.testing.ShapeArbitrary} and {@link
 * org.spikelet.testing.ShapePair}; {@link org.spikelet.testing.TensorArbitrary} and the {@link
 * org.spikelet.testing.Special} numbers that it can put in; {@link
 * org.spikelet.testing.GraphOperation} and its {@link org.spikelet.testing.Spelling}; {@link
 * org.spikelet.testing.Graph} and {@link org.spikelet.testing.GraphArbitrary}. Behind them: {@code
 * SmoothOperations} and {@code KinkedOperations}, the operations of the graphs; {@code
 * GraphBuilder}, from choices to a graph; {@code Neighbourhood}, where its values are tame.
 */
package org.spikelet.testing;
