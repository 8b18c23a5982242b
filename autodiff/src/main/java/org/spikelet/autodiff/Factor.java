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
 * @param flat whether it is one matrix, all axes but the last being rows, as is the other factor;
 *     else it is one for each index of the leading axes
 */
record Factor(Tensor x, boolean transposed, boolean flat) {

  /** A factor as it is, its leading axes broadcast to those of the product. */
  static Factor of(Tensor x, Shape batch) {
    Shape shape = batch.withLast(x.shape().dimension(-2), x.shape().dimension(-1));
    return new Factor(shape.equals(x.shape()) ? x : x.broadcastTo(shape), false, false);
  }

  private Factor plain(Tensor x) {
    return new Factor(x, false, flat);
  }

  private Factor t() {
    return new Factor(x, !transposed, flat);
  }

  private int height() {
    return flat ? x.shape().sizeBetween(0, x.shape().rank() - 1) : x.shape().dimension(-2);
  }

  private int width() {
    return x.shape().dimension(-1);
  }

  /** The i-th matrix along the leading axes. */
  private Matrix matrix(int i) {
    int from = i * height() * width();
    return transposed
        ? Matrix.transposed(x.data(), from, height(), width())
        : Matrix.of(x.data(), from, height(), width());
  }

  /** y = a · b, this being a; where a is xᵀ, dx = (g · bᵀ)ᵀ = b · gᵀ. */
  Tensor times(Factor b) {
    Factor a = this;
    Shape batch = flat ? Shape.SCALAR : a.x.shape().withoutLast(2);
    int m = a.transposed ? a.width() : a.height();
    int n = b.transposed ? b.height() : b.width();
    // Of a flat a that is not transposed, the leading axes are those of y.
    Tensor y =
        Tensor.result(a.transposed ? batch.withLast(m, n) : a.x.shape().withoutLast(1).withLast(n));
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
