package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** Gradients are a value: to be added, scaled, clipped, measured and kept. */
class GradientsTest {

  private final Parameter a = Parameter.of("a", Tensor.vector(1, 2));
  private final Parameter b = Parameter.of("b", Tensor.scalar(3));

  /** Gradients that outlive their tape: da = factor · (1, −2), db = factor · 2. */
  private Gradients sample(double factor) {
    try (Tape tape = Tape.record()) {
      Tensor loss = a.mul(Tensor.vector(1, -2)).sum().add(b.mul(2)).mul(factor);
      return tape.gradients(loss).copy();
    }
  }

  @Test
  void arraysAndTensorsAgree() {
    assertThat(sample(1).array(a)).containsExactly(1, -2);
    assertThat(sample(1).of(a).toArray()).containsExactly(1, -2);
    assertThat(sample(1).leaves()).containsExactly(a, b);
  }

  @Test
  void theNormIsOverAllElementsOfAll() {
    assertThat(sample(1).norm()).isEqualTo(3);
    assertThat(Gradients.none().norm()).isZero();
    assertThat(sample(Double.NaN).norm()).isNaN();
  }

  @Test
  void scaleMultipliesAll() {
    Gradients gradients = sample(1);
    gradients.scale(-3);
    assertThat(gradients.array(a)).containsExactly(-3, 6);
    assertThat(gradients.array(b)).containsExactly(-6);
  }

  @Test
  void clipLimitsEachElement() {
    Gradients gradients = sample(1);
    gradients.clip(-1, 1.5);
    assertThat(gradients.array(a)).containsExactly(1, -1);
    assertThat(gradients.array(b)).containsExactly(1.5);
  }

  @Test
  void clipRefusesAnEmptyRange() {
    Gradients gradients = sample(1);
    assertThatThrownBy(() -> gradients.clip(1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(gradients.array(a)).containsExactly(1, -2);
  }

  @Test
  void plusAddsLeafByLeafAndChangesNeither() {
    Gradients first = sample(1);
    Gradients second = sample(10);
    Gradients sum = first.plus(second);
    assertThat(sum.array(a)).containsExactly(11, -22);
    assertThat(sum.array(b)).containsExactly(22);
    assertThat(first.array(a)).containsExactly(1, -2);
    assertThat(second.array(a)).containsExactly(10, -20);
  }

  @Test
  void plusKeepsLeavesThatOnlyOneSideHas() {
    Gradients onlyB;
    try (Tape tape = Tape.record()) {
      onlyB = tape.gradients(b.mul(7)).copy();
    }
    assertThat(onlyB.leaves()).containsExactly(b);
    assertThat(onlyB.plus(sample(1)).array(a)).containsExactly(1, -2);
    assertThat(sample(1).plus(onlyB).array(b)).containsExactly(9);
  }

  @Test
  void noneIsTheNeutralElement() {
    Gradients none = Gradients.none();
    assertThat(none.leaves()).isEmpty();
    assertThat(none.of(a).toArray()).containsExactly(0, 0);
    assertThat(none.plus(sample(1)).array(a)).containsExactly(1, -2);
    assertThat(sample(1).plus(none).array(a)).containsExactly(1, -2);
    assertThat(none.leaves()).isEmpty();
  }

  @Test
  void aCopyIsIndependentOfItsOriginal() {
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(b.mul(2));
      Gradients copy = gradients.copy();
      gradients.scale(5);
      assertThat(copy.array(b)).containsExactly(2);
      assertThat(gradients.array(b)).containsExactly(10);
      copy.scale(7);
      assertThat(gradients.array(b)).containsExactly(10);
    }
  }

  @Test
  void aCopyAndASumOutliveTheTape() {
    Gradients copy;
    Gradients sum;
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(b.mul(2));
      copy = gradients.copy();
      sum = gradients.plus(gradients);
    }
    assertThat(copy.of(b).item()).isEqualTo(2);
    assertThat(sum.of(b).item()).isEqualTo(4);
  }

  @Test
  void aCopyKeepsTheGradientsOfWatchedTensors() {
    Tensor x;
    Gradients copy;
    try (Tape tape = Tape.record()) {
      x = tape.watch(Tensor.scalar(3));
      copy = tape.gradients(x.square()).copy();
    }
    assertThat(copy.of(x).item()).isEqualTo(6);
    assertThat(copy.contains(x)).isTrue();
  }

  @Test
  void microBatchesAddUpToTheFullBatch() {
    Tensor inputs = Tensor.of(Shape.of(4, 2), 1, -2, 0.5, 3, -1, 0.25, 2, 1);
    Gradients full;
    try (Tape tape = Tape.record()) {
      full = tape.gradients(meanLoss(inputs)).copy();
    }
    Gradients sum = Gradients.none();
    for (int from = 0; from < 4; from += 2) {
      try (Tape tape = Tape.record()) {
        sum = sum.plus(tape.gradients(meanLoss(inputs.slice(0, from, from + 2))));
      }
    }
    sum.scale(0.5);
    assertThat(sum.array(a)).containsExactly(full.array(a), offset(1e-15));
    assertThat(sum.array(b)).containsExactly(full.array(b), offset(1e-15));
    assertThat(sum.norm()).isPositive();
  }

  private Tensor meanLoss(Tensor inputs) {
    return inputs.matmul(a).add(b).tanh().mean();
  }

  @Test
  void recordedGradientsCanBeScaledAndDifferentiated() {
    try (Tape tape = Tape.record()) {
      Gradients first = tape.recordedGradients(b.square()); // 2b
      first.scale(5);
      assertThat(tape.gradients(first.of(b).square()).of(b).item()).isEqualTo(2 * 30 * 10);
    }
  }

  @Test
  void aSumScaledWhileATapeIsOpenOutlivesThatTape() {
    Gradients sum = Gradients.none();
    for (int batch = 0; batch < 2; batch++) {
      try (Tape tape = Tape.record()) {
        sum = sum.plus(tape.gradients(b.mul(2)));
        sum.scale(0.5);
        sum.clip(-10, 10);
      }
    }
    assertThat(sum.of(b).item()).isEqualTo(1.5);
  }
}
