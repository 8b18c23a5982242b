package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Operations on two tensors follow NumPy's broadcasting, element by element. */
class BroadcastProperties {

  @Property
  void everyElementIsComputedFromItsPair(
      @ForAll("operations") BinaryRow row, @ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample sample = new Sample(shape, seed);
    Tensor a = sample.positive(sample.weakened(shape));
    Tensor b = sample.signed(sample.weakened(shape));
    Tensor y = row.operation().apply(a, b);
    for (int[] position : Positions.of(y.shape())) {
      double p = Positions.broadcast(a, position);
      double q = Positions.broadcast(b, position);
      double expected = row.ofNumbers().applyAsDouble(p, q);
      Agreement.assertSame(y.get(position), expected, row.ulps(), row.name());
    }
  }

  @Property
  void whereBroadcastsAllThree(@ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample sample = new Sample(shape, seed);
    Tensor condition = sample.bits(sample.weakened(shape));
    Tensor a = sample.signed(sample.weakened(shape));
    Tensor b = sample.signed(sample.weakened(shape));
    Tensor y = condition.where(a, b);
    for (int[] position : Positions.of(y.shape())) {
      Tensor chosen = Positions.broadcast(condition, position) == 1 ? a : b;
      assertThat(y.get(position)).isEqualTo(Positions.broadcast(chosen, position));
    }
  }

  @Property
  void broadcastToRepeats(@ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample sample = new Sample(shape, seed);
    Tensor x = sample.signed(sample.weakened(shape));
    Tensor y = x.broadcastTo(shape);
    assertThat(y.shape()).isEqualTo(shape);
    for (int[] position : Positions.of(shape)) {
      assertThat(y.get(position)).isEqualTo(Positions.broadcast(x, position));
    }
  }

  @Property
  void sumToAddsUpWhatABroadcastWouldRepeat(@ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample sample = new Sample(shape, seed);
    Tensor x = sample.signed(shape);
    Tensor target = Tensor.zeros(sample.weakened(shape));
    Tensor y = x.sumTo(target.shape());
    assertThat(y.shape()).isEqualTo(target.shape());
    // Number the elements of the target: the broadcast numbers tell where each element of x goes.
    double[] numbers = new double[target.size()];
    Arrays.setAll(numbers, i -> i);
    Tensor goal = Tensor.of(target.shape(), numbers);
    double[] expected = new double[target.size()];
    for (int[] position : Positions.of(shape)) {
      expected[(int) Positions.broadcast(goal, position)] += x.get(position);
    }
    assertThat(y.toArray()).containsExactly(expected, offset(1e-12));
  }

  @Example
  void theResultHasTheLongerLengthAlongEachAxis() {
    assertThat(sumShape(Shape.of(4, 1, 3), Shape.of(5, 1))).isEqualTo(Shape.of(4, 5, 3));
    assertThat(sumShape(Shape.SCALAR, Shape.of(2, 2))).isEqualTo(Shape.of(2, 2));
    assertThat(sumShape(Shape.of(1), Shape.SCALAR)).isEqualTo(Shape.of(1));
    assertThat(sumShape(Shape.of(0, 3), Shape.of(1, 1))).isEqualTo(Shape.of(0, 3));
  }

  @Example
  void lengthsThatDifferAreRefusedUnlessOneIsOne() {
    assertThatThrownBy(() -> sumShape(Shape.of(2, 3), Shape.of(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sumShape(Shape.of(0), Shape.of(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Shape sumShape(Shape a, Shape b) {
    return Tensor.zeros(a).add(Tensor.zeros(b)).shape();
  }

  @Provide
  Arbitrary<BinaryRow> operations() {
    return Arbitraries.of(OperationTable.BINARY);
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
