/**
 * Loops over arrays, their memory and their threads: what makes the operations fast, and nothing
 * that knows of tensors or derivatives.
 *
 * <p>Read in this order: {@link org.spikelet.autodiff.kernels.UnaryLoop}, {@link
 * org.spikelet.autodiff.kernels.BinaryLoop} and {@link
 * org.spikelet.autodiff.kernels.ReductionLoop}, the shapes that loops have; {@link
 * org.spikelet.autodiff.kernels.Loops}, the table of those for single elements; {@link
 * org.spikelet.autodiff.kernels.Softmax} and {@link org.spikelet.autodiff.kernels.MovementLoops};
 * {@link org.spikelet.autodiff.kernels.Broadcast}; {@link org.spikelet.autodiff.kernels.Kernels}
 * with the {@link org.spikelet.autodiff.kernels.Function}s they have, and its two versions, first
 * {@code ReferenceKernels}; {@link org.spikelet.autodiff.kernels.Matrix} and {@code VectorProduct}
 * with {@code VectorTile}, which draw how a product is tiled; {@link
 * org.spikelet.autodiff.kernels.Memory}; {@link org.spikelet.autodiff.kernels.Threads}. {@link
 * org.spikelet.autodiff.kernels.OnlyReads} marks rules of optim that need no copy of a gradient.
 *
 * <p>The package is not exported.
 */
package org.spikelet.autodiff.kernels;
