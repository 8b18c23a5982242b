package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

/** The settings of cross-entropy; the numbers with many digits are PyTorch 2.13's. */
class CrossEntropyTest {

  private static final Tensor LOGITS =
      Tensor.matrix(
          new double[] {0.3, -1.2, 2.5},
          new double[] {1.7, 0.4, -0.6},
          new double[] {-2.1, 0.9, 0.2},
          new double[] {0.8, -0.7, 1.1});
  private static final Tensor PADDED = Tensor.vector(2, -100, 1, 0);
  private static final CrossEntropy IGNORING = CrossEntropy.DEFAULTS.withIgnoreIndex(-100);
  private static final CrossEntropy ALL =
      IGNORING.withLabelSmoothing(0.2).withClassWeights(0.5, 2, 1.25);

  private static void assertLoss(CrossEntropy loss, Tensor targets, double expected) {
    assertThat(loss.apply(LOGITS, targets).item()).isCloseTo(expected, within(1e-15));
  }

  @Test
  void rowsOfTheIgnoredClassCostNothingAndDoNotCount() {
    assertLoss(IGNORING, PADDED, 0.5026922037419274);
    assertLoss(IGNORING.withLabelSmoothing(0.2), PADDED, 0.7426922037419275);
    Tensor rows = IGNORING.withReduction(Reduction.NONE).apply(LOGITS, PADDED);
    assertThat(rows.toArray()[1]).isZero();
    assertThat(rows.sum().div(3).item()).isCloseTo(0.5026922037419274, within(1e-15));
  }

  @Test
  void anIgnoredClassMayBeOneOfTheClasses() {
    Tensor others = LOGITS.gatherRows(1, 3);

    Tensor loss = CrossEntropy.DEFAULTS.withIgnoreIndex(2).apply(LOGITS, Tensor.vector(2, 0, 2, 1));

    assertThat(loss.item())
        .isCloseTo(Losses.crossEntropy(others, Tensor.vector(0, 1)).item(), within(1e-15));
  }

  @Test
  void theMeanWithClassWeightsIsOverTheWeights() {
    CrossEntropy weighted = CrossEntropy.DEFAULTS.withClassWeights(0.5, 2, 1.25);
    assertLoss(weighted, Tensor.vector(2, 0, 1, 0), 0.39097676036971063);
    assertLoss(ALL, PADDED, 0.6612271697039607);
    Tensor probabilities =
        Tensor.matrix(
            new double[] {0.2, 0.5, 0.3},
            new double[] {0.6, 0.3, 0.1},
            new double[] {0.15, 0.25, 0.6},
            new double[] {0.7, 0.1, 0.2});
    assertLoss(weighted.withLabelSmoothing(0.2), probabilities, 1.9919820276811484);
  }

  @Test
  void theGradientIsPyTorchs() {
    Parameter logits = Parameter.of("logits", LOGITS);
    try (Tape tape = Tape.record()) {
      double[] gradient = tape.gradients(ALL.apply(logits, PADDED)).of(logits).toArray();
      assertThat(gradient)
          .containsExactly(
              new double[] {
                0.023637327019652665,
                -0.028297975790860273,
                0.00466064877120759,
                0,
                0,
                0,
                0.006994491360925271,
                -0.14319600174955016,
                0.13620151038862485,
                -0.048189027557330066,
                -0.02052405137466782,
                0.06871307893199788
              },
              within(1e-16));
    }
  }

  @Test
  void theDerivativesAgreeWithDifferences() {
    for (Reduction reduction : Reduction.values()) {
      CrossEntropy loss = ALL.withReduction(reduction);
      new GradientCheck()
          .withOrder(2)
          .check("" + loss, in -> loss.apply(in.get(0), PADDED), LOGITS);
    }
  }

  @Test
  void aClassRuledOutCostsNothingWhereItsWeightIsZero() {
    Tensor logits = Tensor.matrix(new double[] {0, Double.NEGATIVE_INFINITY, 1});
    CrossEntropy loss = CrossEntropy.DEFAULTS.withClassWeights(1, 0, 1).withLabelSmoothing(0.3);

    assertThat(loss.apply(logits, Tensor.vector(0)).item()).isFinite();
  }

  @Test
  void withoutSettingsItIsTheLoss() {
    Tensor classes = Tensor.vector(2, 0, 1, 1);
    assertThat(CrossEntropy.DEFAULTS.apply(LOGITS, classes).item())
        .isEqualTo(Losses.crossEntropy(LOGITS, classes).item());
    assertThat(CrossEntropy.DEFAULTS.withIgnoreIndex(-1).apply(LOGITS, classes).item())
        .isCloseTo(Losses.crossEntropy(LOGITS, classes).item(), within(1e-15));
  }

  @Test
  void aMeanOfNothingIsAnError() {
    assertThatThrownBy(() -> IGNORING.apply(LOGITS, Tensor.vector(-100, -100, -100, -100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "crossEntropy: every row is ignored, or of a class with the weight 0, so there is no"
                + " mean; skip the batch, or use Reduction.SUM");
    assertThat(
            IGNORING
                .withReduction(Reduction.SUM)
                .apply(LOGITS, Tensor.vector(-100, -100, -100, -100))
                .item())
        .isZero();
  }

  @Test
  void wrongSettingsAndTargetsAreErrors() {
    assertMessage(() -> CrossEntropy.DEFAULTS.withLabelSmoothing(1), "must be in [0, 1), got 1.0");
    assertMessage(
        () -> CrossEntropy.DEFAULTS.withClassWeights(1, -1),
        "class weights must be finite and not negative, got [1.0, -1.0]");
    assertMessage(
        () ->
            CrossEntropy.DEFAULTS.withClassWeights(1, 2).apply(LOGITS, PADDED.mask(PADDED.relu())),
        "there are 2 class weights for 3 classes; give one for each");
    assertMessage(
        () -> IGNORING.apply(LOGITS, LOGITS.softmax(-1)),
        "probabilities for targets have no class to ignore");
    assertMessage(
        () -> IGNORING.apply(LOGITS, Tensor.vector(2, -1, 1, 0)), "the target of row 1 is -1.0");
  }

  private static void assertMessage(Runnable wrong, String message) {
    assertThatThrownBy(wrong::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("crossEntropy: ")
        .hasMessageContaining(message);
  }
}
