package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Linear operations come in adjoint pairs: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩ for all x and y. The derivative
 * rule of one is the other.
 */
class AdjointProperties {

  @Property
  void broadcastToAndSumTo(@ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample s = new Sample(shape, seed);
    Shape small = s.weakened(shape);
    assertAdjoint(x -> x.broadcastTo(shape), y -> y.sumTo(small), s.signed(small), s.signed(shape));
  }

  @Property
  void reshapeAndReshape(@ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample s = new Sample(shape, seed);
    Shape flat = Shape.of(shape.size());
    assertAdjoint(x -> x.reshape(flat), y -> y.reshape(shape), s.signed(shape), s.signed(flat));
  }

  @Property
  void permuteAndItsInverse(@ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample s = new Sample(shape, seed);
    int[] order = s.permutation(shape.rank());
    int[] inverse = new int[order.length];
    int[] permuted = new int[order.length];
    for (int k = 0; k < order.length; k++) {
      inverse[order[k]] = k;
      permuted[k] = shape.dimension(order[k]);
    }
    assertAdjoint(
        x -> x.permute(order),
        y -> y.permute(inverse),
        s.signed(shape),
        s.signed(Shape.of(permuted)));
  }

  @Property
  void sliceAndPad(@ForAll("shapes") Shape small, @ForAll long seed) {
    Sample s = new Sample(small, seed);
    Shape shape = s.shapeOfRank(1);
    int axis = s.axis(shape);
    int n = shape.dimension(axis);
    int to = s.integer(0, n);
    int from = s.integer(0, to);
    Tensor x = s.signed(shape);
    assertAdjoint(
        v -> v.slice(axis, from, to),
        y -> y.pad(axis, from, n - to),
        x,
        s.signed(x.slice(axis, from, to).shape()));
  }

  @Property
  void gatherRowsAndScatterRows(
      @ForAll("shapes") Shape rest,
      @ForAll @IntRange(min = 1, max = 4) int count,
      @ForAll long seed) {
    Sample s = new Sample(rest, seed);
    Shape shape = s.shapeOfRank(1).with(0, count);
    int[] rows = new int[s.integer(0, 4)];
    Arrays.setAll(rows, i -> s.integer(0, count - 1));
    assertAdjoint(
        x -> x.gatherRows(rows),
        y -> y.scatterRows(count, rows),
        s.signed(shape),
        s.signed(shape.with(0, rows.length)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void productWithAMatrixAndWithItsTranspose(
      @ForAll @IntRange(min = 0, max = 6) int m,
      @ForAll @IntRange(min = 0, max = 6) int k,
      @ForAll @IntRange(min = 0, max = 6) int n,
      @ForAll long seed) {
    Sample s = new Sample(Shape.SCALAR, seed);
    Tensor a = s.signed(Shape.of(m, k));
    Tensor x = s.signed(Shape.of(k, n));
    Tensor y = s.signed(Shape.of(m, n));
    assertAdjoint(a::matmul, v -> a.transpose().matmul(v), x, y);
    assertAdjoint(v -> a.matmul(v.transpose()), v -> v.transpose().matmul(a), x.transpose(), y);
  }

  /** Also checks that the tape's derivative of A is the adjoint. */
  private static void assertAdjoint(
      UnaryOperator<Tensor> a, UnaryOperator<Tensor> adjoint, Tensor x, Tensor y) {
    assertThat(a.apply(x).shape()).isEqualTo(y.shape());
    assertThat(adjoint.apply(y).shape()).isEqualTo(x.shape());
    assertThat(inner(a.apply(x), y)).isCloseTo(inner(x, adjoint.apply(y)), offset(1e-11));
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(x);
      assertThat(tape.gradients(a.apply(leaf), y).of(leaf).toArray())
          .containsExactly(adjoint.apply(y).toArray(), offset(1e-12));
    }
  }

  private static double inner(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.toArray()[i] * b.toArray()[i];
    }
    return sum;
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
