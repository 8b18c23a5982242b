package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.OptimizerTable.Row;

/** What holds for every optimizer. */
class OptimizerTest {

  static Stream<Row> optimizers() {
    return OptimizerTable.rows();
  }

  @Test
  void noOptimizerIsMissingFromTheTable() {
    Stream<Class<? extends Optimizer>> tested =
        OptimizerTable.rows().map(r -> r.make(0, Steps.parameter(1)).getClass());
    assertThat(tested.distinct().toList())
        .as("the optimizers in OptimizerTable; add a row there for each that is missing")
        .containsExactlyInAnyOrderElementsOf(OptimizerTable.kinds());
  }

  /** The same as the property, for every row, with numbers that move every weight. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void followsTheClosedForm(Row row) {
    SplittableRandom random = new SplittableRandom(7);
    List<Double> gradients = random.doubles(20, -3, 3).boxed().toList();
    OptimizerRuleProperties.checkClosedForm(row, 1.5, 0.05, gradients);
  }

  /** As of a dead unit. 0.9 times the least number is that again, and such numbers are slow. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void afterVeryManyGradientsOfZeroNothingIsLeftOfTheirAverage(Row row) {
    Parameter w = Steps.parameter(1, -2);
    Optimizer optimizer = row.make(0.01, w);
    Steps.step(optimizer, w, 3e-280, -5e-280);
    for (int t = 0; t < 1500; t++) {
      Steps.step(optimizer, w, 0, 0);
    }
    for (double[] array : optimizer.slots().get(0).arrays()) {
      assertThat(Arrays.stream(array)).allMatch(v -> v == 0 || Math.abs(v) >= Double.MIN_NORMAL);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void descendsOnAQuadratic(Row row) {
    Parameter w = Steps.parameter(1, -2, 3);
    Optimizer optimizer = row.make(0.1, w);
    double before = bowl(w).item();
    for (int t = 0; t < 500; t++) {
      try (Tape tape = Tape.record()) {
        optimizer.step(tape.gradients(bowl(w)));
      }
    }
    assertThat(bowl(w).item()).isLessThan(before / 2);
  }

  /** The rules of this package get the gradient itself, and must only read it. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void aStepLeavesTheGradientsAsTheyWere(Row row) {
    Parameter w = Steps.parameter(1, -2, 3);
    Optimizer optimizer = row.make(0.1, w);
    for (int t = 0; t < 3; t++) {
      try (Tape tape = Tape.record()) {
        Gradients gradients = tape.gradients(bowl(w));
        double[] before = gradients.of(w).toArray();
        optimizer.step(gradients);
        assertThat(gradients.of(w).toArray()).isEqualTo(before);
      }
    }
  }

  /** Two equal optimizers; one skips a step in between, and differs by its count alone. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void gradientsOfNothingSkipTheStep(Row row) {
    Parameter w = Steps.parameter(1, -2, 3);
    Parameter v = Steps.parameter(1, -2, 3);
    Optimizer skipping = row.make(0.1, w);
    Optimizer other = row.make(0.1, v);
    Steps.step(skipping, w, 3, -1, 2);
    Steps.step(other, v, 3, -1, 2);
    skipping.step(Gradients.none());
    assertThat(w.toArray()).containsExactly(v.toArray());
    assertThat(skipping.steps()).isEqualTo(other.steps() + 1);
    Steps.step(skipping, w, -1, 5, 2);
    Steps.step(other, v, -1, 5, 2);
    assertThat(w.toArray()).containsExactly(v.toArray());
  }

  /** ½ Σ aᵢ wᵢ², with curvatures a of different size. */
  private static Tensor bowl(Parameter w) {
    return w.square().mul(Tensor.vector(0.5, 1, 2)).sum().mul(0.5);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void equalRunsGiveEqualBits(Row row) {
    assertThat(run(row, 3)).containsExactly(run(row, 3));
    assertThat(run(row, 3)).isNotEqualTo(run(row, 4));
  }

  private static double[] run(Row row, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Parameter w = Steps.parameter(random.doubles(5).toArray());
    Optimizer optimizer = row.make(0.01, w);
    for (int t = 0; t < 30; t++) {
      Steps.step(optimizer, w, random.doubles(5, -1, 1).toArray());
    }
    return w.toArray();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aRateOfZeroLeavesTheValues(Row row) {
    Parameter w = Steps.parameter(1, -2, 0);
    Optimizer optimizer = row.make(0, w);
    for (int t = 0; t < 3; t++) {
      Steps.step(optimizer, w, 5, -6, 7);
    }
    assertThat(w.toArray()).containsExactly(1, -2, 0);
  }

  /** Whatever the rule remembers of a step, it remembers at a rate of 0 too. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void aRateOfZeroStillCountsAsAStep(Row row) {
    Parameter still = Steps.parameter(1);
    Optimizer resting = row.make(0, still);
    Steps.step(resting, still, -100);
    resting.learningRate(0.1);
    Steps.step(resting, still, 1);
    Parameter moved = Steps.parameter(1);
    Optimizer moving = row.make(0.1, moved);
    Steps.step(moving, moved, -100);
    moved.assign(Tensor.vector(1));
    Steps.step(moving, moved, 1);
    assertThat(still.toArray()).containsExactly(moved.toArray());
    assertThat(resting.save()).isEqualTo(moving.save());
  }

  /** Plain SGD, and Adam with betas of 0, take the second step as if it were the first. */
  @Test
  void rulesThatRememberAndRulesThatDoNot() {
    List<String> forgetful =
        OptimizerTable.rows().filter(OptimizerTest::forgets).map(Row::name).toList();
    assertThat(forgetful)
        .contains("SGD", "SGD, decay", "Adam, no memory")
        .doesNotContain("SGD, momentum", "SGD, Nesterov", "AdaGrad", "RMSProp", "Adam", "AMSGrad");
  }

  private static boolean forgets(Row row) {
    Parameter w = Steps.parameter(1);
    Optimizer optimizer = row.make(0, w);
    Steps.step(optimizer, w, -100);
    optimizer.learningRate(0.1);
    Steps.step(optimizer, w, 1);
    Parameter fresh = Steps.parameter(1);
    Steps.step(row.make(0.1, fresh), fresh, 1);
    return w.get(0) == fresh.get(0);
  }

  /** As in PyTorch, where such a parameter has no gradient at all. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void aParameterThatWasNotUsedKeepsItsValuesAndItsState(Row row) {
    Parameter interrupted = Steps.parameter(1, 2);
    Parameter other = Steps.parameter(3);
    Optimizer optimizer = row.make(0.1, interrupted, other);
    Parameter undisturbed = Steps.parameter(1, 2);
    Optimizer alone = row.make(0.1, undisturbed);

    Steps.step(optimizer, interrupted, 1, -1);
    Steps.step(alone, undisturbed, 1, -1);
    for (int t = 0; t < 3; t++) {
      Steps.step(optimizer, other, 5);
      assertThat(interrupted.toArray()).containsExactly(undisturbed.toArray());
    }
    Steps.step(optimizer, interrupted, 2, 0.5);
    Steps.step(alone, undisturbed, 2, 0.5);

    assertThat(interrupted.toArray()).containsExactly(undisturbed.toArray());
    assertThat(optimizer.steps()).isEqualTo(5);
  }

  /** All but those that clip the update of a parameter as a whole. */
  static Stream<Row> elementwise() {
    return OptimizerTable.rows().filter(row -> !row.name().contains("clipped"));
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void elementsDoNotInfluenceOneAnother(Row row) {
    Parameter together = Steps.parameter(1, 2);
    Parameter first = Steps.parameter(1);
    Parameter second = Steps.parameter(2);
    Optimizer one = row.make(0.1, together);
    Optimizer two = row.make(0.1, first, second);
    for (int t = 0; t < 5; t++) {
      Steps.step(one, together, t, -1);
      try (Tape tape = Tape.record()) {
        two.step(tape.gradients(first.mul(t).sum().add(second.mul(-1).sum())));
      }
    }
    assertThat(together.toArray()).containsExactly(first.get(0), second.get(0));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsWithGradientsThatWereCopiedOutOfTheirTape(Row row) {
    Parameter inside = Steps.parameter(1, 2);
    Parameter outside = Steps.parameter(1, 2);
    Steps.step(row.make(0.1, inside), inside, 3, -4);
    row.make(0.1, outside).step(Steps.gradients(outside, 3, -4));
    assertThat(outside.toArray()).containsExactly(inside.toArray()).isNotEqualTo(array(1, 2));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void parametersMayHaveAnyShapeAndEvenNoElement(Row row) {
    Parameter scalar = Parameter.of("scalar", Tensor.scalar(2));
    Parameter matrix = Parameter.of("matrix", Tensor.full(Shape.of(2, 3), 2));
    Parameter empty = Parameter.of("empty", Tensor.zeros(Shape.of(0, 3)));
    Optimizer optimizer = row.make(0.1, scalar, matrix, empty);
    try (Tape tape = Tape.record()) {
      Tensor loss = scalar.add(matrix.sum()).add(empty.sum());
      optimizer.step(tape.gradients(loss));
    }
    assertThat(scalar.item()).isLessThan(2);
    assertThat(matrix.toArray()).containsOnly(scalar.item());
    assertThat(empty.size()).isZero();
  }

  private static double[] array(double... values) {
    return DoubleStream.of(values).toArray();
  }
}
