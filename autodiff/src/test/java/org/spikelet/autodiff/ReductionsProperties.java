package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reductions equal a plain loop over the members of each group. */
class ReductionsProperties {

  @FunctionalInterface
  private interface Reduction {
    Tensor apply(Tensor x, int... axes);
  }

  @Property
  void sumIsALoop(@ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample sample = new Sample(shape, seed);
    compare(
        Tensor::sum, Tensor::sumKeepDims, group -> plainSum(group), sample.signed(shape), sample);
  }

  @Property
  void meanIsALoop(@ForAll("shapes") Shape ignored, @ForAll long seed) {
    Sample sample = new Sample(ignored, seed);
    compare(
        Tensor::mean,
        Tensor::meanKeepDims,
        group -> plainSum(group) / group.size(),
        sample.signed(sample.nonEmptyShape()),
        sample);
  }

  @Property
  void maxIsALoop(@ForAll("shapes") Shape ignored, @ForAll long seed) {
    Sample sample = new Sample(ignored, seed);
    compare(
        Tensor::max,
        Tensor::maxKeepDims,
        group -> group.stream().mapToDouble(v -> v).max().orElseThrow(),
        sample.signed(sample.nonEmptyShape()),
        sample);
  }

  @Property
  void minIsALoop(@ForAll("shapes") Shape ignored, @ForAll long seed) {
    Sample sample = new Sample(ignored, seed);
    compare(
        Tensor::min,
        Tensor::minKeepDims,
        group -> group.stream().mapToDouble(v -> v).min().orElseThrow(),
        sample.signed(sample.nonEmptyShape()),
        sample);
  }

  @Property
  void logSumExpIsALoop(@ForAll("shapes") Shape ignored, @ForAll long seed) {
    Sample sample = new Sample(ignored, seed);
    Shape shape = new Sample(sample.nonEmptyShape(), seed).shapeOfRank(1);
    int axis = sample.axis(shape);
    Tensor x = sample.signed(shape);
    ToDoubleFunction<List<Double>> loop =
        group -> Math.log(plainSum(group.stream().map(Math::exp).toList()));
    assertGroups(x.logSumExpKeepDims(axis), x, new int[] {axis}, loop);
    assertThat(x.logSumExp(axis).toArray()).isEqualTo(x.logSumExpKeepDims(axis).toArray());
    assertThat(x.logSumExp(axis).shape()).isEqualTo(x.sum(axis).shape());
  }

  @Property
  void softmaxIsTheShareOfEachExponential(@ForAll("shapes") Shape ignored, @ForAll long seed) {
    Sample sample = new Sample(ignored, seed);
    Shape shape = sample.shapeOfRank(1);
    int axis = sample.axis(shape);
    Tensor x = sample.signed(shape);
    Tensor e = x.exp();
    Tensor expected = e.div(e.sumKeepDims(axis));
    assertThat(x.softmax(axis).shape()).isEqualTo(shape);
    assertThat(x.softmax(axis).toArray()).containsExactly(expected.toArray(), offset(1e-15));
    assertThat(x.logSoftmax(axis).toArray())
        .containsExactly(expected.log().toArray(), offset(1e-14));
  }

  @Example
  void withoutAxesAllIsReduced() {
    Tensor x = Tensor.matrix(new double[] {1, 2}, new double[] {3, 5});
    assertThat(x.sum().item()).isEqualTo(11);
    assertThat(x.mean().item()).isEqualTo(2.75);
    assertThat(x.max().item()).isEqualTo(5);
    assertThat(x.min().item()).isEqualTo(1);
    assertThat(x.sumKeepDims().shape()).isEqualTo(Shape.of(1, 1));
  }

  @Example
  void aScalarIsItsOwnReduction() {
    Tensor x = Tensor.scalar(7);
    assertThat(x.sum().item()).isEqualTo(7);
    assertThat(x.mean().item()).isEqualTo(7);
    assertThat(x.max().item()).isEqualTo(7);
    assertThat(x.sum()).isNotSameAs(x);
  }

  @Example
  void theAxesMayBeChangedAfterwards() {
    int[] axes = {1};
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.matrix(new double[] {1, 2, 2}, new double[] {5, 4, 5}));
      Tensor y = x.max(axes);
      axes[0] = 0;
      assertThat(tape.gradients(y.sum()).of(x).toArray()).containsExactly(0, 0.5, 0.5, 0.5, 0, 0.5);
    }
  }

  private static void compare(
      Reduction dropping,
      Reduction keeping,
      ToDoubleFunction<List<Double>> loop,
      Tensor x,
      Sample sample) {
    int[] axes = sample.axes(x.shape());
    Tensor kept = keeping.apply(x, axes);
    assertGroups(kept, x, axes, loop);
    Tensor dropped = dropping.apply(x, axes);
    assertThat(dropped.toArray()).isEqualTo(kept.toArray());
    assertThat(dropped.shape()).isEqualTo(Shape.of(keptLengths(x.shape(), axes)));
  }

  private static void assertGroups(
      Tensor y, Tensor x, int[] axes, ToDoubleFunction<List<Double>> loop) {
    Map<String, List<Double>> groups = new TreeMap<>();
    for (int[] goal : Positions.of(y.shape())) {
      groups.put(Arrays.toString(goal), new ArrayList<>());
    }
    for (int[] position : Positions.of(x.shape())) {
      int[] goal = position.clone();
      for (int axis = 0; axis < goal.length; axis++) {
        goal[axis] = reduces(x.shape(), axes, axis) ? 0 : goal[axis];
      }
      groups.get(Arrays.toString(goal)).add(x.get(position));
    }
    for (int[] goal : Positions.of(y.shape())) {
      double expected = loop.applyAsDouble(groups.get(Arrays.toString(goal)));
      assertThat(y.get(goal)).isCloseTo(expected, offset(1e-13));
    }
  }

  private static double plainSum(List<Double> group) {
    double sum = 0;
    for (double v : group) {
      sum += v;
    }
    return sum;
  }

  private static int[] keptLengths(Shape shape, int[] axes) {
    List<Integer> lengths = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!reduces(shape, axes, axis)) {
        lengths.add(shape.dimension(axis));
      }
    }
    return lengths.stream().mapToInt(n -> n).toArray();
  }

  private static boolean reduces(Shape shape, int[] axes, int axis) {
    return axes.length == 0
        || Arrays.stream(axes).anyMatch(named -> named == axis || named + shape.rank() == axis);
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
