package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.OptimizerTable.Row;

/**
 * On L = ½·h·w² each rule converges just below its threshold and diverges just above.
 *
 * <p>The weight is so small that squared gradients vanish beside ε, and P stays fixed.
 */
class StabilityThresholdTest {

  private static final double TINY = 1e-30;

  /** Those of which the threshold is known. */
  static Stream<Row> optimizers() {
    return OptimizerTable.rows()
        .filter(row -> row.decay() == 0 && row.decoupledDecay() == 0)
        .filter(row -> row.make(1, Steps.parameter(0)).stabilityThreshold().isPresent());
  }

  /** |w| in the last 100 of 1000 steps at this multiple of the threshold, over |w| at the start. */
  private static double growth(Row row, double multiple) {
    double rate = 0.1;
    Parameter w = Steps.parameter(0);
    Optimizer optimizer = row.make(rate, w);
    for (int t = 0; t < 1000; t++) {
      Steps.step(optimizer, w, 0);
    }
    double threshold = optimizer.stabilityThreshold().orElseThrow();
    double h = multiple * threshold * optimizer.preconditioner(0)[0] / rate;
    w.update(values -> values[0] = TINY);
    double largest = 0;
    for (int t = 0; t < 1000; t++) {
      Steps.step(optimizer, w, h * w.get(0));
      largest = t < 900 ? 0 : Math.max(largest, Math.abs(w.get(0)));
    }
    return largest / TINY;
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void convergesBelow(Row row) {
    assertThat(growth(row, 0.95)).isLessThan(0.1);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void divergesAbove(Row row) {
    assertThat(growth(row, 1.05)).isGreaterThan(10);
  }

  @Test
  void theKnownNumbers() {
    List<Parameter> w = List.of(Steps.parameter(1));
    assertThat(new Adam(w).stabilityThreshold().orElseThrow()).isCloseTo(38, offset(1e-12));
    assertThat(new Sgd(w, 1).stabilityThreshold()).hasValue(2);
    assertThat(new AdaGrad(w).stabilityThreshold()).hasValue(2);
    assertThat(new RmsProp(w).stabilityThreshold()).hasValue(2);
    RmsProp.Settings momentum = RmsProp.DEFAULTS.withMomentum(0.5);
    assertThat(new RmsProp(w, 1, momentum).stabilityThreshold()).hasValue(3);
    assertThat(new Sgd(w, 1, Sgd.DEFAULTS.withMomentum(0.5)).stabilityThreshold()).hasValue(3);
  }

  @Test
  void aRuleOfYourOwnHasNone() {
    Parameter w = Steps.parameter(1, 2);
    Optimizer own =
        new Optimizer(List.of(w), Schedule.constant(1)) {
          @Override
          protected void update(Slot slot, double[] x, double[] g, int from, int to) {
            x[0] -= g[0];
          }
        };
    Gradients gradients = Steps.gradients(w, 1, 1);
    own.step(gradients);
    assertThat(own.stabilityThreshold()).isEmpty();
    assertThat(own.preconditioner(0)).containsExactly(1, 1);
  }

  /** (1 − β₁ᵗ)·(√v̂ + ε), after one step: m̂ = g and v̂ = g². */
  @Test
  void adamsPreconditioner() {
    Parameter w = Steps.parameter(0, 0);
    Adam adam = new Adam(List.of(w), 1e-3, Adam.DEFAULTS.withEpsilon(0.5));
    assertThat(adam.preconditioner(0)).containsExactly(1, 1);
    Steps.step(adam, w, 2, -3);
    assertThat(adam.preconditioner(0)[0]).isCloseTo(0.1 * 2.5, offset(1e-12));
    assertThat(adam.preconditioner(0)[1]).isCloseTo(0.1 * 3.5, offset(1e-12));
  }

  /** AMSGrad divides by the largest v. */
  @Test
  void amsgradsPreconditioner() {
    Parameter w = Steps.parameter(0);
    Adam adam =
        new Adam(List.of(w), 1e-3, Adam.DEFAULTS.withBetas(0, 0.5).withEpsilon(0).withAmsgrad());
    Steps.step(adam, w, 4);
    Steps.step(adam, w, 0);
    // The largest v is 8, and 1 − 0.5² = 0.75.
    assertThat(adam.preconditioner(0)[0]).isCloseTo(Math.sqrt(8 / 0.75), offset(1e-12));
  }
}
