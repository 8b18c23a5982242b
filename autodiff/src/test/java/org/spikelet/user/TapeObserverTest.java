package org.spikelet.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.autodiff.Operation.wrt;

import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.autodiff.Tensor;

/** An observer is told of each operation and of each rule, once and in order. */
class TapeObserverTest {

  private final ObserverLog log = new ObserverLog();

  @Test
  void operationsAndRulesInTheOrderInWhichTheyRun() {
    try (Tape tape = Tape.record(log)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Tensor loss = x.mul(x.sin());
      log.lines().add("--");
      assertThat(tape.gradients(loss).of(x).item())
          .isEqualTo(StrictMath.sin(2) + 2 * StrictMath.cos(2));
    }
    assertThat(log.lines())
        .containsExactly(
            "computed sin",
            "computed mul",
            "--",
            "walk starts",
            "mul rule 0 starts",
            "computed constant mul",
            "mul rule 0 ends",
            "mul rule 1 starts",
            "computed constant mul",
            "mul rule 1 ends",
            "sin rule 0 starts",
            "computed constant cos",
            "computed constant mul",
            "sin rule 0 ends",
            "computed constant add", // what comes to x by two ways
            "walk ends");
  }

  @Test
  void constantsAreToldOfAndLeavesAreNot() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record(log)) {
      assertThat(Tensor.scalar(1).exp().mul(w).add(1).item()).isGreaterThan(1);
      assertThat(tape.size()).isEqualTo(3);
    }
    assertThat(log.lines())
        .containsExactly("computed constant exp", "computed mul", "computed add");
  }

  @Test
  void rulesOfInputsThatNeedNoGradientDoNotRun() {
    try (Tape tape = Tape.record(log)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Tensor beside = x.exp();
      Tensor loss = Tensor.scalar(3).mul(x);
      assertThat(tape.gradients(loss).of(x).item()).isEqualTo(3);
      assertThat(beside.item()).isEqualTo(StrictMath.exp(2));
    }
    assertThat(log.lines())
        .filteredOn(line -> line.contains("rule"))
        .containsExactly("mul rule 1 starts", "mul rule 1 ends");
  }

  @Test
  void recordedGradientsAreOperationsLikeOthers() {
    try (Tape tape = Tape.record(log)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Gradients first = tape.recordedGradients(x.square());
      log.lines().clear();
      assertThat(tape.gradients(first.of(x)).of(x).item()).isEqualTo(2);
    }
    assertThat(log.lines())
        .filteredOn(line -> line.endsWith("starts"))
        .containsExactly("walk starts", "mul rule 1 starts", "mul rule 0 starts");
  }

  @Test
  void partsNestAndEndEvenByAnException() {
    try (Tape tape = Tape.record(log)) {
      Tensor x = tape.watch(Tensor.vector(1, 2));
      assertThatThrownBy(
              () -> Tape.within("net", a -> Tape.within("0", Tensor::exp, a).reshape(3), x))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(log.lines())
        .containsExactly("net starts", "0 starts", "computed exp", "0 ends", "net ends");
  }

  @Test
  void aWalkThatThrowsEndsToo() {
    try (Tape tape = Tape.record(log)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Tensor y = Operation.enter("odd", Tensor.scalar(4), wrt(x, g -> Tensor.vector(1, 2)));
      Tensor loss = y.exp();
      log.lines().clear();
      assertThatThrownBy(() -> tape.gradients(loss)).hasMessageContaining("odd: its derivative");
      assertThat(log.lines())
          .containsExactly(
              "walk starts",
              "exp rule 0 starts",
              "computed constant mul",
              "exp rule 0 ends",
              "odd rule 0 starts",
              "walk ends");
      log.lines().clear();
      assertThat(tape.gradients(x.square()).of(x).item()).isEqualTo(4);
      assertThat(log.lines()).startsWith("computed square", "walk starts").endsWith("walk ends");
    }
  }

  @Test
  void anErrorBeforeTheWalkIsNoWalk() {
    try (Tape tape = Tape.record(log)) {
      assertThatThrownBy(() -> tape.gradients(Tensor.scalar(1)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void anObserverMayStopTheComputation() {
    log.refuse("computed exp");
    try (Tape tape = Tape.record(log)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      assertThatThrownBy(x::exp).isInstanceOf(UnsupportedOperationException.class);
      assertThat(tape.gradients(x.sin()).of(x).item()).isEqualTo(StrictMath.cos(2));
    }
    assertThat(Tensor.scalar(0).exp().item()).isEqualTo(1);
  }

  @Test
  void aTapeInsideIsWatchedByBoth() {
    try (Tape outer = Tape.record(log.named("outer"))) {
      Tensor x = outer.watch(Tensor.scalar(1));
      assertThat(Tape.within("a", Tensor::exp, x).item()).isEqualTo(StrictMath.exp(1));
      try (Tape inner = Tape.record(log.named("inner"))) {
        Tensor y = inner.watch(Tensor.scalar(1));
        assertThat(inner.gradients(Tape.within("b", Tensor::neg, y)).of(y).item()).isEqualTo(-1);
      }
      assertThat(x.sin().item()).isEqualTo(StrictMath.sin(1));
    }
    assertThat(log.lines())
        .containsExactly(
            "outer a starts",
            "outer computed exp",
            "outer a ends",
            "outer b starts",
            "inner b starts",
            "outer computed neg",
            "inner computed neg",
            "inner b ends",
            "outer b ends",
            "outer walk starts",
            "inner walk starts",
            "outer neg rule 0 starts",
            "inner neg rule 0 starts",
            "outer computed constant neg",
            "inner computed constant neg",
            "outer neg rule 0 ends",
            "inner neg rule 0 ends",
            "inner walk ends",
            "outer walk ends",
            "outer computed sin");
  }

  @Test
  void aTapeInsideWithoutAnObserverIsWatchedByTheOneAround() {
    try (Tape outer = Tape.record(log);
        Tape inner = Tape.record()) {
      assertThat(inner.watch(Tensor.scalar(1)).neg().item()).isEqualTo(-1);
      assertThat(outer.size()).isZero();
    }
    assertThat(log.lines()).containsExactly("computed neg");
  }

  @Test
  void nobodyIsToldTwice() {
    ObserverLog a = log.named("a");
    ObserverLog b = log.named("b");
    try (Tape first = Tape.record(a);
        Tape second = Tape.record(b);
        Tape third = Tape.record(a);
        Tape fourth = Tape.record(b)) {
      assertThat(Tensor.scalar(1).neg().item()).isEqualTo(-1);
      assertThat(first.size() + second.size() + third.size() + fourth.size()).isZero();
    }
    assertThat(log.lines()).containsExactly("a computed constant neg", "b computed constant neg");
  }

  @Test
  void whoHasSeenAStartSeesTheEndIfTheOtherRefuses() {
    ObserverLog inner = log.named("inner");
    try (Tape tape = Tape.record(log.named("outer"));
        Tape within = Tape.record(inner)) {
      assertThat(tape.size()).isZero();
      Tensor y = within.watch(Tensor.scalar(1)).neg();
      log.lines().clear();
      inner.refuse("walk starts");
      assertThatThrownBy(() -> within.gradients(y))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(log.lines())
          .containsExactly("outer walk starts", "inner walk starts", "outer walk ends");
      log.lines().clear();
      inner.refuse("a starts");
      assertThatThrownBy(() -> Tape.within("a", Tensor::neg, y))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(log.lines()).containsExactly("outer a starts", "inner a starts", "outer a ends");
    }
  }

  @Test
  void anObserverThatWantsNothingNeedsNoMethod() {
    try (Tape tape = Tape.record(new TapeObserver() {})) {
      Tensor x = tape.watch(Tensor.scalar(2));
      assertThat(tape.gradients(Tape.within("a", Tensor::square, x)).of(x).item()).isEqualTo(4);
    }
  }
}
