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
import org.spikelet.autodiff.Tape;
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
    Steps.step(new Adam(List.of(w), 1, Adam.DEFAULTS.withEpsilon(1e-8)), w, 1e-8);
    assertThat(w.get(0)).isCloseTo(-0.5, offset(1e-12));
  }

  /**
   * One large gradient, then tiny ones: Adam forgets the large one and its steps recover, AMSGrad's
   * stay small for good.
   */
  @Test
  void amsgradDoesNotForgetALargeGradient() {
    Adam.Settings settings = Adam.DEFAULTS.withBetas(0, 0.9);
    assertThat(lastStep(settings)).isCloseTo(0.1, withPercentage(1));
    assertThat(lastStep(settings.withAmsgrad())).isLessThan(0.1 * 0.001);
  }

  private static double lastStep(Adam.Settings settings) {
    Parameter w = Steps.parameter(0);
    Adam adam = new Adam(List.of(w), 0.1, settings);
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
    Adam adam =
        new Adam(List.of(w), 1, Adam.DEFAULTS.withBetas(0, beta2).withEpsilon(0).withAmsgrad());
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
    Steps.step(new Adam(List.of(w), 0.1, Adam.DEFAULTS.withDecoupledWeightDecay(0.5)), w, 0, 0);
    assertThat(w.toArray()).containsExactly(2 * 0.95, 2 * 0.95);

    Parameter quiet = Steps.parameter(2, 2);
    Parameter loud = Steps.parameter(2, 2);
    Steps.step(
        new Adam(List.of(quiet), 0.1, Adam.DEFAULTS.withDecoupledWeightDecay(0.5)), quiet, 1, 1000);
    Steps.step(new Adam(List.of(loud), 0.1), loud, 1, 1000);
    for (int i = 0; i < 2; i++) {
      assertThat(loud.get(i) - quiet.get(i)).isCloseTo(0.1 * 0.5 * 2, offset(1e-12));
    }
  }

  /** In the gradient, decay is divided by √v̂ too: beside a large gradient it vanishes. */
  @Test
  void decayInTheGradientIsNormalisedAway() {
    Parameter w = Steps.parameter(2, 2);
    Steps.step(new Adam(List.of(w), 0.1, Adam.DEFAULTS.withWeightDecay(0.5)), w, 0, 1000);
    assertThat(w.get(0)).isCloseTo(2 - 0.1, offset(1e-8));
    assertThat(w.get(1)).isCloseTo(2 - 0.1, offset(1e-8));
  }

  @Test
  void theKindOfDecaySetLastCounts() {
    Parameter decoupled = Steps.parameter(2);
    Adam adamW =
        new Adam(
            List.of(decoupled),
            0.1,
            Adam.DEFAULTS.withWeightDecay(0.3).withDecoupledWeightDecay(0.5));
    Steps.step(adamW, decoupled, 0);
    assertThat(decoupled.get(0)).isEqualTo(2 * 0.95);

    Parameter inGradient = Steps.parameter(2);
    Adam adam =
        new Adam(
            List.of(inGradient),
            0.1,
            Adam.DEFAULTS.withDecoupledWeightDecay(0.5).withWeightDecay(0.3));
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
    Adam adam =
        new Adam(
            List.of(w), 1, Adam.DEFAULTS.withBetas(0, 0.5).withEpsilon(0).withClippedUpdates());
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
    Adam adam =
        new Adam(
            List.of(w),
            0.5,
            Adam.DEFAULTS
                .withBetas(0, 0.5)
                .withEpsilon(0)
                .withClippedUpdates(0.5)
                .withDecoupledWeightDecay(0.1));
    Steps.step(adam, w, 2);
    // RMS = 1, so the rate is halved: 1 · (1 − 0.25 · 0.1) − 0.25.
    assertThat(w.get(0)).isCloseTo(0.725, offset(1e-12));
  }

  /** As the spike doctor does, to replay steps with other settings. */
  @Test
  void anotherAdamWithTheSameSettingsTakesTheSameSteps() {
    Parameter w = Steps.parameter(1);
    Adam.Settings settings =
        Adam.DEFAULTS
            .withBetas(0.5, 0.7)
            .withEpsilon(0.01)
            .withDecoupledWeightDecay(0.2)
            .withAmsgrad()
            .withClippedUpdates(0.9);
    Adam adam = new Adam(List.of(w), 0.1, settings);
    assertThat(adam.settings()).isEqualTo(settings);
    Steps.step(adam, w, 3);
    OptimizerState state = adam.save();
    double start = w.get(0);
    Steps.step(adam, w, -2);
    double expected = w.get(0);
    Adam same = new Adam(adam.parameters(), adam.schedule(), adam.settings());
    assertThat(same.steps()).isZero();
    same.restore(state);
    w.assign(Tensor.vector(start));
    Steps.step(same, w, -2);
    assertThat(w.get(0)).isEqualTo(expected);
  }

  /** The largest v so far is then the v of the next step. */
  @Test
  void amsgradMayBeSwitchedOnWithAnAdamsState() {
    Parameter w = Steps.parameter(1);
    Adam adam = new Adam(List.of(w), 0.1);
    Steps.step(adam, w, 3);
    Adam amsgrad = new Adam(List.of(w), 0.1, adam.settings().withAmsgrad());
    amsgrad.restore(adam.save());
    Tensor before = w.copy();
    Steps.step(adam, w, 2);
    double expected = w.get(0);
    w.assign(before);
    Steps.step(amsgrad, w, 2);
    assertThat(w.get(0)).isEqualTo(expected);
  }

  @Test
  void theBiasCorrectionIsThatOfEachParameter() {
    Parameter often = Steps.parameter(0);
    Parameter seldom = Steps.parameter(0);
    Parameter alone = Steps.parameter(0);
    Adam both = new Adam(List.of(often, seldom), 0.1);
    Adam one = new Adam(List.of(alone), 0.1);
    for (int t = 1; t <= 12; t++) {
      try (Tape tape = Tape.record()) {
        Tensor loss = often.mul(t).sum();
        both.step(tape.gradients(t % 3 == 0 ? loss.add(seldom.mul(t).sum()) : loss));
      }
      if (t % 3 == 0) {
        Steps.step(one, alone, t);
      }
      assertThat(seldom.get(0)).isEqualTo(alone.get(0));
    }
  }
}
