package org.spikelet.autodiff.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * The Lanczos iteration: an eigenvalue at an end of the spectrum of a symmetric operator that is
 * known only by its products v ↦ H · v, such as {@link Hessian#times}.
 *
 * <p>From a start vector q₀ it builds an orthonormal basis Q of q₀, H · q₀, H² · q₀, …, in which H
 * is tridiagonal, T = Qᵀ · H · Q; T's eigenvalues at both ends soon are H's. It needs far fewer
 * products than the power iteration, most of all where eigenvalues lie close together.
 *
 * <p>Source: Lanczos 1950; Golub and Van Loan, "Matrix Computations", 4th edition, chapter 10, with
 * full reorthogonalization: memory and time for iterations × size numbers.
 *
 * <p>The same seed gives the same bits. Squares of the elements of H must neither overflow nor
 * vanish: magnitudes of about 1e−140 to 1e140.
 */
public final class Lanczos {

  /** The share of random numbers in a given start vector. */
  private static final double NOISE = 0.01;

  /** Not far above it squares overflow, which the eigenvalues of T take. */
  private static final double LARGEST = 1e150;

  private final long seed;
  private final Optional<Tensor> start;
  private final double tolerance;
  private final int maxIterations;

  private Lanczos(long seed, Optional<Tensor> start, double tolerance, int maxIterations) {
    this.seed = seed;
    this.start = start;
    this.tolerance = tolerance;
    this.maxIterations = maxIterations;
  }

  /** Makes one with seed 0, tolerance 1e−6 and at most 100 iterations. */
  public Lanczos() {
    this(0, Optional.empty(), 1e-6, 100);
  }

  /** Returns one with another seed of the random start vector. */
  public Lanczos withSeed(long seed) {
    return new Lanczos(seed, start, tolerance, maxIterations);
  }

  /**
   * Returns one with a start vector, such as the eigenvector found a training step ago.
   *
   * <p>A hundredth of its length is added at random: from an exact eigenvector alone, the iteration
   * would never see that another has overtaken it.
   *
   * @throws IllegalArgumentException if it is zero or not finite
   */
  public Lanczos withStart(Tensor v) {
    double norm = norm(v.toArray());
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "lanczos: the start vector must be finite and not zero, its length is " + norm);
    }
    return new Lanczos(seed, Optional.of(v.copy()), tolerance, maxIterations);
  }

  /**
   * Returns one with another largest residual ‖H · v − λ · v‖ to accept, relative to the largest
   * |eigenvalue| seen.
   *
   * @throws IllegalArgumentException if it is outside (0, 1)
   */
  public Lanczos withTolerance(double tolerance) {
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "lanczos: the tolerance must be between 0 and 1, got " + tolerance);
    }
    return new Lanczos(seed, start, tolerance, maxIterations);
  }

  /**
   * Returns one with another number of iterations to make at most; the result then says that it has
   * not converged.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public Lanczos withMaxIterations(int maxIterations) {
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "lanczos: needs at least 1 iteration, got " + maxIterations);
    }
    return new Lanczos(seed, start, tolerance, maxIterations);
  }

  /**
   * Returns the largest eigenvalue, a negative one if there is no other.
   *
   * @param operator a symmetric H: from v of shape size to H · v; its symmetry is not checked
   * @throws IllegalArgumentException if the operator returns another shape, the start vector has
   *     another shape, or the size is less than 1
   * @throws ArithmeticException if H · v holds NaN or ±∞, or is longer than 1e150
   */
  public Eigenpair largest(UnaryOperator<Tensor> operator, int size) {
    List<double[]> basis = new ArrayList<>();
    int most = Math.min(maxIterations, size);
    double[] q = startVector(size);
    double[] a = new double[most];
    double[] b = new double[most];
    for (int k = 0; ; k++) {
      basis.add(q);
      double[] w = product(operator, q);
      a[k] = dot(q, w);
      orthogonalize(w, basis);
      b[k] = norm(w);
      if (!(Math.abs(a[k]) + b[k] < LARGEST)) {
        throw new ArithmeticException(
            "lanczos: H · v is longer than 1e150, and squares of that overflow; scale H down");
      }
      Tridiagonal t = new Tridiagonal(Arrays.copyOf(a, k + 1), Arrays.copyOf(b, k));
      Ritz largest = Ritz.largest(t, b[k]);
      double smallest = -t.negated().aboveLargest();
      double accepted = tolerance * Math.max(Math.abs(largest.value), Math.abs(smallest));
      if (largest.residual <= accepted || k + 1 == most) {
        return verified(operator, combination(basis, largest.s), k + 2, accepted);
      }
      q = w;
      scale(q, 1 / b[k]);
    }
  }

  /** Returns the smallest eigenvalue, the most negative; errors as {@link #largest}. */
  public Eigenpair smallest(UnaryOperator<Tensor> operator, int size) {
    Eigenpair negated = largest(v -> operator.apply(v).neg(), size);
    return new Eigenpair(
        -negated.value(),
        negated.vector(),
        negated.iterations(),
        negated.residual(),
        negated.converged());
  }

  /** Takes the eigenvalue and the residual from one more product, not from theory. */
  private static Eigenpair verified(
      UnaryOperator<Tensor> operator, double[] v, int products, double accepted) {
    scale(v, 1 / norm(v));
    double[] residual = product(operator, v);
    double value = dot(v, residual);
    subtract(residual, value, v);
    double length = norm(residual);
    return new Eigenpair(value, Tensor.vector(v), products, length, length <= accepted);
  }

  private double[] startVector(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("lanczos: the size must be at least 1, got " + size);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] q = new double[size];
    Arrays.setAll(q, i -> random.nextDouble(-1, 1));
    scale(q, 1 / norm(q));
    if (start.isPresent()) {
      if (!start.get().shape().equals(Shape.of(size))) {
        throw new IllegalArgumentException(
            "lanczos: the start vector has shape %s, the operator takes %s"
                .formatted(start.get().shape(), size));
      }
      double[] given = start.get().toArray();
      scale(given, 1 / norm(given));
      scale(q, NOISE);
      subtract(q, -1, given);
      scale(q, 1 / norm(q));
    }
    return q;
  }

  private static double[] product(UnaryOperator<Tensor> operator, double[] v) {
    Tensor product = operator.apply(Tensor.vector(v));
    if (!product.shape().equals(Shape.of(v.length))) {
      throw new IllegalArgumentException(
          "lanczos: the operator returned the shape %s for a vector of shape %s"
              .formatted(product.shape(), v.length));
    }
    double[] values = product.toArray();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new ArithmeticException(
            ("lanczos: H · v holds %s at [%s]; open Tape.record(new FiniteCheck()) around this"
                    + " call to learn where it comes from")
                .formatted(values[i], i));
      }
    }
    return values;
  }

  /** Makes w orthogonal to the basis; once is not enough when little of w is left. */
  private static void orthogonalize(double[] w, List<double[]> basis) {
    for (int pass = 0; pass < 2; pass++) {
      for (double[] q : basis) {
        subtract(w, dot(q, w), q);
      }
    }
  }

  private static double[] combination(List<double[]> basis, double... s) {
    double[] v = new double[basis.get(0).length];
    for (int k = 0; k < s.length; k++) {
      subtract(v, -s[k], basis.get(k));
    }
    return v;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double norm(double... x) {
    return Math.sqrt(dot(x, x));
  }

  private static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }

  /** x −= factor · y. */
  private static void subtract(double[] x, double factor, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] -= factor * y[i];
    }
  }
}
