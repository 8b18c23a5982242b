package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Parameter;

/** An optimizer asks its schedule once a step, with the number of steps taken. */
class OptimizerScheduleTest {

  private final Parameter w = Steps.parameter(0);

  @Test
  void followsItsScheduleStepByStep() {
    Sgd sgd = new Sgd(List.of(w), Schedule.exponential(8, 0.5));
    double[] rates = {8, 4, 2, 1};
    double expected = 0;
    for (int t = 0; t < rates.length; t++) {
      assertThat(sgd.steps()).isEqualTo(t);
      assertThat(sgd.learningRate()).isEqualTo(rates[t]);
      Steps.step(sgd, w, 1);
      expected -= rates[t];
      assertThat(w.get(0)).isEqualTo(expected);
    }
  }

  @Test
  void aNewRateOrScheduleCountsFromTheNextStep() {
    Sgd sgd = new Sgd(List.of(w), 1);
    Steps.step(sgd, w, 1);
    sgd.learningRate(0.5);
    Steps.step(sgd, w, 1);
    assertThat(w.get(0)).isEqualTo(-1.5);
    sgd.schedule(t -> t);
    assertThat(sgd.learningRate()).isEqualTo(2);
    Steps.step(sgd, w, 1);
    assertThat(w.get(0)).isEqualTo(-3.5);
  }

  /** The step is refused before anything has changed, so the run can go on with a better rate. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
  void aScheduleThatGoesWrongIsRefusedAtTheStep(double wrong) {
    Sgd sgd = new Sgd(List.of(w), t -> t < 2 ? 1 : wrong);
    Steps.step(sgd, w, 1);
    Steps.step(sgd, w, 1);
    assertThatThrownBy(() -> Steps.step(sgd, w, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learning rate")
        .hasMessageContaining(Double.toString(wrong));
    assertThat(w.get(0)).isEqualTo(-2);
    assertThat(sgd.steps()).isEqualTo(2);
    sgd.learningRate(1);
    Steps.step(sgd, w, 1);
    assertThat(w.get(0)).isEqualTo(-3);
  }
}
