/**
 * Tensors of doubles, and a tape that differentiates what is computed with them: the core.
 *
 * <p>Read in this order: {@link org.spikelet.autodiff.Shape}; {@link
 * org.spikelet.autodiff.Operation}, what the tape keeps of each step; three operations with their
 * rules, such as {@code tanh} in {@link org.spikelet.autodiff.Unary}, {@code mul} in {@link
 * org.spikelet.autodiff.Binary} and {@code sum} in {@link org.spikelet.autodiff.Reductions}; {@code
 * Backward}, the walk back; {@link org.spikelet.autodiff.Tape}, the scope; {@code Trace}, what it
 * has recorded, and its leaves; {@link org.spikelet.autodiff.Gradients}; {@link
 * org.spikelet.autodiff.Tensor} and its states; {@link org.spikelet.autodiff.Parameter}. Then the
 * other operations, and {@link org.spikelet.autodiff.Movement} and {@link
 * org.spikelet.autodiff.Products}. {@link org.spikelet.autodiff.TapeObserver} is for those who want
 * to watch.
 *
 * <p>Tensor, Tape, Operation and the families need one another, and there is no way around it: an
 * operation makes a tensor and enters it on the tape, and a rule is made of operations. With them
 * in this circle are Parameter, which is a tensor, Trace, Backward, Gradients, TapeObserver and
 * ObserverPair, and the helpers Axes and Factor, which make tensors for their families. Shape
 * stands apart.
 *
 * <p>Beside this package: {@code kernels}, the loops, memory and threads below it; {@link
 * org.spikelet.autodiff.check}, gradient checks and the search for NaN; {@link
 * org.spikelet.autodiff.curvature}, second derivatives. They use what is public here; nothing here
 * uses them, but for the kernels.
 */
package org.spikelet.autodiff;
