package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a tape records, and what it gives back. */
class TapeTest {

  @Test
  void anObserverMustBeThere() {
    assertThatThrownBy(() -> Tape.record(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("record: observer must not be null; record() needs none");
    assertThat(Tape.current()).as("no tape was left open").isNull();
  }

  @Test
  void differentiatesWithRespectToParametersAndWatchedTensors() {
    Parameter w = Parameter.of("w", Tensor.vector(2, 3));
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(5, 7));
      Gradients gradients = tape.gradients(w.mul(x).sum());
      assertThat(gradients.of(w).toArray()).containsExactly(5, 7);
      assertThat(gradients.of(x).toArray()).containsExactly(2, 3);
      assertThat(gradients.contains(w)).isTrue();
      assertThat(gradients.contains(x)).isTrue();
    }
  }

  @Test
  void aTensorUsedOftenCollectsTheGradientOfEveryUse() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      Tensor square = w.mul(w);
      Tensor loss = square.add(square.mul(w)).add(w); // w² + w³ + w
      assertThat(tape.gradients(loss).of(w).item()).isEqualTo(2 * 3 + 3 * 9 + 1);
    }
  }

  @Test
  void aParameterThatTheLossDoesNotDependOnGetsZeros() {
    Parameter used = Parameter.of("used", Tensor.scalar(1));
    Parameter besides = Parameter.of("besides", Tensor.vector(1, 2));
    Parameter later = Parameter.of("later", Tensor.vector(1, 2, 3));
    Parameter never = Parameter.of("never", Tensor.vector(1, 2, 3, 4));
    try (Tape tape = Tape.record()) {
      besides.mul(2);
      Tensor loss = used.mul(2);
      later.mul(2);
      Gradients gradients = tape.gradients(loss);
      assertThat(gradients.of(besides).toArray()).containsExactly(0, 0);
      assertThat(gradients.of(later).toArray()).containsExactly(0, 0, 0);
      assertThat(gradients.of(never).toArray()).containsExactly(0, 0, 0, 0);
      assertThat(gradients.contains(later)).isFalse();
      assertThat(gradients.contains(never)).isFalse();
    }
  }

  @Test
  void aWatchedTensorThatTheLossDoesNotDependOnGetsZeros() {
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    try (Tape tape = Tape.record()) {
      Tensor unused = tape.watch(Tensor.vector(1, 2));
      assertThat(tape.gradients(w.mul(2)).of(unused).toArray()).containsExactly(0, 0);
    }
  }

  @Test
  void gradientsCanBeTakenSeveralTimes() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      Tensor square = w.square();
      int size = tape.size();
      assertThat(tape.gradients(square).of(w).item()).isEqualTo(6);
      assertThat(tape.gradients(square).of(w).item()).isEqualTo(6);
      assertThat(tape.size()).as("nothing of the backward pass is recorded").isEqualTo(size);
      assertThat(tape.gradients(square.mul(w)).of(w).item()).isEqualTo(27);
      assertThat(tape.gradients(square).of(w).item()).isEqualTo(6);
    }
  }

  @Test
  void anOutputOfAnyShapeTakesAnUpstreamGradient() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(1, 2, 3));
      Gradients gradients = tape.gradients(x.square(), Tensor.vector(1, 10, 100));
      assertThat(gradients.of(x).toArray()).containsExactly(2, 40, 600);
    }
  }

  @Test
  void theLossMayBeALeafItself() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      w.mul(2);
      assertThat(tape.gradients(w).of(w).item()).isEqualTo(1);
      Tensor x = tape.watch(Tensor.scalar(4));
      assertThat(tape.gradients(x).of(x).item()).isEqualTo(1);
      assertThat(tape.gradients(x).of(w).item()).isZero();
    }
  }

  @Test
  void aLossOfOneElementNeedsNoUpstreamWhateverItsRank() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      assertThat(tape.gradients(x.square().reshape(1, 1)).of(x).item()).isEqualTo(6);
    }
  }

  @Test
  void detachCutsTheDerivative() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor y = x.square().detach().mul(x); // 9 is a constant
      assertThat(y.item()).isEqualTo(27);
      assertThat(tape.gradients(y).of(x).item()).isEqualTo(9);
    }
  }

  @Test
  void watchMakesANewLeaf() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor cut = tape.watch(x.square());
      Gradients gradients = tape.gradients(cut.mul(x));
      assertThat(gradients.of(cut).item()).isEqualTo(3);
      assertThat(gradients.of(x).item()).isEqualTo(9);
    }
  }

  @Test
  void aWatchedParameterIsASnapshot() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      Tensor snapshot = tape.watch(w);
      w.assign(Tensor.scalar(100));
      assertThat(snapshot.item()).isEqualTo(3);
      assertThat(tape.gradients(snapshot.square()).of(snapshot).item()).isEqualTo(6);
    }
  }

  @Test
  void onlyWhatNeedsAGradientIsRecorded() {
    Parameter frozen = Parameter.frozen("mean", Tensor.scalar(3));
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    try (Tape tape = Tape.record()) {
      Tensor constant = frozen.mul(Tensor.scalar(5)).exp().add(1);
      w.greaterThan(0);
      w.detach().exp();
      assertThat(tape.size()).isZero();
      w.mul(constant);
      assertThat(tape.size()).as("the leaf and the product").isEqualTo(2);
    }
  }

  @Test
  void aFrozenParameterIsAConstant() {
    Parameter frozen = Parameter.frozen("mean", Tensor.scalar(3));
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(w.mul(frozen));
      assertThat(gradients.of(w).item()).isEqualTo(3);
      assertThat(gradients.contains(w)).isTrue();
      assertThatThrownBy(() -> gradients.of(frozen))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the frozen parameter 'mean' of shape scalar");
    }
  }

  @Test
  void aParameterChangedBeforeTheBackwardPassIsNoticed() {
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    try (Tape tape = Tape.record()) {
      Tensor loss = w.square();
      w.update(values -> values[0] = 5);
      assertThatThrownBy(() -> tape.gradients(loss))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'w' was changed");
      assertThatThrownBy(() -> tape.recordedGradients(loss))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aFrozenParameterChangedBeforeTheBackwardPassIsNoticed() {
    Parameter frozen = Parameter.frozen("mean", Tensor.scalar(3));
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    try (Tape tape = Tape.record()) {
      Tensor loss = w.mul(frozen);
      frozen.assign(Tensor.scalar(4));
      assertThatThrownBy(() -> tape.gradients(loss))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'mean' was changed");
    }
  }

  @Test
  void aParameterMayChangeAfterTheBackwardPass() {
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    for (double expected : new double[] {4, 2, 1}) {
      try (Tape tape = Tape.record()) {
        Gradients gradients = tape.gradients(w.square());
        assertThat(gradients.of(w).item()).isEqualTo(expected);
        double step = 0.25 * gradients.of(w).item();
        w.update(values -> values[0] -= step);
      }
    }
  }

  @Test
  void aParameterChangedBetweenTwoTapesIsNoMistake() {
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    try (Tape first = Tape.record()) {
      assertThat(first.gradients(w.square()).of(w).item()).isEqualTo(4);
    }
    w.assign(Tensor.scalar(10));
    try (Tape second = Tape.record()) {
      assertThat(second.gradients(w.square()).of(w).item()).isEqualTo(20);
    }
  }

  @Test
  void afterAFailureTheTapeStillRecords() {
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    try (Tape tape = Tape.record()) {
      Tensor unrelated = Tensor.scalar(1);
      assertThatThrownBy(() -> tape.gradients(unrelated)).isInstanceOf(IllegalStateException.class);
      assertThat(tape.gradients(w.square()).of(w).item()).isEqualTo(4);
    }
  }

  @Test
  void aTapeSaysHowMuchItHolds() {
    Tape tape = Tape.record();
    Tensor leaf = tape.watch(Tensor.vector(1, 2));
    Gradients gradients = tape.gradients(leaf.square().sum());
    assertThat(tape).hasToString("Tape of 3 operations and leaves");
    assertThat(gradients).hasToString("Gradients for [Tensor(2) [1.0, 2.0]]");
    tape.close();
    assertThat(tape).hasToString("Tape, closed");
    assertThat(gradients.toString()).contains("of a closed tape");
  }

  @Test
  void withoutATapeNothingIsRecorded() {
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    Tensor before = w.square();
    try (Tape tape = Tape.record()) {
      assertThat(before.add(1).item()).isEqualTo(5);
      assertThat(tape.size()).isZero();
      assertThatThrownBy(() -> tape.gradients(before)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aFrozenParameterThatNoRecordedOperationUsedMayChange() {
    Parameter mean = Parameter.frozen("running mean", Tensor.scalar(1));
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    try (Tape tape = Tape.record()) {
      Tensor loss = w.square();
      mean.assign(mean.mul(0.9).add(0.2));
      assertThat(tape.gradients(loss).of(w).item()).isEqualTo(4);
    }
  }

  @Test
  void gradientsAreConstantsEvenIfTheUpstreamIsNot() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor gradient = tape.gradients(x.add(1), x.square()).of(x);
      assertThat(gradient.item()).isEqualTo(9);
      assertThat(tape.gradients(gradient.mul(x)).of(x).item()).isEqualTo(9);
    }
  }

  @Test
  void gradientsDoNotChangeWithAnUpstreamParameter() {
    Parameter upstream = Parameter.of("upstream", Tensor.scalar(1));
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Gradients gradients = tape.gradients(x.add(1), upstream);
      upstream.assign(Tensor.scalar(99));
      assertThat(gradients.of(x).item()).isEqualTo(1);
    }
  }
}
