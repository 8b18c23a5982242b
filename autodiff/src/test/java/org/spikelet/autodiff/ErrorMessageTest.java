package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.autodiff.Operation.wrt;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.spikelet.autodiff.check.GradientCheck;

/**
 * Wrong input fails with a message that names the operation, the shapes or values, and the rule.
 */
class ErrorMessageTest {

  private static final Tensor GRID = Tensor.zeros(Shape.of(2, 3));
  private static final Tensor PAIR = Tensor.zeros(Shape.of(2));
  private static final Tensor SCALAR = Tensor.scalar(1);

  private static final String BROADCAST = "counted from the last axis, lengths must be equal or 1";

  private static DynamicTest refused(
      Class<? extends Exception> type, ThrowingCallable call, String... parts) {
    return DynamicTest.dynamicTest(
        String.join(" ", parts),
        () -> assertThatThrownBy(call).isExactlyInstanceOf(type).hasMessageContainingAll(parts));
  }

  private static DynamicTest wrong(ThrowingCallable call, String... parts) {
    return refused(IllegalArgumentException.class, call, parts);
  }

  @TestFactory
  Stream<DynamicTest> shapes() {
    return Stream.of(
        wrong(() -> Shape.of(2, -1), "shape", "negative", "[2, -1]"),
        wrong(() -> Shape.of(65536, 65536), "shape", "more than 2³¹−1", "[65536, 65536]"),
        wrong(() -> GRID.shape().dimension(2), "dimension: axis 2", "2×3", "axes go from -2 to 1"),
        wrong(() -> GRID.shape().dimension(-3), "dimension: axis -3", "2×3", "from -2 to 1"),
        wrong(() -> Shape.SCALAR.dimension(0), "dimension: axis 0", "scalar, which has none"));
  }

  @TestFactory
  Stream<DynamicTest> tensors() {
    return Stream.of(
        wrong(() -> Tensor.of(Shape.of(2, 3), 1, 2), "tensor: shape 2×3", "6 values", "got 2"),
        wrong(Tensor::matrix, "matrix: no rows", "zeros(Shape.of(0, columns))"),
        wrong(
            () -> Tensor.matrix(new double[] {1, 2}, new double[] {3}),
            "matrix: row 1 has 1 values",
            "row 0 has 2"),
        wrong(() -> GRID.get(1), "get: 1 indices", "2×3"),
        wrong(() -> GRID.get(1, 3), "get: index 3", "outside 0 to 2", "2×3"),
        wrong(() -> GRID.get(-1, 0), "get: index -1", "outside 0 to 1", "2×3"),
        wrong(GRID::item, "item: needs exactly one element", "2×3", "use get or toArray"),
        wrong(
            () -> Parameter.of("weight", GRID).assign(PAIR),
            "assign: parameter 'weight'",
            "shape 2×3",
            "values have 2"));
  }

  @TestFactory
  Stream<DynamicTest> operandsThatDoNotBroadcast() {
    return OperationTable.BINARY.stream()
        .map(
            row ->
                wrong(
                    () -> row.operation().apply(GRID, PAIR),
                    row.name() + ": shapes do not broadcast",
                    "2×3 and 2",
                    BROADCAST));
  }

  @TestFactory
  Stream<DynamicTest> whereAndClip() {
    return Stream.of(
        wrong(() -> SCALAR.where(GRID, PAIR), "where: ", "2×3 and 2", BROADCAST),
        wrong(() -> PAIR.where(GRID, SCALAR), "where: ", "2 and 2×3", BROADCAST),
        wrong(() -> GRID.clip(2, 1), "clip: low must be at most high", "[2.0, 1.0]"),
        wrong(() -> GRID.clip(Double.NaN, 1), "clip: ", "[NaN, 1.0]"));
  }

  @TestFactory
  Stream<DynamicTest> axesThatDoNotExist() {
    return OperationTable.ALONG_AXES.stream()
        .flatMap(
            row ->
                Stream.of(
                    wrong(() -> row.alongOne().apply(GRID, 2), "axis 2", "2×3", "from -2 to 1"),
                    wrong(() -> row.alongOne().apply(GRID, -3), "axis -3", "2×3", "from -2 to 1"),
                    wrong(() -> row.alongOne().apply(SCALAR, 0), "axis 0", "scalar, which has")));
  }

