package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Shapes, pairs of shapes and axes keep within what was asked for. */
class ShapeProperties {

  @Property
  void ranksAndLengthsAreInRange(@ForAll("withEmpty") Shape shape) {
    assertThat(shape.rank()).isBetween(1, 3);
    assertThat(Arrays.stream(shape.dimensions())).allMatch(length -> length >= 0 && length <= 2);
    Statistics.label("empty").collect(shape.size() == 0);
    Statistics.label("empty").coverage(checker -> checker.check(true).percentage(p -> p > 10));
    Statistics.label("rank").collect(shape.rank());
    Statistics.label("rank")
        .coverage(
            checker -> {
              for (int rank = 1; rank <= 3; rank++) {
                checker.check(rank).percentage(p -> p > 3);
              }
            });
  }

  @Property(shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(OneByTwo.class)
  void shapesShrink(@ForAll("shapes") Shape shape) {
    assertThat(shape.size()).isLessThan(2);
  }

  @Property
  void broadcastingShapesBroadcast(@ForAll("broadcasting") ShapePair pair) {
    Tensor sum = Tensor.zeros(pair.first()).add(Tensor.zeros(pair.second()));
    assertThat(sum.size()).isGreaterThanOrEqualTo(pair.first().size());
    Statistics.label("different").collect(!pair.first().equals(pair.second()));
    Statistics.label("different").coverage(checker -> checker.check(true).percentage(p -> p > 40));
  }

  @Property
  void clashingShapesDoNot(@ForAll("clashing") ShapePair pair) {
    assertThatThrownBy(() -> Tensor.zeros(pair.first()).add(Tensor.zeros(pair.second())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not broadcast");
  }

  @Property
  void axesAreTakenByAReduction(@ForAll("shapes") Shape shape, @ForAll("seeds") long seed) {
    int[] axes = Tensors.axes(shape).generator(100).next(new java.util.Random(seed)).value();
    Tensor sum = Tensor.ones(shape).sumKeepDims(axes);
    assertThat(sum.shape().rank()).isEqualTo(shape.rank());
    assertThat(Arrays.stream(axes).map(axis -> axis < 0 ? axis + shape.rank() : axis))
        .doesNotHaveDuplicates();
  }

  @Property
  void anAxisExists(@ForAll("axisOfThree") int axis) {
    assertThat(axis).isBetween(-3, 2);
  }

  @Example
  void impossibleRangesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Tensors.shapes().rank(-1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Tensors.shapes().rank(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Tensors.shapes().lengths(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Tensors.axis(Shape.SCALAR));
  }

  static final class OneByTwo extends Minimal<Shape> {

    OneByTwo() {
      super(Shape.class);
    }

    @Override
    void inspect(Shape minimal, Throwable failure) {
      assertThat(minimal).isEqualTo(Shape.of(2));
    }
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Tensors.shapes();
  }

  @Provide
  Arbitrary<Shape> withEmpty() {
    return Tensors.shapes().rank(1, 3).lengths(0, 2);
  }

  @Provide
  Arbitrary<ShapePair> broadcasting() {
    return Tensors.broadcastingShapes();
  }

  @Provide
  Arbitrary<ShapePair> clashing() {
    return Tensors.clashingShapes();
  }

  @Provide
  Arbitrary<Integer> axisOfThree() {
    return Tensors.axis(Shape.of(2, 3, 4));
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Tensors.seeds();
  }
}
