package org.spikelet.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.FiniteCheck;

/** What a checked tape says; outside the library's packages, so that lines here are the user's. */
class CheckedTapeTest {

  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Returns the message with which the computation stops under a checked tape. */
  private static String message(Function<Tape, ?> computation) {
    try (Tape tape = Tape.record(new FiniteCheck())) {
      ArithmeticException e =
          catchThrowableOfType(ArithmeticException.class, () -> computation.apply(tape));
      assertThat(e).as("it stops").isNotNull();
      return e.getMessage();
    }
  }

  /** Returns where this method was called, as messages write it. */
  private static String here() {
    return StackWalker.getInstance()
        .walk(frames -> frames.skip(1).findFirst())
        .orElseThrow()
        .toString();
  }

  @Test
  void theWholeMessageOfAForwardPass() {
    Parameter x =
        Parameter.of(
            "x", Tensor.matrix(new double[] {1, 2}, new double[] {3, 0}, new double[] {0, 4}));
    String[] line = new String[1];
    String message = message(tape -> logarithm(x, line));
    assertThat(message)
        .isEqualTo(
            """
            log in the forward pass: finite inputs gave −∞ at [1, 1], row 1 (NaN or ±∞: 2 of 6 elements)
              computed at %s
              input 1: shape 3×2, from 0.0 to 4.0
              cure: keep the inputs where the result is finite, for example by maximum, by clip, or by adding a small ε; or lower the learning rate
              if a where or mask drops it later: guard the input as well, condition.where(x, safe) in place of x, for in the derivative 0 · ∞ is NaN"""
                .formatted(line[0]));
  }

  @Test
  void theWholeMessageOfABackwardPass() {
    String[] line = new String[1];
    String message =
        message(
            tape -> {
              Tensor x = tape.watch(Tensor.vector(1, 0, 4));
              Tensor y = root(x, line);
              return tape.gradients(y.sum());
            });
    assertThat(message)
        .isEqualTo(
            """
            div in the derivative of sqrt: finite inputs gave ∞ at [1] (NaN or ±∞: 1 of 3 elements)
              computed at %s
              input 1: shape 3, from 1.0 to 1.0
              input 2: shape 3, from 0.0 to 4.0
              cure: keep the inputs where the result is finite, for example by maximum, by clip, or by adding a small ε; or lower the learning rate"""
                .formatted(line[0]));
  }

  private static String note(String[] line, String here) {
    line[0] = here;
    return here;
  }

  private static Tensor logarithm(Tensor x, String... line) {
    List<Object> both = List.of(note(line, here()), x.log());
    return (Tensor) both.get(1);
  }

  private static Tensor root(Tensor x, String... line) {
    List<Object> both = List.of(note(line, here()), x.sqrt());
    return (Tensor) both.get(1);
  }

  @Test
  void zeroByZero() {
    assertThat(message(tape -> Tensor.scalar(0).div(tape.watch(Tensor.scalar(0)))))
        .startsWith("div in the forward pass: finite inputs gave NaN\n")
        .contains("input 2: shape scalar, from 0.0 to 0.0");
  }

  @Test
  void overflow() {
    assertThat(message(tape -> tape.watch(Tensor.vector(1, 709, 710)).exp()))
        .startsWith("exp in the forward pass: finite inputs gave ∞ at [2]");
    assertThat(message(tape -> tape.watch(Tensor.vector(1e200, 1)).matmul(Tensor.vector(1e200, 1))))
        .startsWith("matmul in the forward pass: finite inputs gave ∞ at [0, 0]");
  }

  @Test
  void constantsAreCheckedToo() {
    assertThat(message(tape -> Tensor.vector(1, -1).sqrt()))
        .startsWith("sqrt in the forward pass: finite inputs gave NaN at [1]");
  }

