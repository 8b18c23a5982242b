package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a tape made is refused after it has closed, in every way of use; what was copied lives on.
 */
class TapeLifeTest {

  /** Every way to use a tensor y of shape 2, its sum, its gradients, and the tape of them all. */
  static Map<String, ThrowingCallable> uses(
      Tape tape, Tensor y, Tensor sum, Gradients gradients, Parameter w) {
    Tensor other = Tensor.ones(y.shape());
    Map<String, ThrowingCallable> uses = new LinkedHashMap<>();
    uses.put("item", sum::item);
    uses.put("get", () -> y.get(0));
    uses.put("toArray", y::toArray);
    uses.put("copy", y::copy);
    uses.put("detach", y::detach);
    uses.put("operation on it", y::exp);
    uses.put("operation with it on the right", () -> other.mul(y));
    uses.put("condition", () -> y.where(other, other));
    uses.put("mask", () -> other.mask(y));
    uses.put("reduction", () -> y.max(0));
    uses.put("softmax", () -> y.softmax(0));
    uses.put("reshape", () -> y.reshape(2, 1));
    uses.put("concatenate", () -> other.concatenate(0, y));
    uses.put("gatherRows", () -> y.gatherRows(0));
    uses.put("scatterRows", () -> y.scatterRows(2, 0, 1));
    uses.put("matmul", () -> other.matmul(y));
    uses.put("a parameter's first values", () -> Parameter.of("p", y));
    uses.put("a parameter's next values", () -> w.assign(y));
    uses.put("watch", () -> tape.watch(other));
    uses.put("gradients", () -> tape.gradients(y, other));
    uses.put("recordedGradients", () -> tape.recordedGradients(y, other));
    uses.put("gradients.of", () -> gradients.of(w).toArray());
    uses.put("gradients.sumOfSquares", () -> gradients.sumOfSquares(w));
    uses.put("gradients.norm", gradients::norm);
    uses.put("gradients.scale", () -> gradients.scale(2));
    uses.put("gradients.clip", () -> gradients.clip(-1, 1));
    uses.put("gradients.copy", gradients::copy);
    uses.put("gradients.plus", () -> gradients.plus(Gradients.none()));
    uses.put("gradients as a summand", () -> Gradients.none().plus(gradients));
    return uses;
  }

  @TestFactory
  Stream<DynamicTest> everyUseAfterTheTapeHasClosedIsRefused() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    Tape tape = Tape.record();
    Tensor y = w.square();
    Tensor sum = y.sum();
    Gradients gradients = tape.gradients(sum);
    tape.close();
    Map<String, ThrowingCallable> uses = uses(tape, y, sum, gradients, w);
    uses.put("gradients.contains", () -> gradients.contains(w));
    return uses.entrySet().stream()
        .map(
            use ->
                DynamicTest.dynamicTest(
                    use.getKey(),
                    () ->
                        assertThatThrownBy(use.getValue())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("tape has closed")));
  }

  @Test
  void aConstantMadeUnderATapeEndsWithItToo() {
    Tensor sum;
    try (Tape tape = Tape.record()) {
      sum = Tensor.scalar(1).add(2);
      assertThat(tape.size()).isZero();
    }
    Tensor kept = sum;
    assertThatThrownBy(kept::item).hasMessageContaining("tape has closed");
  }

  @Test
  void detachedTensorsEndWithTheirTape() {
    Tensor detached;
    try (Tape tape = Tape.record()) {
      detached = tape.watch(Tensor.scalar(2)).square().detach();
    }
    Tensor kept = detached;
    assertThatThrownBy(kept::item).hasMessageContaining("tape has closed");
  }

  @Test
  void aCopyLivesOn() {
    Tensor copy;
    try (Tape tape = Tape.record()) {
      copy = tape.watch(Tensor.scalar(2)).square().copy();
    }
    assertThat(copy.add(1).item()).isEqualTo(5);
  }

  @Test
  void factoriesAndParametersBelongToNobody() {
    Tensor constant;
    Parameter w;
    try (Tape tape = Tape.record()) {
      constant = Tensor.vector(1, 2);
      w = Parameter.of("w", constant);
      assertThat(tape.gradients(w.mul(constant).sum()).of(w).toArray()).containsExactly(1, 2);
    }
    assertThat(constant.add(w).toArray()).containsExactly(2, 4);
  }

  @Test
  void theShapeStaysKnownAndPrintingIsSafe() {
    Tensor y;
    try (Tape tape = Tape.record()) {
      y = tape.watch(Tensor.vector(1, 2)).exp();
    }
    assertThat(y.shape()).isEqualTo(Shape.of(2));
    assertThat(y.toString()).isEqualTo("Tensor(2) of a closed tape, or of another thread");
  }

  @Test
  void closingTwiceDoesNothing() {
    Tape tape = Tape.record();
    tape.close();
    tape.close();
    assertThat(Tensor.scalar(1).add(1).item()).isEqualTo(2);
  }

  @Test
  void aTapeClosedTwiceLeavesALaterOneOpen() {
    Tape first = Tape.record();
    first.close();
    try (Tape second = Tape.record()) {
      first.close();
      Tensor x = second.watch(Tensor.scalar(3));
      assertThat(second.gradients(x.square()).of(x).item()).isEqualTo(6);
    }
  }
}
