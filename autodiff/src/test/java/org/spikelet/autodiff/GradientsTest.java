package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void eachLeafHasItsOwn() {
    assertThat(sample(1).of(a).toArray()).containsExactly(1, -2);
    assertThat(sample(1).of(b).item()).isEqualTo(2);
    assertThat(sample(1).contains(a)).isTrue();
    assertThat(sample(1).contains(b)).isTrue();
  }

  @Test
  void theySayWhatTheyAreFor() {
    assertThat(sample(1))
        .hasToString("Gradients for [a: Tensor(2) [1.0, 2.0], b: Tensor(scalar) 3.0]");
    assertThat(Gradients.none()).hasToString("Gradients for []");
  }

  @Test
  void theSumOfSquaresIsOverOneLeaf() {
    assertThat(sample(1).sumOfSquares(a)).isEqualTo(5);
    assertThat(sample(1).sumOfSquares(b)).isEqualTo(4);
    assertThat(Gradients.none().sumOfSquares(a)).isZero();
  }

  /** Four partial sums, element i in the sum i mod 4, whatever the length. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 11, 100})
  void squaresAreAddedInTheSameOrderAlways(int n) {
    Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(n)));
    double[] x = new SplittableRandom(n).doubles(n, -1, 1).toArray();
    Gradients gradients;
    try (Tape tape = Tape.record()) {
      gradients = tape.gradients(w.mul(Tensor.vector(x)).sum()).copy();
    }
    double[] sums = new double[4];
    for (int i = 0; i < n; i++) {
      sums[i < n / 4 * 4 ? i % 4 : 0] += x[i] * x[i];
    }
    assertThat(gradients.sumOfSquares(w)).isEqualTo((sums[0] + sums[1]) + (sums[2] + sums[3]));
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
    Gradients scaled = gradients.scale(-3);
    assertThat(scaled.of(a).toArray()).containsExactly(-3, 6);
    assertThat(scaled.of(b).toArray()).containsExactly(-6);
    assertThat(gradients.of(a).toArray()).as("the old ones").containsExactly(1, -2);
  }

  @Test
  void mapHandsEachLeafAndItsGradientToTheFunction() {
    Gradients gradients = sample(1);
    List<Tensor> leaves = new ArrayList<>();
    Gradients changed =
        gradients.map(
            (leaf, g) -> {
              leaves.add(leaf);
              return g.mul(10).add(leaf);
            });
    assertThat(leaves).containsExactly(a, b);
    assertThat(changed.of(a).toArray()).containsExactly(11, -18);
    assertThat(changed.of(b).item()).isEqualTo(23);
    assertThat(gradients.of(a).toArray()).as("the old ones").containsExactly(1, -2);
    assertThat(Gradients.none().map((leaf, g) -> leaf).isEmpty()).isTrue();
    assertThat(changed.isEmpty()).isFalse();
  }

  @Test
  void whatMapReturnsDoesNotFollowAParameter() {
    Gradients weights = sample(1).map((leaf, g) -> leaf);
    a.assign(Tensor.vector(7, 7));
    assertThat(weights.of(a).toArray()).containsExactly(1, 2);
  }

  @Test
  void mapRefusesAnotherShapeAndNull() {
    Gradients gradients = sample(1);
    assertThatThrownBy(() -> gradients.map((leaf, g) -> g.sum()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "map: the function returned the shape scalar for a gradient of shape 2; it must keep the"
                + " shape");
    assertThatThrownBy(() -> gradients.map((leaf, g) -> null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("returned null for a gradient of shape 2");
  }

  @Test
  void clipLimitsEachElement() {
    Gradients gradients = sample(1);
    Gradients clipped = gradients.clip(-1, 1.5);
    assertThat(clipped.of(a).toArray()).containsExactly(1, -1);
    assertThat(clipped.of(b).toArray()).containsExactly(1.5);
    assertThat(gradients.of(a).toArray()).as("the old ones").containsExactly(1, -2);
  }

  @Test
  void clipRefusesAnEmptyRange() {
    Gradients gradients = sample(1);
    assertThatThrownBy(() -> gradients.clip(1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(gradients.of(a).toArray()).containsExactly(1, -2);
  }

  @Test
  void plusAddsLeafByLeafAndChangesNeither() {
    Gradients first = sample(1);
    Gradients second = sample(10);
    Gradients sum = first.plus(second);
    assertThat(sum.of(a).toArray()).containsExactly(11, -22);
    assertThat(sum.of(b).toArray()).containsExactly(22);
    assertThat(first.of(a).toArray()).containsExactly(1, -2);
    assertThat(second.of(a).toArray()).containsExactly(10, -20);
  }

  @Test
  void plusKeepsLeavesThatOnlyOneSideHas() {
    Gradients onlyB;
    try (Tape tape = Tape.record()) {
      onlyB = tape.gradients(b.mul(7)).copy();
    }
    assertThat(onlyB.contains(a)).isFalse();
    assertThat(onlyB.plus(sample(1)).of(a).toArray()).containsExactly(1, -2);
    assertThat(sample(1).plus(onlyB).of(b).toArray()).containsExactly(9);
  }

  @Test
  void noneIsTheNeutralElement() {
    Gradients none = Gradients.none();
    assertThat(none.contains(a)).isFalse();
    assertThat(none.of(a).toArray()).containsExactly(0, 0);
    assertThat(none.plus(sample(1)).of(a).toArray()).containsExactly(1, -2);
    assertThat(sample(1).plus(none).of(a).toArray()).containsExactly(1, -2);
    assertThat(none.contains(a)).isFalse();
  }

  /** The results of scaling and clipping end with the tape, as their originals do. */
  @Test
  void scaledAndClippedGradientsEndWithTheirTape() {
    List<Gradients> late = new ArrayList<>();
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(b.mul(2));
      Gradients copy = gradients.copy();
      late.add(gradients.scale(5));
      late.add(gradients.clip(-1, 1));
      assertThat(late.get(0).of(b).item()).isEqualTo(10);
      assertThat(late.get(1).of(b).item()).isEqualTo(1);
      assertThat(copy.scale(7).of(b).item()).isEqualTo(14);
      assertThat(copy.of(b).item()).isEqualTo(2);
      assertThat(gradients.of(b).item()).isEqualTo(2);
    }
    for (Gradients gradients : late) {
      assertThatThrownBy(() -> gradients.of(b))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("tape has closed");
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
    sum = sum.scale(0.5);
    assertThat(sum.of(a).toArray()).containsExactly(full.of(a).toArray(), offset(1e-15));
    assertThat(sum.of(b).toArray()).containsExactly(full.of(b).toArray(), offset(1e-15));
    assertThat(sum.norm()).isPositive();
  }

  private Tensor meanLoss(Tensor inputs) {
    return inputs.matmul(a).add(b).tanh().mean();
  }

  @Test
  void recordedGradientsCanBeScaledAndDifferentiated() {
    try (Tape tape = Tape.record()) {
      Gradients first = tape.recordedGradients(b.square()).scale(5); // 10b
      assertThat(tape.gradients(first.of(b).square()).of(b).item()).isEqualTo(2 * 30 * 10);
    }
  }

  @Test
  void aSumScaledWhileATapeIsOpenOutlivesThatTape() {
    Gradients sum = Gradients.none();
    for (int batch = 0; batch < 2; batch++) {
      try (Tape tape = Tape.record()) {
        sum = sum.plus(tape.gradients(b.mul(2))).scale(0.5).clip(-10, 10);
      }
    }
    assertThat(sum.of(b).item()).isEqualTo(1.5);
  }
}