  @Test
  void whatHoldsItAlreadyIsNamed() {
    Tensor data = Tensor.matrix(new double[] {1, 2, 3}, new double[] {4, 5, NAN});
    Parameter w = Parameter.of("w", Tensor.ones(Shape.of(3, 2)));
    assertThat(message(tape -> data.matmul(w)))
        .startsWith(
            "matmul: input 1, a constant of shape 2×3, already holds NaN at [1, 2], row 1 (NaN"
                + " or ±∞: 1 of 6 elements)\n  computed at org.spikelet.user.Checked")
        .endsWith("cure: clean it, or, if it is data, leave out such rows");
    w.update(values -> values[3] = -INFINITY);
    assertThat(message(tape -> Tensor.ones(Shape.of(2, 3)).matmul(w)))
        .startsWith("matmul: input 2, the parameter 'w' of shape 3×2, already holds −∞ at [1, 1]")
        .contains("cure: check the step that last changed it");
    assertThat(message(tape -> tape.watch(data).add(1)))
        .startsWith("add: input 1, a watched tensor of shape 2×3, already holds NaN at [1, 2]");
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(1, 2));
                  return tape.gradients(x.square(), Tensor.vector(0, NAN));
                }))
        .startsWith("gradients: upstream already holds NaN at [1]");
  }

  private static Tensor cube(Tensor x, Function<Tensor, Tensor> rule) {
    double[] values = x.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * values[i] * values[i];
    }
    return Operation.enter(
        "cube", Tensor.of(x.shape(), values), Operation.wrt(x, g -> rule.apply(g)));
  }

  @Test
  void operationsOfYourOwn() {
    assertThat(message(tape -> cube(tape.watch(Tensor.vector(1, -1e200)), g -> g)))
        .startsWith("cube in the forward pass: finite inputs gave −∞ at [1]")
        .contains(".cube(CheckedTapeTest.java:");
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(1, 2));
                  return tape.gradients(cube(x, g -> g.mul(x).mul(1e308).mul(9)).sum());
                }))
        .startsWith("mul in the derivative of cube: finite inputs gave ∞ at [1]");
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(1, 2));
                  return tape.gradients(cube(x, g -> Tensor.vector(3, NAN)).sum());
                }))
        .startsWith("the rule in the derivative of cube: finite inputs gave NaN at [1]")
        .contains("input 1: shape 2, from 1.0 to 1.0", "input 2: shape 2, from 1.0 to 2.0");
  }

  @Test
  void addingUpTheGradientsOfSeveralUses() {
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.scalar(1));
                  Tensor huge = Tensor.scalar(1.7e308);
                  return tape.gradients(x.mul(huge).sub(x.neg().mul(huge).add(huge)));
                }))
        .startsWith("add in the derivative of mul: finite inputs gave ∞");
  }

  @Test
  void derivativesOfDerivatives() {
    String[] line = new String[1];
    String message =
        message(
            tape -> {
              Tensor x = tape.watch(Tensor.vector(1e-200)); // y' = 1/x, y'' = −1/x²
              Tensor y = Tape.within("logarithm", at -> logarithm(at, line), x);
              return tape.gradients(tape.recordedGradients(y.sum()).of(x).sum());
            });
    assertThat(message)
        .startsWith("div in the derivative of div in the derivative of log: finite inputs gave ∞")
        .contains("computed at " + line[0] + ", in layer logarithm\n");
  }

  @Test
  void layersNestAndAreLeftAfterAnError() {
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor x = tape.watch(Tensor.vector(0, 1));
      assertThatThrownBy(
              () -> Tape.within("encoder", a -> Tape.within("0", Tensor::log, a), x.add(0)))
          .hasMessageContaining(", in layer encoder.0\n");
      assertThatThrownBy(
              () -> Tape.within("encoder", a -> Tape.within("0", Tensor::exp, a).sub(1).log(), x))
          .hasMessageContaining(", in layer encoder\n");
      assertThatThrownBy(() -> x.log()).hasMessageNotContaining("in layer");
    }
  }

  @Test
  void whatIsNotChosenMayBeAnythingIfItIsNotComputed() {
    Tensor data = Tensor.vector(1, NAN, 3, -INFINITY);
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor x = tape.watch(Tensor.ones(Shape.of(4)));
      Tensor known = Tensor.vector(1, 0, 1, 0);
      Tensor clipped = Tensor.vector(0, 0, 0, -INFINITY).clip(-1, 9);
      Tensor y = known.where(data, x.mul(5)).add(data.mask(known)).add(clipped);
      assertThat(y.toArray()).containsExactly(2, 5, 6, 4);
      assertThat(tape.gradients(y.sum()).of(x).toArray()).containsExactly(0, 5, 0, 5);
    }
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(0, 1));
                  return x.greaterThan(0).where(x.log(), x);
                }))
        .startsWith("log in the forward pass");
  }

  @Test
  void aChoiceThatComesLaterIsNamedWithItsCure() {
    String cure = ": guard the input as well, condition.where(x, safe) in place of x";
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(0, 1));
                  Tensor y = x.greaterThan(0).where(x.sqrt().mul(2), x);
                  return tape.gradients(y.sum());
                }))
        .startsWith("div in the derivative of sqrt: finite inputs gave NaN at [0]")
        .contains("\n  a later where drops some of it" + cure);
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(0, 1));
                  return tape.gradients(x.sqrt().mask(x).sum());
                }))
        .contains("\n  a later mask drops some of it" + cure);
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(0, 1));
                  return tape.gradients(x.sqrt().maximum(0.5).sum());
                }))
        .contains("\n  a later maximum drops some of it" + cure);
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(-1, 1));
                  return x.greaterThan(0).where(x.sqrt(), x);
                }))
        .startsWith("sqrt in the forward pass")
        .contains("\n  if a where or mask drops it later" + cure);
    // Cured, with the derivative 1 on the one side and ½/√x on the other.
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor x = tape.watch(Tensor.vector(-1, 0, 4));
      Tensor positive = x.greaterThan(0);
      Tensor y = positive.where(positive.where(x, Tensor.scalar(1)).sqrt(), x);
      assertThat(tape.gradients(y.sum()).of(x).toArray()).containsExactly(1, 1, 0.25);
    }
  }

  @Test
  void aChoiceBesideTheFaultIsNotNamed() {
    assertThat(
            message(
                tape -> {
                  Tensor x = tape.watch(Tensor.vector(0, 1));
                  Tensor beside = x.greaterThan(0).where(x, x.mul(2));
                  return tape.gradients(x.sqrt().add(beside).sum());
                }))
        .startsWith("div in the derivative of sqrt")
        .doesNotContain("drops some of it");
  }

  @Test
  void aMistakeInDataIsSeenAtTheFirstUseThatPassesItOn() {
    Tensor data = Tensor.vector(1, NAN);
    assertThat(message(tape -> data.greaterThan(0).add(data.sign())))
        .startsWith("add: input 2, a constant of shape 2, already holds NaN at [1]");
  }

  @Test
  void anotherComputationCanFollow() {
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor x = tape.watch(Tensor.vector(0, 4));
      Tensor root = x.sqrt();
      assertThatThrownBy(() -> tape.gradients(root.sum()))
          .hasMessageContaining("derivative of sqrt");
      assertThatThrownBy(() -> x.log()).hasMessageStartingWith("log in the forward pass");
      assertThat(tape.gradients(x.square().sum()).of(x).toArray()).containsExactly(0, 8);
    }
  }

  @Test
  void tapesInsideCheckAsWellAndTapesAfterwardsDoNot() {
    Tensor zero = Tensor.scalar(0);
    try (Tape tape = Tape.record(new FiniteCheck())) {
      try (Tape inner = Tape.record()) {
        assertThatThrownBy(() -> inner.watch(zero).log()).isInstanceOf(ArithmeticException.class);
      }
      try (Tape inner = Tape.record(new FiniteCheck())) {
        assertThatThrownBy(() -> Tape.within("a", v -> inner.watch(v).log(), zero))
            .hasMessageContaining("in layer a\n");
      }
      assertThat(tape.size()).isZero();
    }
    try (Tape tape = Tape.record()) {
      try (Tape inner = Tape.record(new FiniteCheck())) {
        assertThatThrownBy(() -> inner.watch(zero).log()).isInstanceOf(ArithmeticException.class);
      }
      assertThat(tape.watch(zero).log().item()).isEqualTo(-INFINITY);
    }
    assertThat(zero.log().item()).isEqualTo(-INFINITY);
  }

  /** A finite computation with derivatives of derivatives; returns all its numbers. */
  private static List<Double> numbers(Tape tape) {
    Parameter w = Parameter.of("w", Tensor.matrix(new double[] {0.3, -1}, new double[] {2, 0.7}));
    Tensor x = tape.watch(Tensor.vector(0.5, 1.5));
    Tensor y = Tape.within("layer", a -> a.matmul(w).tanh().softmax(0), x).square().sum().log();
    Gradients first = tape.recordedGradients(y);
    Gradients second = tape.gradients(first.of(w).square().sum());
    List<Double> numbers = new ArrayList<>(List.of(y.item(), (double) tape.size()));
    for (Tensor tensor : List.of(first.of(w), first.of(x), second.of(w), second.of(x))) {
      for (double number : tensor.toArray()) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  @Test
  void checkingChangesNeitherBitsNorWhatIsRecorded() {
    List<Double> checked;
    try (Tape tape = Tape.record(new FiniteCheck())) {
      checked = numbers(tape);
    }
    try (Tape tape = Tape.record()) {
      assertThat(numbers(tape)).isEqualTo(checked).hasSizeGreaterThan(12);
    }
  }

  @Test
  void withoutCheckingEverythingPasses() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(0, -1));
      Tensor y = Tape.within("root", Tensor::sqrt, x);
      assertThat(y.toArray()).containsExactly(0, NAN);
      assertThat(tape.size()).isEqualTo(2);
      assertThat(tape.gradients(y.sum()).of(x).toArray()).containsExactly(INFINITY, NAN);
    }
    assertThat(Tape.within("log", Tensor::log, Tensor.scalar(0)).item()).isEqualTo(-INFINITY);
  }

  @Test
  void streamsAndLambdasDoNotHideTheLine() {
    assertThat(
            message(
                tape ->
                    IntStream.range(0, 3)
                        .mapToObj(i -> Tensor.scalar(2 - i))
                        .map(Tensor::log)
                        .toList()))
        .contains("computed at org.spikelet.user.CheckedTapeTest.")
        .contains("(CheckedTapeTest.java:");
  }

  @Test
  void emptyTensorsAreNoError() {
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor x = tape.watch(Tensor.zeros(Shape.of(0, 3)));
      assertThat(tape.gradients(x.log().sum()).of(x).size()).isZero();
    }
    assertThat(message(tape -> Tensor.zeros(Shape.of(0)).sum().log()))
        .startsWith("log in the forward pass: finite inputs gave −∞\n");
    assertThat(
            message(
                tape ->
                    Operation.enter(
                        "odd",
                        Tensor.vector(NAN),
                        Operation.wrt(tape.watch(Tensor.zeros(Shape.of(0))), g -> g))))
        .contains("input 1: shape 0, empty");
  }
}
