package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

class LossesTest {

  private static final Tensor PREDICTIONS = Tensor.vector(1, 2, 6);
  private static final Tensor TARGETS = Tensor.vector(0, 2.5, 2);

  private static final Tensor LOGITS =
      Tensor.matrix(new double[] {0, 0}, new double[] {Math.log(3), 0}, new double[] {0, 0});

  @Test
  void elementwiseLossesByHand() {
    assertThat(Losses.meanSquaredError(PREDICTIONS, TARGETS, Reduction.NONE).toArray())
        .containsExactly(1, 0.25, 16);
    assertThat(Losses.meanSquaredError(PREDICTIONS, TARGETS, Reduction.SUM).item())
        .isEqualTo(17.25);
    assertThat(Losses.meanSquaredError(PREDICTIONS, TARGETS).item()).isEqualTo(5.75);
    assertThat(Losses.meanAbsoluteError(PREDICTIONS, TARGETS, Reduction.NONE).toArray())
        .containsExactly(1, 0.5, 4);
    assertThat(Losses.meanAbsoluteError(PREDICTIONS, TARGETS).item())
        .isCloseTo(5.5 / 3, within(1e-15));
    assertThat(Losses.huber(PREDICTIONS, TARGETS, 2, Reduction.NONE).toArray())
        .containsExactly(0.5, 0.125, 6);
    assertThat(Losses.huber(PREDICTIONS, TARGETS, 2).item()).isCloseTo(6.625 / 3, within(1e-15));
    assertThat(Losses.huber(PREDICTIONS, TARGETS).item()).isCloseTo(4.125 / 3, within(1e-15));
  }

  @Test
  void crossEntropyGivesOneValuePerRow() {
    Tensor losses = Losses.crossEntropy(LOGITS, Tensor.vector(0, 0, 1), Reduction.NONE);
    assertThat(losses.shape()).isEqualTo(Shape.of(3));
    assertClose(losses, Math.log(2), Math.log(4.0 / 3), Math.log(2));
  }

  @Test
  void crossEntropyTakesProbabilities() {
    Tensor half = Tensor.full(Shape.of(3, 2), 0.5);
    double middle = (Math.log(4.0 / 3) + Math.log(4)) / 2;
    assertClose(
        Losses.crossEntropy(LOGITS, half, Reduction.NONE), Math.log(2), middle, Math.log(2));
    assertThat(Losses.crossEntropy(LOGITS, half).item())
        .isCloseTo((2 * Math.log(2) + middle) / 3, within(1e-15));
  }

  @Test
  void certainProbabilitiesAreClasses() {
    Tensor classes = Tensor.vector(0, 1, 1);
    Tensor oneHot = Tensor.matrix(new double[] {1, 0}, new double[] {0, 1}, new double[] {0, 1});
    assertThat(Losses.crossEntropy(LOGITS, oneHot, 0.2).item())
        .isCloseTo(Losses.crossEntropy(LOGITS, classes, 0.2).item(), within(1e-15));
  }

  @Test
  void crossEntropyTakesMoreAxesAsRows() {
    Tensor logits = Tensor.of(Shape.of(1, 3, 2), LOGITS.toArray());
    Tensor losses = Losses.crossEntropy(logits, Tensor.of(Shape.of(1, 3), 0, 0, 1), Reduction.NONE);
    assertThat(losses.shape()).isEqualTo(Shape.of(1, 3));
    assertClose(losses.reshape(3), Math.log(2), Math.log(4.0 / 3), Math.log(2));
  }

  @Test
  void aForbiddenClassDoesNotSpoilTheOthers() {
    Tensor logits = Tensor.matrix(new double[] {0, Double.NEGATIVE_INFINITY, 0});
    assertThat(Losses.crossEntropy(logits, Tensor.vector(2)).item())
        .isCloseTo(Math.log(2), within(1e-15));
  }

  @Test
  void binaryCrossEntropyStaysFiniteForLargeLogits() {
    Tensor logits = Tensor.vector(1000, -1000, 1000);
    Tensor targets = Tensor.vector(1, 0, 0);
    assertThat(Losses.binaryCrossEntropy(logits, targets, Reduction.NONE).toArray())
        .containsExactly(0, 0, 1000);
  }

