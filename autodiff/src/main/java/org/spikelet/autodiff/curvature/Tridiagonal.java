package org.spikelet.autodiff.curvature;

import java.util.Arrays;

/**
 * The largest eigenvalue of a small symmetric tridiagonal matrix T, with a₀ … aₖ₋₁ on the diagonal
 * and b₀ … bₖ₋₂ beside it.
 *
 * <p>All rests on the pivots of sI − T, which are all positive just if s is above every eigenvalue.
 * Golub and Van Loan, "Matrix Computations", 4th edition, sections 8.4.1 and 4.3.6.
 */
final class Tridiagonal {

  private static final int SOLVES = 4;

  /** Below it, dividing 1 by it would overflow soon. */
  private static final double TINY = 1e-300;

  private final double[] a;
  private final double[] b;

  Tridiagonal(double[] a, double[] b) {
    this.a = a;
    this.b = b;
  }

  /** Returns −T, whose largest eigenvalue is minus T's smallest. */
  Tridiagonal negated() {
    return new Tridiagonal(
        Arrays.stream(a).map(v -> -v).toArray(), Arrays.stream(b).map(v -> -v).toArray());
  }

  /** Returns a number above all eigenvalues, by a few units in the last place of the norm. */
  double aboveLargest() {
    double low = Double.NEGATIVE_INFINITY;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      low = Math.max(low, a[i]); // no diagonal element is above the largest eigenvalue
      norm = Math.max(norm, Math.abs(a[i]) + beside(i - 1) + beside(i)); // Gershgorin
    }
    double high = Math.nextUp(norm);
    double width = Math.max(2 * Math.ulp(norm), TINY);
    while (high - low > width) {
      double middle = low + (high - low) / 2;
      if (isPositive(pivots(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high + width;
  }

  private double beside(int i) {
    return i < 0 || i >= a.length - 1 ? 0 : Math.abs(b[i]);
  }

  /** Returns the pivots of sI − T: pᵢ = s − aᵢ − bᵢ₋₁² / pᵢ₋₁. */
  private double[] pivots(double s) {
    double[] p = new double[a.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = s - a[i] - (i == 0 ? 0 : b[i - 1] * b[i - 1] / p[i - 1]);
      if (!(p[i] > 0)) {
        break; // the rest stays 0
      }
    }
    return p;
  }

  private static boolean isPositive(double... pivots) {
    return Arrays.stream(pivots).allMatch(p -> p > 0);
  }

  /** Returns the eigenvector of length 1 for the largest eigenvalue, given a number just above. */
  double[] vector(double aboveLargest) {
    double s = aboveLargest;
    double[] p = pivots(s);
    while (!isPositive(p)) {
      s = s + Math.max(Math.ulp(s), s - aboveLargest); // rounding was against it: move away
      p = pivots(s);
    }
    // Inverse iteration: (sI − T)⁻¹ stretches the wanted direction by far the most.
    double[] x = new double[a.length];
    Arrays.setAll(x, i -> 1 + 0.1 * StrictMath.sin(i)); // at right angles to no likely eigenvector
    for (int k = 0; k < SOLVES; k++) {
      normalize(x);
      solve(p, x);
    }
    return normalize(x);
  }

  /** Replaces x by (sI − T)⁻¹ x, forward and back through the factors L · diag p · Lᵀ. */
  private void solve(double[] p, double[] x) {
    for (int i = 1; i < x.length; i++) {
      x[i] += b[i - 1] / p[i - 1] * x[i - 1];
    }
    x[x.length - 1] /= p[x.length - 1];
    for (int i = x.length - 2; i >= 0; i--) {
      x[i] = (x[i] + b[i] * x[i + 1]) / p[i];
    }
  }

  private static double[] normalize(double... x) {
    double largest = Arrays.stream(x).map(Math::abs).max().orElse(0);
    double sum = 0;
    for (double v : x) {
      sum += v / largest * (v / largest);
    }
    double length = largest * Math.sqrt(sum);
    for (int i = 0; i < x.length; i++) {
      x[i] /= length;
    }
    return x;
  }
}
