package org.spikelet.nn;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Generators of tensors. */
final class Tensors {

  private Tensors() {}

  /** Numbers in ±[0.05, 3]: away from 0, where several functions have a kink. */
  static Arbitrary<Tensor> awayFromZero(Shape shape) {
    return between(shape, -3, 3).map(x -> x.add(x.lessThan(0).where(scalar(-0.05), scalar(0.05))));
  }

  static Arbitrary<Tensor> between(Shape shape, double low, double high) {
    return Arbitraries.doubles()
        .between(low, high)
        .ofScale(4)
        .array(double[].class)
        .ofSize(shape.size())
        .map(values -> Tensor.of(shape, values));
  }

  /** Shapes of one to four rows and one to five columns. */
  static Arbitrary<Shape> matrices() {
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            rows -> Arbitraries.integers().between(1, 5).map(columns -> Shape.of(rows, columns)));
  }

  private static Tensor scalar(double value) {
    return Tensor.scalar(value);
  }
}
