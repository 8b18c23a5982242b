package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;

/** Details of momentum that differ between libraries; here they are PyTorch's. */
class SgdTest {

  @Test
  void theFirstStepIsAPlainStep() {
    Parameter w = Steps.parameter(1);
    Steps.step(new Sgd(List.of(w), 0.5, Sgd.DEFAULTS.withMomentum(0.9)), w, 2);
    assertThat(w.get(0)).isEqualTo(0);
  }

  /** b = 2, then 0.5·2 + 2 = 3; Nesterov's step is g + μ·b = 2 + 0.5·3. */
  @Test
  void nesterovLooksOneStepAhead() {
    Parameter w = Steps.parameter(0);
    Sgd sgd = new Sgd(List.of(w), 1, Sgd.DEFAULTS.withNesterov(0.5));
    Steps.step(sgd, w, 2);
    assertThat(w.get(0)).isEqualTo(-3);
    Steps.step(sgd, w, 2);
    assertThat(w.get(0)).isEqualTo(-3 - 3.5);
  }

  /** A new rate scales the whole step, the remembered part too: it is not part of b. */
  @Test
  void theLearningRateIsNotPartOfTheMomentum() {
    Parameter w = Steps.parameter(0);
    Sgd sgd = new Sgd(List.of(w), 1, Sgd.DEFAULTS.withMomentum(0.5));
    Steps.step(sgd, w, 4);
    sgd.learningRate(0.25);
    Steps.step(sgd, w, 0);
    assertThat(w.get(0)).isEqualTo(-4 - 0.25 * 0.5 * 4);
  }

  /** There is nothing remembered from the steps without momentum. */
  @Test
  void momentumSwitchedOnLaterStartsWithTheNextGradient() {
    Parameter w = Steps.parameter(0);
    Sgd plain = new Sgd(List.of(w), 1);
    Steps.step(plain, w, 4);
    Sgd sgd = new Sgd(List.of(w), 1, plain.settings().withMomentum(0.5));
    sgd.restore(plain.save());
    Steps.step(sgd, w, 2);
    assertThat(w.get(0)).isEqualTo(-4 - 2);
    Steps.step(sgd, w, 2);
    assertThat(w.get(0)).isEqualTo(-4 - 2 - 3);
  }

  @Test
  void theKindOfMomentumSetLastCounts() {
    Sgd.Settings nesterov = Sgd.DEFAULTS.withMomentum(0.3).withNesterov(0.5);
    assertThat(nesterov).isEqualTo(Sgd.DEFAULTS.withNesterov(0.5));
    assertThat(nesterov.withMomentum(0.3)).isEqualTo(Sgd.DEFAULTS.withMomentum(0.3));
  }

  /** In a constant slope the speed approaches η·g / (1 − μ). */
  @Test
  void momentumReachesATerminalSpeed() {
    Parameter w = Steps.parameter(0);
    Sgd sgd = new Sgd(List.of(w), 0.1, Sgd.DEFAULTS.withMomentum(0.9));
    for (int t = 0; t < 500; t++) {
      Steps.step(sgd, w, 1);
    }
    double before = w.get(0);
    Steps.step(sgd, w, 1);
    assertThat(before - w.get(0)).isCloseTo(0.1 / (1 - 0.9), offset(1e-12));
  }
}
