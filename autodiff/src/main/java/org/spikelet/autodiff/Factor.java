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
    Shape shape = batch.withLast(x.shape().dimension(-2), x.shape().dimension(-1));
    return new Factor(x.shape().equals(shape) ? x : x.broadcastTo(shape), false);
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
    Matrix matrix = Matrix.of(x.data(), i * rows * columns, rows, columns);
    return transposed ? matrix.transpose() : matrix;
  }

  /** y = a · b, this being a; where a is xᵀ, dx = (g · bᵀ)ᵀ = b · gᵀ. */
  Tensor times(Factor b) {
    Factor a = this;
    Shape batch = a.x.shape().withoutLast(2);
    Tensor y = Tensor.result(batch.withLast(a.rows(), b.columns()));
    Factor product = new Factor(y, false);
    for (int i = 0; i < batch.size(); i++) {
      Kernels.ACTIVE.multiply(a.matrix(i), b.matrix(i), product.matrix(i));
    }
    return Operation.enter(
        "matmul",
        y,
        wrt(
            a.x,
            dy -> {
              Factor g = new Factor(dy, false);
              return a.transposed ? b.times(g.t()) : g.times(b.t());
            }),
        wrt(
            b.x,
            dy -> {
              Factor g = new Factor(dy, false);
              return b.transposed ? g.t().times(a) : a.t().times(g);
            }));
  }
}
