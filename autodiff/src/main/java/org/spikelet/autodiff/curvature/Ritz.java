package org.spikelet.autodiff.curvature;

/**
 * An eigenvalue of T = Qᵀ · H · Q and its eigenvector s: the {@link Lanczos} iteration's estimate
 * of an eigenvalue of H, with the eigenvector Q · s.
 */
final class Ritz {

  final double value;
  final double[] s;

  /** ‖H · Qs − value · Qs‖ in exact arithmetic: Golub and Van Loan, section 10.1. */
  final double residual;

  private Ritz(double value, double[] s, double residual) {
    this.value = value;
    this.s = s;
    this.residual = residual;
  }

  /** The largest of T, given the length of what H adds to the basis. */
  static Ritz largest(Tridiagonal t, double next) {
    double value = t.aboveLargest();
    double[] s = t.vector(value);
    return new Ritz(value, s, next * Math.abs(s[s.length - 1]));
  }
}
