package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import org.spikelet.autodiff.kernels.Kernels;
import org.spikelet.autodiff.kernels.Matrix;

/**
 * A factor of a product, read as it is or transposed: the rules need bᵀ and aᵀ, and reading costs
 * nothing where {@code transpose()} would copy.
 *
 * @param x of rank 2 or more
 * @param transposed whether its last two axes are exchanged
 */
record Factor(Tensor x, boolean transposed) {

  /** A factor as it is, its leading axes broadcast to those of the product. */
  static Factor of(Tensor x, Shape batch) {
    Shape shape = x.shape();
    return plain(
        shape.withoutLast(2).equals(batch)
            ? x
            : x.broadcastTo(batch.withLast(shape.dimension(-2), shape.dimension(-1))));
  }

  private static Factor plain(Tensor x) {
    return new Factor(x, false);
  }

  private Factor t() {
    return new Factor(x, !transposed);
  }

  private int rows() {
    return x.shape().dimension(transposed ? -1 : -2);
  }

  private int columns() {
    return x.shape().dimension(transposed ? -2 : -1);
  }

  /** The i-th matrix along the leading axes. */
  private Matrix matrix(int i) {
    int rows = x.shape().dimension(-2);
    int columns = x.shape().dimension(-1);
    return transposed
        ? Matrix.transposed(x.data(), i * rows * columns, rows, columns)
        : Matrix.of(x.data(), i * rows * columns, rows, columns);
  }

  /** y = a · b, this being a; where a is xᵀ, dx = (g · bᵀ)ᵀ = b · gᵀ. */
  Tensor times(Factor b) {
    Factor a = this;
    Shape batch = a.x.shape().withoutLast(2);
    int m = a.rows();
    int n = b.columns();
    Tensor y = Tensor.result(batch.withLast(m, n));
    for (int i = 0; i < batch.size(); i++) {
      Kernels.ACTIVE.multiply(a.matrix(i), b.matrix(i), Matrix.of(y.data(), i * m * n, m, n));
    }
    return Operation.enter(
        "matmul",
        y,
        wrt(a.x, g -> a.transposed ? b.times(plain(g).t()) : plain(g).times(b.t())),
        wrt(b.x, g -> b.transposed ? plain(g).t().times(a) : a.t().times(plain(g))));
  }
}
