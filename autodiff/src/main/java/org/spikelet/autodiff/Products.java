package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

/** The matrix product. */
public sealed interface Products permits Tensor {

  /**
   * Matrix product, y = a · b; da = g · bᵀ, db = aᵀ · g.
   *
   * <p>a: … × m × k, b: … × k × n, y: … × m × n. Leading axes are batches and broadcast. As in
   * NumPy, a vector on the left is a row and on the right a column, and that axis is removed from
   * y.
   *
   * @throws IllegalArgumentException if the inner dimensions differ, an operand is a scalar, or the
   *     leading axes do not broadcast
   */
  default Tensor matmul(Tensor b) {
    Tensor a = (Tensor) this;
    if (a.shape().rank() > 0 && b.shape().rank() > 0) {
      int rows = b.shape().dimension(b.shape().rank() == 1 ? 0 : -2);
      if (a.shape().dimension(-1) != rows) {
        throw new IllegalArgumentException(innerDimensions(a.shape(), b.shape()));
      }
    }
    if (a.shape().rank() == 1 && b.shape().rank() > 0) {
      Tensor y = a.reshape(1, a.size()).matmul(b);
      return y.reshape(withoutAxis(y.shape(), Math.max(0, y.shape().rank() - 2)));
    }
    if (b.shape().rank() == 1 && a.shape().rank() > 1) {
      Tensor y = a.matmul(b.reshape(b.size(), 1));
      return y.reshape(withoutAxis(y.shape(), y.shape().rank() - 1));
    }
    return a.matmul(b, false, false);
  }

  /**
   * Matrix product of a or aᵀ with b or bᵀ, the last two axes being meant: y = op(a) · op(b); da =
   * g · op(b)ᵀ, transposed if a was, and db = op(a)ᵀ · g, transposed if b was.
   *
   * @throws IllegalArgumentException if the inner dimensions differ, an operand has fewer than two
   *     axes, or the leading axes do not broadcast
   */
  default Tensor matmul(Tensor b, boolean transposeA, boolean transposeB) {
    Shape shapeA = ((Tensor) this).shape();
    Shape shapeB = b.shape();
    if (shapeA.rank() < 2 || shapeB.rank() < 2) {
      throw new IllegalArgumentException(
          "matmul: needs matrices, got %s · %s; reshape to two axes".formatted(shapeA, shapeB));
    }
    int k = shapeA.dimension(transposeA ? -2 : -1);
    if (k != shapeB.dimension(transposeB ? -1 : -2)) {
      throw new IllegalArgumentException(
          "matmul: inner dimensions differ: %s%s · %s%s"
              .formatted(
                  shapeA,
                  transposeA ? " transposed" : "",
                  shapeB,
                  transposeB ? " transposed" : ""));
    }
    Shape leadingA = shapeA.withoutLast(2);
    Shape leadingB = shapeB.withoutLast(2);
    Shape batch = Shape.broadcast("matmul, leading axes", leadingA, leadingB);
    Tensor p = leadingA.equals(batch) ? (Tensor) this : alongBatch((Tensor) this, batch);
    Tensor q = leadingB.equals(batch) ? b : alongBatch(b, batch);
    int m = shapeA.dimension(transposeA ? -1 : -2);
    int n = shapeB.dimension(transposeB ? -2 : -1);
    Shape shape = batch.withLast(m, n);
    double[] y = Tape.allocate(shape.size());
    double[] left = p.data();
    double[] right = q.data();
    for (int i = 0; i < batch.size(); i++) {
      Kernels.ACTIVE.multiply(
          Matrix.of(left, i * m * k, m, k, transposeA),
          Matrix.of(right, i * k * n, k, n, transposeB),
          Matrix.of(y, i * m * n, m, n, false),
          m,
          k,
          n);
    }
    return Operation.record(
        "matmul",
        Tensor.result(shape, y),
        wrt(p, g -> transposeA ? q.matmul(g, transposeB, true) : g.matmul(q, false, !transposeB)),
        wrt(q, g -> transposeB ? g.matmul(p, true, transposeA) : p.matmul(g, !transposeA, false)));
  }

  private static String innerDimensions(Shape a, Shape b) {
    String message = "matmul: inner dimensions differ: %s · %s".formatted(a, b);
    if (a.rank() > 1 && b.rank() > 1 && a.dimension(-1) == b.dimension(-1)) {
      return message + "; did you mean to transpose the second?";
    }
    return a.rank() > 1 && b.rank() > 1 && a.dimension(-2) == b.dimension(-2)
        ? message + "; did you mean to transpose the first?"
        : message;
  }

  private static Tensor alongBatch(Tensor x, Shape batch) {
    return x.broadcastTo(batch.withLast(x.shape().dimension(-2), x.shape().dimension(-1)));
  }

  private static Shape withoutAxis(Shape shape, int axis) {
    int[] dimensions = new int[shape.rank() - 1];
    for (int k = 0; k < dimensions.length; k++) {
      dimensions[k] = shape.dimension(k < axis ? k : k + 1);
    }
    return Shape.of(dimensions);
  }
}