  @Test
  void negativeLogLikelihoodIsInfiniteAtZeroProbability() {
    Tensor probabilities = Tensor.matrix(new double[] {0, 1}, new double[] {0.5, 0.5});
    Tensor classes = Tensor.vector(0, 1);
    assertThat(Losses.negativeLogLikelihood(probabilities, classes, Reduction.NONE).toArray())
        .containsExactly(Double.POSITIVE_INFINITY, Math.log(2));
    assertThat(Losses.negativeLogLikelihood(probabilities, classes).item())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void clippingHidesTheInfinityAndTheGradient() {
    try (Tape tape = Tape.record()) {
      Tensor probabilities =
          tape.watch(Tensor.matrix(new double[] {0, 1}, new double[] {0.5, 0.5}));
      Tensor loss =
          Losses.clippedNegativeLogLikelihood(
              probabilities, Tensor.vector(0, 1), 1e-7, Reduction.SUM);
      assertThat(loss.item()).isCloseTo(-Math.log(1e-7) + Math.log(2), within(1e-14));
      assertThat(tape.gradients(loss).of(probabilities).toArray()).containsExactly(0, 0, 0, -2);
      assertThat(
              Losses.clippedNegativeLogLikelihood(probabilities, Tensor.vector(0, 1), 1e-7).item())
          .isEqualTo(loss.item() / 2);
    }
  }

  /** Certainty is clipped too: it costs −ln(1 − ε), and there is nothing left to learn. */
  @Test
  void clippingHoldsProbabilitiesBelowOne() {
    try (Tape tape = Tape.record()) {
      Tensor probabilities = tape.watch(Tensor.matrix(new double[] {1, 0}));
      Tensor loss =
          Losses.clippedNegativeLogLikelihood(probabilities, Tensor.vector(0), 0.25, Reduction.SUM);
      assertThat(loss.item()).isCloseTo(-Math.log(0.75), within(1e-15));
      assertThat(tape.gradients(loss).of(probabilities).toArray()).containsExactly(0, 0);
    }
  }

  @Test
  void differentShapesAreRefused() {
    Tensor column = Tensor.zeros(Shape.of(4, 1));
    Tensor vector = Tensor.zeros(Shape.of(4));
    String cure = "have shape 4×1, the targets 4; reshape the targets to 4×1";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.meanSquaredError(column, vector))
        .withMessage("meanSquaredError: the predictions " + cure);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.meanAbsoluteError(column, vector))
        .withMessage("meanAbsoluteError: the predictions " + cure);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.huber(column, vector))
        .withMessage("huber: the predictions " + cure);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.binaryCrossEntropy(column, vector))
        .withMessage("binaryCrossEntropy: the logits " + cure);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.meanSquaredError(column, Tensor.scalar(1)))
        .withMessage(
            "meanSquaredError: the predictions have shape 4×1, the targets scalar; they must be the"
                + " same, nothing is broadcast");
  }

  @Test
  void targetsThatAreNeitherClassesNorProbabilitiesAreRefused() {
    Tensor column = Tensor.zeros(Shape.of(3, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy(LOGITS, column))
        .withMessage(
            "crossEntropy: the logits have shape 3×2, the targets 3×1; targets must be classes of"
                + " shape 3, or probabilities of shape 3×2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.negativeLogLikelihood(LOGITS, column))
        .withMessage(
            "negativeLogLikelihood: the probabilities have shape 3×2, the targets 3×1; targets must"
                + " be classes of shape 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.clippedNegativeLogLikelihood(LOGITS, column, 1e-7))
        .withMessageStartingWith("clippedNegativeLogLikelihood: the probabilities have shape 3×2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy(Tensor.scalar(1), Tensor.scalar(0)))
        .withMessage("crossEntropy: the logits are a scalar; the last axis must be the classes");
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, -1, 0.5, Double.NaN, Double.POSITIVE_INFINITY})
  void aValueThatIsNoClassIsRefused(double label) {
    Tensor targets = Tensor.vector(0, 1, label);
    String problem =
        ": the target of row 2 is " + label + "; with 2 classes it must be an integer from 0 to 1";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy(LOGITS, targets))
        .withMessage("crossEntropy" + problem);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.negativeLogLikelihood(LOGITS, targets))
        .withMessage("negativeLogLikelihood" + problem);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.clippedNegativeLogLikelihood(LOGITS, targets, 1e-7))
        .withMessage("clippedNegativeLogLikelihood" + problem);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aTargetThatIsNoProbabilityIsRefused(double target) {
    Tensor targets = Tensor.matrix(new double[] {0, 1}, new double[] {1, target});
    Tensor logits = Tensor.zeros(Shape.of(2, 2));
    String problem =
        ": target 3 (in row-major order) is "
            + target
            + ", which is no probability; it must be in [0, 1]";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy(logits, targets))
        .withMessage("crossEntropy" + problem);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.binaryCrossEntropy(logits, targets))
        .withMessage("binaryCrossEntropy" + problem);
  }

  @Test
  void anEmptyBatchIsRefused() {
    Tensor empty = Tensor.zeros(Shape.of(0, 3));
    Tensor noTargets = Tensor.zeros(Shape.of(0));
    String cure = " have shape 0×3; skip it, a loss needs at least one element";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.meanSquaredError(empty, empty))
        .withMessage("meanSquaredError: the batch is empty, the predictions" + cure);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy(empty, noTargets))
        .withMessage("crossEntropy: the batch is empty, the logits" + cure);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.negativeLogLikelihood(empty, noTargets))
        .withMessage("negativeLogLikelihood: the batch is empty, the probabilities" + cure);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void smoothingOutsideItsRangeIsRefused(double smoothing) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.crossEntropy(LOGITS, Tensor.vector(0, 0, 0), smoothing))
        .withMessage("crossEntropy: label smoothing must be in [0, 1), got " + smoothing);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aDeltaThatIsNotPositiveIsRefused(double delta) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.huber(PREDICTIONS, TARGETS, delta))
        .withMessage("huber: delta must be positive and finite, got " + delta);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, -1, Double.NaN})
  void anEpsilonOutsideItsRangeIsRefused(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Losses.clippedNegativeLogLikelihood(LOGITS, Tensor.vector(0, 0, 0), epsilon))
        .withMessage(
            "clippedNegativeLogLikelihood: epsilon must be between 0 and 0.5, got " + epsilon);
  }

  private static void assertClose(Tensor actual, double... expected) {
    assertThat(actual.toArray()).containsExactly(expected, within(1e-15));
  }
}