  @TestFactory
  Stream<DynamicTest> reductions() {
    Tensor empty = Tensor.zeros(Shape.of(0, 3));
    return Stream.of(
        wrong(() -> GRID.sum(2), "sum: axis 2", "2×3", "axes go from -2 to 1"),
        wrong(() -> GRID.sum(1, -1), "sum: axis -1 is named twice"),
        wrong(() -> GRID.mean(2), "mean: axis 2", "2×3", "from -2 to 1"),
        wrong(() -> GRID.max(-3), "max: axis -3", "2×3", "from -2 to 1"),
        wrong(() -> GRID.min(-3), "min: axis -3", "2×3", "from -2 to 1"),
        wrong(() -> GRID.minKeepDims(-3), "min: axis -3", "2×3", "from -2 to 1"),
        wrong(() -> SCALAR.max(0), "max: axis 0", "scalar, which has none"),
        wrong(() -> GRID.logSumExp(5), "logSumExp: axis 5", "2×3", "from -2 to 1"),
        wrong(() -> GRID.softmax(5), "softmax: axis 5", "2×3", "from -2 to 1"),
        wrong(() -> SCALAR.softmax(0), "softmax: axis 0", "scalar, which has none"),
        wrong(() -> GRID.logSoftmax(5), "logSoftmax: axis 5", "2×3", "from -2 to 1"),
        wrong(() -> empty.mean(), "mean: the shape 0×3", "no element"),
        wrong(() -> empty.max(0), "max: the shape 0×3", "no element"),
        wrong(() -> empty.min(0), "min: the shape 0×3", "no element"),
        wrong(() -> empty.logSumExp(0), "logSumExp: the shape 0×3", "no element"),
        wrong(() -> GRID.sumTo(Shape.of(2)), "sumTo: the shape 2 does not broadcast to 2×3"),
        wrong(() -> PAIR.sumTo(Shape.of(2, 2)), "sumTo: the shape 2×2", "does not broadcast to 2"));
  }

  @TestFactory
  Stream<DynamicTest> rearrangements() {
    return Stream.of(
        wrong(() -> GRID.reshape(4), "reshape: shape 2×3 has 6 elements", "shape 4 has 4; it must"),
        wrong(
            () -> GRID.reshape(-1, -1),
            "reshape: only one length may be −1, and where another is 0"),
        wrong(() -> GRID.permute(0), "permute: the order [0]", "each axis of 2×3 once"),
        wrong(() -> GRID.permute(0, 0), "permute: the order [0, 0]", "each axis of 2×3 once"),
        wrong(() -> GRID.permute(0, 2), "permute: axis 2", "2×3"),
        wrong(() -> GRID.permute(0, 1, 1), "permute: the order [0, 1, 1]", "of 2×3 once"),
        wrong(PAIR::transpose, "transpose: needs at least two axes", "the shape is 2"),
        wrong(() -> PAIR.broadcastTo(Shape.of(2, 3)), "broadcastTo: ", "2 and 2×3"),
        wrong(() -> GRID.broadcastTo(Shape.of(3)), "broadcastTo: 2×3 does not broadcast to 3"),
        wrong(() -> GRID.slice(1, 0, 4), "slice: the range 0 to 4", "axis 1 of 2×3"),
        wrong(() -> GRID.slice(1, -1, 2), "slice: the range -1 to 2", "axis 1 of 2×3"),
        wrong(() -> GRID.slice(1, 2, 1), "slice: the range 2 to 1", "axis 1 of 2×3"),
        wrong(() -> GRID.slice(2, 0, 1), "slice: axis 2", "2×3"),
        wrong(() -> GRID.pad(1, -1, 0), "pad: counts must not be negative", "-1 and 0"),
        wrong(() -> GRID.pad(1, 0, -1), "pad: counts must not be negative", "0 and -1"),
        wrong(() -> GRID.pad(2, 1, 0), "pad: axis 2", "2×3"),
        wrong(() -> GRID.concatenate(0, PAIR), "concatenate: 2 does not fit 2×3", "ranks"),
        wrong(
            () -> GRID.concatenate(0, Tensor.zeros(Shape.of(2, 4))),
            "concatenate: 2×4 does not fit 2×3"),
        wrong(() -> SCALAR.concatenate(0, SCALAR), "concatenate: axis 0", "scalar"),
        wrong(() -> GRID.gatherRows(2), "gatherRows: index 2", "0 to 1", "2×3"),
        wrong(() -> GRID.gatherRows(-1), "gatherRows: index -1", "0 to 1", "2×3"),
        wrong(
            () -> Tensor.zeros(Shape.of(0, 3)).gatherRows(0),
            "gatherRows: index 0 is outside an empty axis of the shape 0×3"),
        wrong(() -> SCALAR.gatherRows(0), "gatherRows: axis 0", "scalar"),
        wrong(() -> GRID.scatterRows(2, 0), "scatterRows: 1 indices for the rows of 2×3"),
        wrong(() -> GRID.scatterRows(2, 0, 2), "scatterRows: index 2", "0 to 1"),
        wrong(() -> SCALAR.scatterRows(2, 0), "scatterRows: axis 0", "scalar"));
  }

