package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/** What makes Adam, AMSGrad and AdamW what they are. */
class AdamTest {

  /** The first step is η · g / (|g| + ε): the size of the gradient does not matter. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 1e6, -1e-3, -1, -1e6})
  void theFirstStepHasTheSizeOfTheLearningRate(double gradient) {
    Parameter w = Steps.parameter(0);
    Steps.step(new Adam(List.of(w), 0.25), w, gradient);
    assertThat(w.get(0)).isCloseTo(-0.25 * Math.signum(gradient), withPercentage(0.002));
  }

  @Test
  void epsilonLimitsTheStepOfATinyGradient() {
    Parameter w = Steps.parameter(0);
    Steps.step(new Adam(List.of(w), 1).epsilon(1e-8), w, 1e-8);
    assertThat(w.get(0)).isCloseTo(-0.5, offset(1e-12));
  }

  /**
   * One large gradient, then tiny ones: Adam forgets the large one and its steps recover, AMSGrad's
   * stay small for good.
   */
  @Test
  void amsgradDoesNotForgetALargeGradient() {
    assertThat(lastStep(false)).isCloseTo(0.1, withPercentage(1));
    assertThat(lastStep(true)).isLessThan(0.1 * 0.001);
  }

  private static double lastStep(boolean amsgrad) {
    Parameter w = Steps.parameter(0);
    Adam adam = new Adam(List.of(w), 0.1).betas(0, 0.9);
    if (amsgrad) {
      adam.amsgrad();
    }
    Steps.step(adam, w, 1000);
    for (int t = 0; t < 500; t++) {
      Steps.step(adam, w, 0.1);
    }
    double before = w.get(0);
    Steps.step(adam, w, 0.1);
    return before - w.get(0);
  }

  /** Without momentum a step is η·g·√(1 − β₂ᵗ)/√(largest v): solve for the largest v. */
  @Test
  void theLargestSecondMomentNeverFalls() {
    double beta2 = 0.9;
    Parameter w = Steps.parameter(0);
    Adam adam = new Adam(List.of(w), 1).betas(0, beta2).epsilon(0).amsgrad();
    SplittableRandom random = new SplittableRandom(1);
    double largest = 0;
    for (int t = 1; t <= 200; t++) {
      double gradient = Math.exp(random.nextDouble(-5, 5));
      double before = w.get(0);
      Steps.step(adam, w, gradient);
      double root = gradient * Math.sqrt(1 - Math.pow(beta2, t)) / (before - w.get(0));
      assertThat(root * root).isGreaterThanOrEqualTo(largest * (1 - 1e-6));
      largest = root * root;
    }
  }

  /** Decoupled, every weight shrinks by the same share, however large its gradients are. */
  @Test
  void decoupledDecayShrinksAllWeightsAlike() {
    Parameter w = Steps.parameter(2, 2);
    Steps.step(new Adam(List.of(w), 0.1).decoupledWeightDecay(0.5), w, 0, 0);
    assertThat(w.toArray()).containsExactly(2 * 0.95, 2 * 0.95);

    Parameter quiet = Steps.parameter(2, 2);
    Parameter loud = Steps.parameter(2, 2);
    Steps.step(new Adam(List.of(quiet), 0.1).decoupledWeightDecay(0.5), quiet, 1, 1000);
    Steps.step(new Adam(List.of(loud), 0.1), loud, 1, 1000);
    for (int i = 0; i < 2; i++) {
      assertThat(loud.get(i) - quiet.get(i)).isCloseTo(0.1 * 0.5 * 2, offset(1e-12));
    }
  }

  /** In the gradient, decay is divided by √v̂ too: beside a large gradient it vanishes. */
  @Test
  void decayInTheGradientIsNormalisedAway() {
    Parameter w = Steps.parameter(2, 2);
    Steps.step(new Adam(List.of(w), 0.1).weightDecay(0.5), w, 0, 1000);
    assertThat(w.get(0)).isCloseTo(2 - 0.1, offset(1e-8));
    assertThat(w.get(1)).isCloseTo(2 - 0.1, offset(1e-8));
  }

  @Test
  void theKindOfDecaySetLastCounts() {
    Parameter decoupled = Steps.parameter(2);
    Adam adamW = new Adam(List.of(decoupled), 0.1).weightDecay(0.3).decoupledWeightDecay(0.5);
    Steps.step(adamW, decoupled, 0);
    assertThat(decoupled.get(0)).isEqualTo(2 * 0.95);

    Parameter inGradient = Steps.parameter(2);
    Adam adam = new Adam(List.of(inGradient), 0.1).decoupledWeightDecay(0.5).weightDecay(0.3);
    Steps.step(adam, inGradient, 0);
    assertThat(inGradient.get(0)).isCloseTo(2 - 0.1, offset(1e-8));
  }

  /** A weight without any gradient stays: 0 / (0 + ε). */
  @Test
  void aGradientOfZeroFromTheStartMovesNothing() {
    Parameter w = Steps.parameter(2);
    Adam adam = new Adam(List.of(w), 0.1);
    for (int t = 0; t < 5; t++) {
      Steps.step(adam, w, 0);
    }
    assertThat(w.get(0)).isEqualTo(2);
  }

  /** RMS is the mean over the elements of one parameter: √((1 + 1 + 1 + g²/v̂) / 4). */
  @Test
  void updatesAreClippedForAllElementsTogether() {
    Parameter w = Steps.parameter(0, 0);
    Adam adam = new Adam(List.of(w), 1).betas(0, 0.5).epsilon(0).clipUpdates();
    Steps.step(adam, w, 1, 1);
    w.assign(w.detach().mul(0));
    Steps.step(adam, w, 1, 3);
    // v = (0.5 · 0.5 + 0.5 · g²), v̂ = v / 0.75: 1 and 19/3; RMS² = (1 + 9 / (19/3)) / 2.
    double rms = Math.sqrt((1 + 27.0 / 19) / 2);
    assertThat(w.get(0)).isCloseTo(-1 / rms, offset(1e-12));
    assertThat(w.get(1)).isCloseTo(-3 / Math.sqrt(19.0 / 3) / rms, offset(1e-12));
  }

  /** Wortsman et al. 2023, Algorithm 2: the decay is scaled by the lowered rate too. */
  @Test
  void clippedUpdatesDecayLess() {
    Parameter w = Steps.parameter(1);
    Adam adam = new Adam(List.of(w), 0.5).betas(0, 0.5).epsilon(0).clipUpdates(0.5);
    adam.decoupledWeightDecay(0.1);
    Steps.step(adam, w, 2);
    // RMS = 1, so the rate is halved: 1 · (1 − 0.25 · 0.1) − 0.25.
    assertThat(w.get(0)).isCloseTo(0.725, offset(1e-12));
  }

  @Test
  void aCopyHasTheSameSettingsAndNoStep() {
    Parameter w = Steps.parameter(1);
    Adam adam =
        new Adam(List.of(w), 0.1)
            .betas(0.5, 0.7)
            .epsilon(0.01)
            .decoupledWeightDecay(0.2)
            .amsgrad()
            .clipUpdates(0.9);
    Steps.step(adam, w, 3);
    OptimizerState state = adam.save();
    double start = w.get(0);
    Steps.step(adam, w, -2);
    double expected = w.get(0);
    Adam copy = adam.copy();
    assertThat(copy.steps()).isZero();
    assertThat(copy.epsilon()).isEqualTo(0.01);
    copy.restore(state);
    w.assign(Tensor.vector(start));
    Steps.step(copy, w, -2);
    assertThat(w.get(0)).isEqualTo(expected);
  }
}
