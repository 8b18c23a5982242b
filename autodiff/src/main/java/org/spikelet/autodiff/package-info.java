/**
 * Tensors of doubles, and a tape that differentiates what is computed with them.
 *
 * <p>Read in this order: {@link org.spikelet.autodiff.Shape}, {@link org.spikelet.autodiff.Tensor},
 * {@link org.spikelet.autodiff.Operation}, {@link org.spikelet.autodiff.Tape}, {@link
 * org.spikelet.autodiff.Gradients}; then the operations with their derivatives, from {@link
 * org.spikelet.autodiff.Functions} to {@link org.spikelet.autodiff.Products}; last {@link
 * org.spikelet.autodiff.GradientCheck}, {@link org.spikelet.autodiff.Hessian} and {@link
 * org.spikelet.autodiff.Lanczos}.
 */
package org.spikelet.autodiff;
