package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;
import org.spikelet.optim.Precision;

/** What the experiments on precision change, and that they change nothing else. */
class PrecisionClaimsTest {

  private static final Claim.Pair SINGLE = pair("float32");
  private static final Claim.Pair HALF = pair("bfloat16");
  private static final Recipe ROUNDED_WEIGHTS = pair("float32-results").without();
  private static final Recipe DISTANCES = pair("float32-cancellation").without();

  private static final Problem PROBLEM = SINGLE.with().setup().data().problem(3);

  private static Claim.Pair pair(String name) {
    return Claims.ALL.stream()
        .map(Case::claim)
        .filter(claim -> claim.name().equals(name))
        .findFirst()
        .orElseThrow()
        .runs()
        .decisive();
  }

  /** Both losses are cross-entropy: equal but for rounding, with the gradients of the logits. */
  @Test
  void theTwoLossesAreTheSame() {
    Model small = SINGLE.with().setup().model();
    Module net = small.net(PROBLEM.initSeed());
    try (Tape tape = Tape.record()) {
      Tensor logits = tape.watch(net.forward(PROBLEM.data().inputs()));
      Tensor usual = small.loss().apply(logits, PROBLEM.data().targets());
      Tensor distances = DISTANCES.setup().model().loss().apply(logits, PROBLEM.data().targets());

      assertThat(distances.item() / usual.item()).isBetween(1 - 1e-12, 1 + 1e-12);
      double[] difference =
          tape.gradients(usual).of(logits).sub(tape.gradients(distances).of(logits)).toArray();
      assertThat(Arrays.stream(difference).map(Math::abs).max().orElseThrow()).isLessThan(1e-14);
    }
  }

  /** The losses of all steps are floats where results are rounded, and only there. */
  @Test
  void theLossesHaveTheDigitsOfTheirFormat() {
    assertThat(losses(SINGLE.with())).allMatch(x -> Precision.FLOAT32.round(x) == x);
    assertThat(losses(DISTANCES)).allMatch(x -> Precision.FLOAT32.round(x) == x);
    assertThat(losses(HALF.with())).allMatch(x -> Precision.BFLOAT16.round(x) == x);
    assertThat(losses(ROUNDED_WEIGHTS)).anyMatch(x -> Precision.FLOAT32.round(x) != x);
    assertThat(losses(SINGLE.without())).anyMatch(x -> Precision.FLOAT32.round(x) != x);
  }

  /** Rounded weights are other weights. */
  @Test
  void roundedWeightsChangeTheRun() {
    assertThat(losses(ROUNDED_WEIGHTS)).isNotEqualTo(losses(SINGLE.without()));
  }

  private static List<Double> losses(Recipe recipe) {
    Outcome outcome = Trial.run(recipe, 3, 40, step -> {});
    return outcome.curve().stream().map(Outcome.Stretch::least).toList();
  }
}
