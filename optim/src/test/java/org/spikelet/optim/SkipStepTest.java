package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/** Which steps are skipped, by sequences worked out by hand. */
class SkipStepTest {

  private static final SkipStep.Settings FOUR = new SkipStep.Settings(4, 2);

  private final Parameter w = Steps.parameter(0);

  private boolean skips(SkipStep skipping, double norm) {
    Gradients gradients = Steps.gradients(w, -norm);
    Gradients result = skipping.apply(gradients);
    assertThat(result.isEmpty() || result == gradients).as("all or nothing").isTrue();
    return result.isEmpty();
  }

  private boolean skips(SkipStep skipping, double norm, double loss) {
    skipping.loss(loss);
    return skips(skipping, norm);
  }

  /** Of 1 and 3 the mean is 2 and the deviation √2, so 2 + 2√2 = 4.83 is the limit. */
  @Test
  void skipsWhatIsOverTheMeanBySomeDeviations() {
    SkipStep skipping = new SkipStep(FOUR);
    assertThat(skips(skipping, 1)).isFalse();
    assertThat(skips(skipping, 3)).isFalse();
    assertThat(skips(skipping, 4.82)).isFalse();
    SkipStep other = new SkipStep(FOUR);
    skips(other, 1);
    skips(other, 3);
    assertThat(skips(other, 4.84)).isTrue();
  }

  /** The first of five is gone: 2, 2, 2, 3 and not 100, 2, 2, 2, 3. */
  @Test
  void looksAtTheLastStepsOnly() {
    SkipStep skipping = new SkipStep(FOUR);
    for (double norm : new double[] {100, 2, 2, 2, 3}) {
      assertThat(skips(skipping, norm)).isFalse();
    }
    // mean 2.25, deviation ½
    assertThat(skips(skipping, 3.3)).isTrue();
  }

  /** Nothing is compared with less than half of the steps. */
  @Test
  void waitsForHalfOfTheSteps() {
    SkipStep skipping = new SkipStep(new SkipStep.Settings(128, 6));
    for (int t = 0; t < 63; t++) {
      assertThat(skips(skipping, 1 + t % 2)).isFalse();
    }
    assertThat(skips(skipping, 1000)).as("the 64th").isFalse();
    SkipStep one = new SkipStep();
    for (int t = 0; t < 64; t++) {
      assertThat(skips(one, 1 + t % 2)).isFalse();
    }
    assertThat(skips(one, 1000)).as("the 65th").isTrue();
  }

  /** Skipped steps are remembered, so a new level is let through: here after 4 steps. */
  @Test
  void aLastingRiseIsLetThrough() {
    SkipStep skipping = new SkipStep();
    for (int t = 0; t < 128; t++) {
      skips(skipping, 1 + t % 2);
    }
    int skipped = 0;
    while (skips(skipping, 1000)) {
      skipped++;
    }
    assertThat(skipped).isEqualTo(4);
  }

  @Test
  void theLossCountsByItself() {
    SkipStep skipping = new SkipStep(FOUR);
    assertThat(skips(skipping, 1, 10)).isFalse();
    assertThat(skips(skipping, 1, 30)).isFalse();
    assertThat(skips(skipping, 1, 48.4)).isTrue();
    assertThat(skips(skipping, 0.5, -1000)).as("small ones are no reason").isFalse();
  }

  /** A loss that was told is used up; without one the norms decide. */
  @Test
  void aLossBelongsToOneStep() {
    SkipStep skipping = new SkipStep(FOUR);
    skips(skipping, 1, 10);
    skips(skipping, 1, 10);
    skipping.loss(1000);
    skipping.loss(10);
    assertThat(skips(skipping, 1)).as("the last one told").isFalse();
    assertThat(skips(skipping, 1)).isFalse();
    assertThat(skipping.save().get(3).item()).isEqualTo(3);
  }

  @Test
  void watchesALoss() {
    SkipStep skipping = new SkipStep(FOUR);
    BinaryOperator<Tensor> loss = skipping.watching((x, y) -> x.sub(y).square().sum());
    for (double x : new double[] {1, 2}) {
      assertThat(loss.apply(Tensor.vector(x), Tensor.vector(0)).item()).isEqualTo(x * x);
      skips(skipping, 1);
    }
    assertThat(skipping.save().get(2).toArray()).containsExactly(1, 4, 0, 0);
    assertThat(loss.apply(Tensor.vector(10), Tensor.vector(0)).item()).isEqualTo(100);
    assertThat(skips(skipping, 1)).isTrue();
  }

  /** 0.1 · n / n would not be 0.1 again. */
  @Test
  void equalNormsAndLossesPass() {
    SkipStep skipping = new SkipStep();
    for (int t = 0; t < 300; t++) {
      assertThat(skips(skipping, 0.1, 0.7)).as("step %s", t).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsSkippedAndForgotten(double bad) {
    SkipStep skipping = new SkipStep(FOUR);
    for (int t = 0; t < 6; t++) {
      assertThat(skips(skipping, bad)).isTrue();
      assertThat(skips(skipping, 1, bad)).isTrue();
      assertThat(skips(skipping, 1, 2)).isFalse();
    }
    assertThat(skipping.save().get(0).toArray()).containsExactly(1, 1, 1, 1);
    assertThat(skipping.save().get(1).item()).isEqualTo(6);
  }

  @Test
  void aStepThatIsSkippedAlreadyIsNotCounted() {
    SkipStep skipping = new SkipStep(FOUR);
    skipping.loss(1000);
    assertThat(skipping.apply(Gradients.none()).isEmpty()).isTrue();
    assertThat(skipping.save().get(1).item()).isZero();
    skips(skipping, 1);
    assertThat(skipping.save().get(3).item()).as("the loss went with its step").isZero();
  }

  /** The weights and the moments stay; the schedule goes on. */
  @Test
  void theOptimizerStaysAsItWas() {
    SkipStep skipping = new SkipStep(FOUR);
    Adam adam = new Adam(List.of(w));
    for (double norm : new double[] {1, 3}) {
      adam.step(skipping.apply(Steps.gradients(w, norm)));
    }
    double before = w.get(0);
    double[] preconditioner = adam.preconditioner(0);
    adam.step(skipping.apply(Steps.gradients(w, 1e6)));
    assertThat(w.get(0)).isEqualTo(before);
    assertThat(adam.preconditioner(0)).containsExactly(preconditioner);
    assertThat(adam.steps()).isEqualTo(3);
  }

  @Test
  void theStateOfAnotherWindowIsRefused() {
    assertThatThrownBy(() -> new SkipStep().restore(new SkipStep(FOUR).save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SkipStep saves tensors of the sizes [128, 1, 128, 1]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void settingsOutOfRangeAreRefused(double bad) {
    assertThatThrownBy(() -> SkipStep.DEFAULTS.withDeviations(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> SkipStep.DEFAULTS.withWindow(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2, got 1");
  }
}
