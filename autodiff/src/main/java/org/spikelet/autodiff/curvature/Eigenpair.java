package org.spikelet.autodiff.curvature;

import org.spikelet.autodiff.Tensor;

/**
 * An eigenvalue of a symmetric operator and its eigenvector, H · v ≈ λ · v, as an iteration found
 * them.
 *
 * @param value λ
 * @param vector v, of length 1
 * @param iterations the number of products with H that were needed
 * @param residual ‖H · v − λ · v‖; some eigenvalue of H is within this distance of λ
 * @param converged whether the residual has come below the tolerance
 */
public record Eigenpair(
    double value, Tensor vector, int iterations, double residual, boolean converged) {}
