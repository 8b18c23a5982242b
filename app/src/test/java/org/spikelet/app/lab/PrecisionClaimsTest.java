package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;
import org.spikelet.optim.Precision;

/** What the experiments on precision change, and that they change nothing else. */
class PrecisionClaimsTest {

  private static final Problem PROBLEM = Data.CLEAR_CLASSES.problem(3);

  /** Both losses are cross-entropy: equal but for rounding, with the gradients of the logits. */
  @Test
  void theTwoLossesAreTheSame() {
    Module net = Model.SMALL.net(PROBLEM.initSeed());
    try (Tape tape = Tape.record()) {
      Tensor logits = tape.watch(net.forward(PROBLEM.data().inputs()));
      Tensor usual = Model.SMALL.loss(logits, PROBLEM.data().targets());
      Tensor distances = Model.SMALL_DISTANCES.loss(logits, PROBLEM.data().targets());

      assertThat(distances.item() / usual.item()).isBetween(1 - 1e-12, 1 + 1e-12);
      double[] difference =
          tape.gradients(usual).of(logits).sub(tape.gradients(distances).of(logits)).toArray();
      assertThat(Arrays.stream(difference).map(Math::abs).max().orElseThrow()).isLessThan(1e-14);
    }
  }

  /** The losses of all steps are floats where results are rounded, and only there. */
  @Test
  void theLossesHaveTheDigitsOfTheirFormat() {
    assertThat(losses(Setups.CLASSES_FLOAT32)).allMatch(x -> Precision.FLOAT32.round(x) == x);
    assertThat(losses(Setups.CLASSES_FLOAT32_DISTANCES))
        .allMatch(x -> Precision.FLOAT32.round(x) == x);
    assertThat(losses(Setups.CLASSES_BFLOAT16)).allMatch(x -> Precision.BFLOAT16.round(x) == x);
    assertThat(losses(Setups.CLASSES_FLOAT32_WEIGHTS))
        .anyMatch(x -> Precision.FLOAT32.round(x) != x);
    assertThat(losses(Setups.CLASSES)).anyMatch(x -> Precision.FLOAT32.round(x) != x);
  }

  /** Rounded weights are other weights. */
  @Test
  void roundedWeightsChangeTheRun() {
    assertThat(losses(Setups.CLASSES_FLOAT32_WEIGHTS)).isNotEqualTo(losses(Setups.CLASSES));
  }

  private static List<Double> losses(Setup setup) {
    Outcome outcome = Trial.run(setup.by(Optimization.ADAM_HIGH_RATE), 3, 40, step -> {});
    return outcome.curve().stream().map(Outcome.Stretch::least).toList();
  }
}
