package org.spikelet.autodiff;

/** The matrix product. */
public sealed interface Products permits Tensor {

  /**
   * Matrix product, y = a · b; da = g · bᵀ, db = aᵀ · g.
   *
   * <p>a: … × m × k, b: … × k × n, y: … × m × n. Leading axes are batches and broadcast. As in
   * NumPy, a vector on the left is a row and on the right a column, and that axis is removed from
   * y.
   *
   * <p>With u = 1.1e−16, an element is within (k/4 + 8) · u · Σ |aᵢbᵢ| of its exact value, with the
   * vector kernels within (k/256 + 257) · u · Σ |aᵢbᵢ|, unless something overflows or underflows:
   * each product goes through no more roundings. At k = 10⁷ these are 2.8e−10 and 4.4e−12 of Σ
   * |aᵢbᵢ|. Where that is not enough, {@code a.mul(b).sum()} adds in pairs.
   *
   * @throws IllegalArgumentException if the inner dimensions differ, an operand is a scalar, or the
   *     leading axes do not broadcast
   */
  default Tensor matmul(Tensor b) {
    Tensor a = (Tensor) this;
    Shape shapeA = a.shape();
    Shape shapeB = b.shape();
    if (shapeA.rank() == 0 || shapeB.rank() == 0) {
      throw new IllegalArgumentException(
          "matmul: needs matrices, got %s · %s; reshape to two axes".formatted(shapeA, shapeB));
    }
    if (shapeA.dimension(-1) != shapeB.dimension(shapeB.rank() == 1 ? 0 : -2)) {
      throw new IllegalArgumentException(innerDimensions(shapeA, shapeB));
    }
    if (shapeB.rank() == 1) {
      Tensor y = a.matmul(b.reshape(b.size(), 1));
      return y.reshape(y.shape().withoutLast(1));
    }
    if (shapeA.rank() == 1) {
      Tensor y = a.reshape(1, a.size()).matmul(b);
      return y.reshape(y.shape().withoutLast(2).withLast(y.shape().dimension(-1)));
    }
    if (shapeB.rank() == 2 && a.size() > 0 && b.size() > 0) { // one product of all rows
      return new Factor(a, false, true).times(new Factor(b, false, true));
    }
    Shape batch =
        Shape.broadcast("matmul, leading axes", shapeA.withoutLast(2), shapeB.withoutLast(2));
    return Factor.of(a, batch).times(Factor.of(b, batch)); // with the rule
  }

  /**
   * Affine map, y = a · b + c, the numbers of {@code a.matmul(b).add(c)}; da = g · bᵀ, db = aᵀ · g,
   * dc = g summed over the rows.
   *
   * <p>a: … × m × k, b: k × n, c: n, y: … × m × n; other shapes as {@link #matmul} and {@link
   * Binary#add} take them. One operation in place of two: what rounds each result, rounds once.
   *
   * @throws IllegalArgumentException as these two, by their names
   */
  default Tensor affine(Tensor b, Tensor c) {
    Tensor a = (Tensor) this;
    boolean rows = a.shape().rank() > 1 && b.shape().rank() == 2 && a.size() > 0 && b.size() > 0;
    boolean fit = rows && a.shape().dimension(-1) == b.shape().dimension(0);
    return fit && c.shape().equals(Shape.of(b.shape().dimension(1)))
        ? new Factor(a, false, true).affine(new Factor(b, false, true), c)
        : a.matmul(b).add(c);
  }

  /** Says how the shapes do not fit, and which transposition would make them. */
  private static String innerDimensions(Shape a, Shape b) {
    String message = "matmul: inner dimensions differ: %s · %s".formatted(a, b);
    if (a.rank() > 1 && b.rank() > 1 && a.dimension(-1) == b.dimension(-1)) {
      return message + "; did you mean to transpose the second?";
    }
    if (a.rank() > 1 && b.rank() > 1 && a.dimension(-2) == b.dimension(-2)) {
      return message + "; did you mean to transpose the first?";
    }
    return a.rank() == 1 && b.rank() == 1 ? message + ", the lengths of two vectors" : message;
  }
}
