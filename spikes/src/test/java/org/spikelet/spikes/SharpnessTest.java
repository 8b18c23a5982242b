package org.spikelet.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Slot;

/** On L = ½(a·x² + b·y²) everything is known. */
class SharpnessTest {

  private final Parameter w = Parameter.of("w", Tensor.vector(1, 2));
  private final Tensor curvature = Tensor.vector(3, 5);

  private Tensor loss() {
    return w.square().mul(curvature).sum().mul(0.5);
  }

  private void step(Optimizer optimizer) {
    try (Tape tape = Tape.record()) {
      optimizer.step(tape.gradients(loss()));
    }
  }

  @Test
  void withoutAPreconditionerItIsTheHessians() {
    Sgd sgd = new Sgd(List.of(w), 0.1);
    Sharpness sharpness = Sharpness.of(this::loss, sgd, 7, Optional.empty());
    assertThat(sharpness.value()).isCloseTo(5, offset(1e-9));
    assertThat(sharpness.threshold()).isEqualTo(2);
    assertThat(sharpness.ratio()).isCloseTo(0.25, offset(1e-9));
    assertThat(sharpness.step()).isEqualTo(7);
    assertThat(sharpness.converged()).isTrue();
    assertThat(Math.abs(sharpness.vector().get(1))).isCloseTo(1, offset(1e-3));
  }

  /** After one step P = 0.1·|g|, with g = (3, 10): λ = max(3 / 0.3, 5 / 1). */
  @Test
  void withAdamItIsThePreconditionedOne() {
    Adam adam = new Adam(List.of(w), 0.19, Adam.DEFAULTS.withEpsilon(0));
    step(adam);
    Sharpness sharpness = Sharpness.of(this::loss, adam, 1, Optional.of(Tensor.vector(1, 1)));
    assertThat(sharpness.value()).isCloseTo(10, offset(1e-6));
    assertThat(sharpness.ratio()).isCloseTo(0.05, offset(1e-8));
  }

  @Test
  void anUnknownRuleHasNoThreshold() {
    Optimizer own =
        new Optimizer(List.of(w), t -> 0.5) {
          @Override
          protected void update(Slot slot, double[] x, double[] g, int from, int to) {}
        };
    Sharpness sharpness = Sharpness.of(this::loss, own, 0, Optional.empty());
    assertThat(sharpness.value()).isCloseTo(5, offset(1e-9));
    assertThat(sharpness.ratio()).isNaN();
  }
}
