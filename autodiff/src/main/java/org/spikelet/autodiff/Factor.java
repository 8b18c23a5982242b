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
    Matrix matrix = Matrix.of(x.data(), from, height(), width());
    return transposed ? matrix.transpose() : matrix;
  }

  /** y = a · b, this being a; where a is xᵀ, dx = (g · bᵀ)ᵀ = b · gᵀ. */
  Tensor times(Factor b) {
    Shape batch = flat ? Shape.SCALAR : x.shape().withoutLast(2);
    // Of a flat a that is not transposed, the leading axes are those of y.
    Shape rows = transposed ? batch.withLast(width()) : x.shape().withoutLast(1);
    Tensor y = Tensor.result(rows.withLast(b.transposed ? b.height() : b.width()));
    for (int i = 0; i < batch.size(); i++) {
      Kernels.ACTIVE.multiply(matrix(i), b.matrix(i), plain(y).matrix(i));
    }
    return Operation.enter(
        "matmul",
        y,
        wrt(x, g -> transposed ? b.times(plain(g).t()) : plain(g).times(b.t())),
        wrt(b.x, g -> b.transposed ? plain(g).t().times(this) : t().times(plain(g))));
  }

  /** y = a · b + c, a row, for flat factors that are not transposed. */
  Tensor affine(Factor b, Tensor c) {
    Tensor y = Tensor.result(x.shape().withoutLast(1).withLast(b.width()));
    Kernels.ACTIVE.affine(matrix(0), b.matrix(0), c.data(), y.data());
    return Operation.enter(
        "affine",
        y,
        wrt(x, g -> plain(g).times(b.t())),
        wrt(b.x, g -> t().times(plain(g))),
        wrt(c, g -> g.sumTo(c.shape())));
  }
}
