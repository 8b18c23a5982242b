package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Operations on two tensors follow NumPy's broadcasting, element by element. */
class BroadcastProperties {

  private record Pair(BinaryOperator<Tensor> operation, DoubleBinaryOperator ofNumbers) {}

  private static final Map<String, Pair> OPERATIONS =
      Map.of(
          "add", new Pair(Tensor::add, (p, q) -> p + q),
          "sub", new Pair(Tensor::sub, (p, q) -> p - q),
          "mul", new Pair(Tensor::mul, (p, q) -> p * q),
          "div", new Pair(Tensor::div, (p, q) -> p / q),
          "pow", new Pair(Tensor::pow, StrictMath::pow),
          "maximum", new Pair(Tensor::maximum, (p, q) -> p < q ? q : p),
          "minimum", new Pair(Tensor::minimum, (p, q) -> p < q ? p : q),
          "greaterThan", new Pair(Tensor::greaterThan, (p, q) -> p > q ? 1 : 0),
          "lessThan", new Pair(Tensor::lessThan, (p, q) -> p < q ? 1 : 0),
          "mask", new Pair(Tensor::mask, (p, q) -> q == 0 ? 0 : p));

  @Property
  void everyElementIsComputedFromItsPair(
      @ForAll("operations") String name, @ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample sample = new Sample(shape, seed);
    Tensor a = sample.positive(sample.weakened(shape));
    Tensor b = sample.signed(sample.weakened(shape));
    Pair pair = OPERATIONS.get(name);
    Tensor y = pair.operation.apply(a, b);
    for (int[] position : Positions.of(y.shape())) {
      double p = Positions.broadcast(a, position);
      double q = Positions.broadcast(b, position);
      assertThat(y.get(position)).isEqualTo(pair.ofNumbers.applyAsDouble(p, q));
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
  Arbitrary<String> operations() {
    return Arbitraries.of(OPERATIONS.keySet());
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
