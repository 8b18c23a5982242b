package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

class BatchNormTest {

  /** Mean 3 and 20, biased variance 2 and 0. */
  private static final Tensor X =
      Tensor.matrix(
          new double[] {1, 20},
          new double[] {2, 20},
          new double[] {3, 20},
          new double[] {4, 20},
          new double[] {5, 20});

  @Test
  void inTrainingTheOutputHasMeanZeroAndVarianceOne() {
    BatchNorm norm = BatchNorm.of(3);
    double[] values = new SplittableRandom(1).doubles(64 * 3, -5, 9).toArray();
    Tensor y = norm.forward(Tensor.of(Shape.of(64, 3), values));
    assertThat(y.mean(0).toArray()).containsExactly(new double[3], within(1e-14));
    // σ² / (σ² + ε) with σ² about 16
    assertThat(y.square().mean(0).toArray()).containsExactly(new double[] {1, 1, 1}, within(1e-6));
  }

  @Test
  void outputIsScaledAndShifted() {
    BatchNorm norm = BatchNorm.of(2, BatchNorm.DEFAULTS.withEpsilon(2));
    norm.state().get("weight").assign(Tensor.vector(10, 10));
    norm.state().get("bias").assign(Tensor.vector(1, 2));
    Tensor y = norm.forward(X);
    // (x − 3) / √(2 + 2) · 10 + 1
    assertThat(y.toArray()).containsExactly(-9, 2, -4, 2, 1, 2, 6, 2, 11, 2);
  }

  @Test
  void runningStatisticsFollowTheBatches() {
    BatchNorm norm = BatchNorm.of(2, BatchNorm.DEFAULTS.withMomentum(0.25));
    double mean = 0;
    double variance = 1;
    for (int batch = 0; batch < 5; batch++) {
      norm.forward(X.mul(batch));
      mean = 0.75 * mean + 0.25 * 3 * batch;
      variance = 0.75 * variance + 0.25 * 2.5 * batch * batch; // 2.5 is unbiased, 10 / 4
    }
    assertThat(norm.state().get("runningMean").get(0)).isCloseTo(mean, within(1e-13));
    assertThat(norm.state().get("runningVariance").get(0)).isCloseTo(variance, within(1e-13));
    assertThat(norm.state().get("runningVariance").get(1))
        .isCloseTo(Math.pow(0.75, 5), within(1e-15));
  }

  @Test
  void aMomentumOfZeroKeepsTheStatisticsAndOneForgetsThem() {
    BatchNorm keeping = BatchNorm.of(2, BatchNorm.DEFAULTS.withMomentum(0));
    keeping.forward(X);
    assertThat(keeping.state().get("runningMean").toArray()).containsExactly(0, 0);
    assertThat(keeping.state().get("runningVariance").toArray()).containsExactly(1, 1);
    BatchNorm forgetting = BatchNorm.of(2, BatchNorm.DEFAULTS.withMomentum(1));
    forgetting.forward(X);
    assertThat(forgetting.state().get("runningMean").toArray()).containsExactly(3, 20);
    assertThat(forgetting.state().get("runningVariance").toArray()).containsExactly(2.5, 0);
  }

  /** Two rows of one feature become −1 and 1, up to ε. */
  @Test
  void oneFeatureIsEnough() {
    Tensor y = BatchNorm.of(1).forward(Tensor.matrix(new double[] {3}, new double[] {7}));
    assertThat(y.toArray()).containsExactly(new double[] {-1, 1}, within(1e-5));
  }

  @Test
  void inEvaluationTheRunningStatisticsAreUsed() {
    BatchNorm norm = BatchNorm.of(2, BatchNorm.DEFAULTS.withEpsilon(1));
    norm.state().get("runningMean").assign(Tensor.vector(1, 20));
    norm.state().get("runningVariance").assign(Tensor.vector(3, 8));
    norm.eval();
    Tensor y = norm.forward(Tensor.matrix(new double[] {7, 23}));
    assertThat(y.toArray()).containsExactly(3, 1); // (7 − 1) / √4, (23 − 20) / √9
    assertThat(norm.state().get("runningMean").toArray()).containsExactly(1, 20);
  }

  @Test
  void twoForwardsOnOneTapeAreDifferentiable() {
    BatchNorm norm = BatchNorm.of(2);
    try (Tape tape = Tape.record()) {
      Tensor loss = norm.forward(X).square().sum().add(norm.forward(X.square()).sum());
      Tensor gradient = tape.gradients(loss).of(norm.state().get("bias"));
      // 2 Σ y + Σ 1 over 5 rows, and Σ y = 0
      assertThat(gradient.toArray()).containsExactly(new double[] {5, 5}, within(1e-12));
    }
  }

  /** In a net the input is computed, too. */
  @Test
  void evaluationAndThenTrainingOnOneTapeAreDifferentiable() {
    BatchNorm norm = BatchNorm.of(2);
    norm.forward(X);
    norm.eval();
    double[] evaluated;
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(X);
      evaluated = tape.gradients(norm.forward(x).square().sum()).of(x).toArray();
    }
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(X);
      Tensor loss = norm.forward(x).square().sum();
      norm.train();
      Tensor other = norm.forward(x.mul(7)); // changes the running statistics
      assertThat(tape.gradients(loss.add(other.sum().mul(0))).of(x).toArray())
          .containsExactly(evaluated, within(1e-12));
    }
  }

  @Test
  void settingsMustNotBeNull() {
    assertThatThrownBy(() -> BatchNorm.of(2, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("BatchNorm: settings must not be null");
  }

  @Test
  void trainingNeedsTwoRows() {
    BatchNorm norm = BatchNorm.of(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> norm.forward(Tensor.zeros(Shape.of(1, 2))))
        .withMessage(
            "BatchNorm 2: training needs at least 2 rows for a variance, the input has shape 1×2;"
                + " drop a small last batch (withDropLast), or switch to eval()");
    assertThat(norm.state().get("runningMean").toArray()).containsExactly(0, 0);
    norm.eval();
    assertThat(norm.forward(Tensor.zeros(Shape.of(1, 2))).toArray()).containsExactly(0, 0);
  }

  @Test
  void otherShapesAreRefused() {
    BatchNorm norm = BatchNorm.of(2);
    for (Shape shape : new Shape[] {Shape.of(4, 3), Shape.of(2), Shape.of(4, 3, 2)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> norm.forward(Tensor.zeros(shape)))
          .withMessage("BatchNorm 2: the input must be batch×2, its shape is " + shape);
    }
  }

  @Test
  void fewerThanOneFeatureIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchNorm.of(0))
        .withMessage("BatchNorm: features must be at least 1, got 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void anEpsilonThatIsNotPositiveIsRefused(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchNorm.DEFAULTS.withEpsilon(epsilon))
        .withMessage("BatchNorm: epsilon must be positive and finite, got " + epsilon);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aMomentumOutsideItsRangeIsRefused(double momentum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchNorm.DEFAULTS.withMomentum(momentum))
        .withMessage("BatchNorm: momentum must be in [0, 1], got " + momentum);
  }
}
