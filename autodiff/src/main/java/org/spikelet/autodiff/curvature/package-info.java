/**
 * Second derivatives, and whole matrices of first ones.
 *
 * <p>{@link org.spikelet.autodiff.curvature.Hessian} multiplies vectors with the second
 * derivatives, {@link org.spikelet.autodiff.curvature.Lanczos} finds the ends of its spectrum from
 * such products, each an {@link org.spikelet.autodiff.curvature.Eigenpair}; {@code Ritz} and {@code
 * Tridiagonal} are its steps; {@link org.spikelet.autodiff.curvature.Jacobian} is all first
 * derivatives of a function.
 */
package org.spikelet.autodiff.curvature;