  @TestFactory
  Stream<DynamicTest> products() {
    Tensor tall = Tensor.zeros(Shape.of(5, 3));
    Tensor batch = Tensor.zeros(Shape.of(2, 3, 4));
    return Stream.of(
        wrong(
            () -> GRID.matmul(tall),
            "matmul: inner dimensions differ: 2×3 · 5×3",
            "did you mean to transpose the second?"),
        wrong(
            () -> Tensor.zeros(Shape.of(5, 4)).matmul(tall),
            "matmul: inner dimensions differ: 5×4 · 5×3",
            "did you mean to transpose the first?"),
        wrong(
            () -> GRID.matmul(GRID.matmul(GRID.transpose())),
            "matmul: inner dimensions differ: 2×3 · 2×2"),
        wrong(() -> SCALAR.matmul(GRID), "matmul: needs matrices, got scalar · 2×3", "reshape"),
        wrong(
            () -> batch.matmul(Tensor.zeros(Shape.of(3, 4, 1))),
            "matmul, leading axes: shapes do not broadcast: 2 and 3"));
  }

  @TestFactory
  Stream<DynamicTest> gradientCheck() {
    return Stream.of(
        wrong(
            () -> new GradientCheck().withTolerance(-1, 0),
            "tolerance: must be finite and not negative",
            "-1.0 and 0.0"),
        wrong(() -> new GradientCheck().withTolerance(0, Double.NaN), "tolerance: ", "0.0 and NaN"),
        wrong(() -> new GradientCheck().withOrder(0), "order: must be at least 1", "got 0"));
  }

  @Test
  void lossOfManyElements() {
    try (Tape tape = Tape.record()) {
      Tensor y = tape.watch(GRID).exp();
      assertThatThrownBy(() -> tape.gradients(y))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("gradients: the loss", "2×3", "sum() or mean()");
    }
  }

  @Test
  void upstreamOfAnotherShape() {
    try (Tape tape = Tape.record()) {
      Tensor y = tape.watch(GRID).exp();
      assertThatThrownBy(() -> tape.gradients(y, PAIR))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("gradients: upstream has shape 2", "the output 2×3");
    }
  }

  @Test
  void lossThatDependsOnNothing() {
    try (Tape tape = Tape.record()) {
      assertThatThrownBy(() -> tape.gradients(SCALAR))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("gradients: the loss depends on no parameter", "detached");
    }
  }

  @Test
  void parameterChangedTooEarly() {
    Parameter w = Parameter.of("layer 1 weight", SCALAR);
    try (Tape tape = Tape.record()) {
      Tensor y = w.exp();
      w.assign(SCALAR);
      assertThatThrownBy(() -> tape.gradients(y))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "gradients: parameter 'layer 1 weight' was changed", "before the optimizer steps");
    }
  }

  @Test
  void leafUnknownToTheTape() {
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(tape.watch(SCALAR).exp());
      assertThatThrownBy(() -> gradients.of(GRID))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("gradients: a tensor of shape 2×3", "tape.watch(…)");
    }
  }

  @Test
  void tensorOfAClosedTape() {
    Tensor y;
    try (Tape tape = Tape.record()) {
      y = tape.watch(GRID).exp();
    }
    Tensor closed = y;
    assertThatThrownBy(closed::toArray)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("tensor of shape 2×3: its tape has closed", "copy()");
  }

  @Test
  void gradientsOfAClosedTape() {
    Gradients gradients;
    try (Tape tape = Tape.record()) {
      gradients = tape.gradients(tape.watch(SCALAR).exp());
    }
    assertThatThrownBy(gradients::norm)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("gradients: their tape has closed", "copy()");
  }

  @Test
  void closedTape() {
    Tape tape = Tape.record();
    tape.close();
    assertThatThrownBy(() -> tape.watch(SCALAR))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("watch: the tape has closed", "try block");
  }

  @Test
  void operandOfAnotherTape() {
    try (Tape outer = Tape.record()) {
      Tensor y = outer.watch(GRID).exp();
      try (Tape inner = Tape.record()) {
        Tensor x = inner.watch(GRID);
        assertThatThrownBy(() -> x.mul(y))
            .isExactlyInstanceOf(IllegalStateException.class)
            .hasMessageContainingAll(
                "mul: an operand of shape 2×3 was recorded on another tape", "detach()");
      }
    }
  }

  @Test
  void ruleOfTheWrongShape() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.zeros(Shape.of(1, 3)));
      Tensor y = Operation.enter("repeat", Tensor.zeros(Shape.of(2, 3)), wrt(x, g -> g));
      assertThatThrownBy(() -> tape.gradients(y.sum()))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "repeat: its derivative rule returned the shape 2×3",
              "input of shape 1×3",
              "sumTo(input.shape())");
    }
  }
}
