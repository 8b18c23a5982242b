package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** The softmax family is exact for inputs whose exponentials overflow or vanish. */
class SoftmaxTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void aCommonShiftChangesNothing() {
    double[] plain = Tensor.vector(0, 1, 2).softmax(0).toArray();
    assertThat(Tensor.vector(1000, 1001, 1002).softmax(0).toArray()).isEqualTo(plain);
    assertThat(Tensor.vector(-1002, -1001, -1000).softmax(0).toArray()).isEqualTo(plain);
    double log = Tensor.vector(0, 1, 2).logSumExp(0).item();
    assertThat(Tensor.vector(1000, 1001, 1002).logSumExp(0).item()).isEqualTo(1000 + log);
  }

  @Test
  void hugeInputsLeaveTheLargestAlone() {
    for (double huge : new double[] {1e3, 1e300}) {
      Tensor x = Tensor.vector(huge, -huge, 0);
      assertThat(x.softmax(0).toArray()).containsExactly(1, 0, 0);
      assertThat(x.logSumExp(0).item()).isEqualTo(huge);
      assertThat(x.logSoftmax(0).toArray()).containsExactly(0, -2 * huge, -huge);
    }
  }

  /** Each column is shifted by its own maximum, wherever in the column it is. */
  @Test
  void hugeInputsAreFoundAlongTheFirstAxisToo() {
    Tensor x =
        Tensor.matrix(new double[] {0, -1e3}, new double[] {1e3, 0}, new double[] {-1e3, -1e3});
    assertThat(x.softmax(0).toArray()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(x.logSumExp(0).toArray()).containsExactly(1e3, 0);
  }

  @Test
  void equalHugeInputsShareEqually() {
    for (double huge : new double[] {-1e300, -1e3, 1e3, 1e300}) {
      Tensor x = Tensor.vector(huge, huge);
      assertThat(x.softmax(0).toArray()).containsExactly(0.5, 0.5);
      assertThat(x.logSumExp(0).item()).isEqualTo(huge + Math.log(2));
      assertThat(x.logSoftmax(0).toArray()).containsExactly(-Math.log(2), -Math.log(2));
    }
  }

  @Test
  void tinyInputsAreNearlyUniform() {
    Tensor x = Tensor.vector(1e-300, -1e-300, 0, 0);
    assertThat(x.softmax(0).toArray()).containsExactly(0.25, 0.25, 0.25, 0.25);
    assertThat(x.logSumExp(0).item()).isEqualTo(Math.log(4));
  }

  @Test
  void logSoftmaxKeepsWhatSoftmaxRoundsToZero() {
    Tensor x = Tensor.vector(0, -800);
    assertThat(x.softmax(0).toArray()).containsExactly(1, 0);
    assertThat(x.logSoftmax(0).toArray()).containsExactly(0, -800);
  }

  @Test
  void minusInfinityIsAnImpossibleClass() {
    Tensor x = Tensor.vector(-INFINITY, 0, 0);
    assertThat(x.softmax(0).toArray()).containsExactly(0, 0.5, 0.5);
    assertThat(x.logSumExp(0).item()).isEqualTo(Math.log(2));
    assertThat(x.logSoftmax(0).toArray()).containsExactly(-INFINITY, -Math.log(2), -Math.log(2));
  }

  @Test
  void anImpossibleClassGetsNoGradient() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(-INFINITY, 0, 0));
      assertThat(tape.gradients(x.logSumExp(0)).of(x).toArray()).containsExactly(0, 0.5, 0.5);
      Tensor likelihood = x.logSoftmax(0).slice(0, 1, 2);
      assertThat(tape.gradients(likelihood).of(x).toArray())
          .containsExactly(new double[] {0, 0.5, -0.5}, offset(1e-16));
      assertThat(tape.gradients(x.softmax(0).slice(0, 1, 2)).of(x).toArray())
          .containsExactly(-0.0, 0.25, -0.25);
    }
  }

  @Test
  void nothingButImpossibleClassesHaveNoDistribution() {
    Tensor x = Tensor.vector(-INFINITY, -INFINITY);
    assertThat(x.softmax(0).toArray()).containsExactly(Double.NaN, Double.NaN);
    assertThat(x.logSumExp(0).item()).isEqualTo(-INFINITY);
  }

  @Test
  void anInfiniteInputHasAnInfiniteLogSumExp() {
    assertThat(Tensor.vector(INFINITY, 0).logSumExp(0).item()).isEqualTo(INFINITY);
  }

  @Test
  void rowsAreIndependent() {
    Tensor x = Tensor.matrix(new double[] {1e3, 0}, new double[] {0, 0});
    assertThat(x.softmax(1).toArray()).containsExactly(1, 0, 0.5, 0.5);
    assertThat(x.softmax(0).toArray()).containsExactly(1, 0.5, 0, 0.5);
  }
}
