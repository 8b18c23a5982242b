package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.FiniteCheck;
import org.spikelet.nn.weights.Mapping;

/** What attention looks at; that its numbers are PyTorch's is for {@link OracleTest}. */
class AttentionTest {

  private static final int WIDTH = 6;
  private static final int CONTEXT = 5;

  private static Tensor random(int batch) {
    Shape shape = Shape.of(batch, CONTEXT, WIDTH);
    return Tensor.of(shape, new SplittableRandom(8).doubles(shape.size(), -1, 1).toArray());
  }

  /** The first places of a sequence do not know what follows. */
  @Test
  void causalAttentionSeesNoLaterPlace() {
    Module causal = Attention.causal(WIDTH, 3, new SplittableRandom(1));
    Tensor x = random(2);
    Tensor y = causal.forward(x);
    for (int length = 1; length < CONTEXT; length++) {
      Tensor alone = causal.forward(x.slice(1, 0, length));
      assertThat(alone.toArray()).containsExactly(y.slice(1, 0, length).toArray(), within(1e-15));
    }
  }

  @Test
  void otherAttentionSeesAllPlacesAndNotTheirOrder() {
    Module all = Attention.of(WIDTH, 3, new SplittableRandom(1));
    Tensor x = random(1);
    Tensor turned = x.reshape(CONTEXT, WIDTH).gatherRows(4, 2, 0, 1, 3).reshape(x.shape());
    double[] expected = all.forward(x).reshape(CONTEXT, WIDTH).gatherRows(4, 2, 0, 1, 3).toArray();
    assertThat(all.forward(turned).toArray()).containsExactly(expected, within(1e-15));
    assertThat(all.forward(x.slice(1, 0, 1)).at(0)).isNotCloseTo(expected[2 * WIDTH], within(1e-6));
  }

  @Test
  void theMaskLeavesOnlyEarlierPlacesWhateverTheScores() {
    Tensor unseen = Tensor.scalar(-Double.MAX_VALUE);
    Tensor shares = Attention.causalMask(3).where(Tensor.zeros(Shape.of(3, 3)), unseen).softmax(-1);
    assertThat(shares.toArray()).containsExactly(1, 0, 0, 0.5, 0.5, 0, 1 / 3., 1 / 3., 1 / 3.);
    Tensor large = Tensor.matrix(new double[] {-1e308, 1e308}, new double[] {-1e308, -1e308});
    assertThat(Attention.causalMask(2).where(large, unseen).softmax(-1).toArray())
        .containsExactly(1, 0, 0.5, 0.5);
    assertThat(Attention.causalMask(0).shape()).isEqualTo(Shape.of(0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.causalMask(46_341))
        .withMessageContaining("more than 2³¹−1 elements: [46341, 46341]");
  }

  /** With q = x, k = −x, v = x the scores are −xᵢxⱼ; of two places the first sees only itself. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e150, 1e154})
  void noScoreIsSoLargeThatALaterPlaceIsSeen(double m) {
    Tensor y = opposite().forward(Tensor.of(Shape.of(1, 2, 1), -m, m));
    assertThat(y.at(0)).isEqualTo(-m);
  }

  @Test
  void aScoreThatOverflowedIsNoGateToLaterPlaces() {
    assertThat(opposite().forward(Tensor.of(Shape.of(1, 2, 1), 1e155, 3)).at(0)).isNaN();
  }

  private static Module opposite() {
    Module causal = Attention.causal(1, 1, new SplittableRandom(1));
    causal.state().get("in.weight").assign(Tensor.matrix(new double[] {1, -1, 1}));
    causal.state().get("out.weight").assign(Tensor.matrix(new double[] {1}));
    return causal;
  }

  @Test
  void theDerivativeByAMaskedScoreIsZero() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(random(1));
      Module causal = Attention.causal(WIDTH, 3, new SplittableRandom(1));
      Tensor first = causal.forward(x).slice(1, 0, 2).square().sum();
      double[] gradient = tape.gradients(first).of(x).toArray();
      assertThat(Arrays.copyOfRange(gradient, 2 * WIDTH, gradient.length)).containsOnly(0);
      assertThat(Arrays.copyOf(gradient, 2 * WIDTH)).doesNotContain(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "2, 0", "0, 0"})
  void noSequenceOrAnEmptyOneGivesNone(int batch, int context) {
    Tensor none = Tensor.zeros(Shape.of(batch, context, WIDTH));
    for (Module attention :
        List.of(
            Attention.of(WIDTH, 3, new SplittableRandom(1)),
            Attention.causal(WIDTH, 3, new SplittableRandom(1)))) {
      try (Tape tape = Tape.record()) {
        Tensor y = attention.forward(none);
        assertThat(y.shape()).isEqualTo(none.shape());
        assertThat(tape.gradients(y.sum()).of(attention.state().get("in.weight")).toArray())
            .containsOnly(0);
      }
    }
  }

  @Test
  void nothingIsInfiniteOnTheWay() {
    Module causal = Attention.causal(WIDTH, 2, new SplittableRandom(1));
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor loss = causal.forward(random(1)).square().sum();
      assertThat(tape.gradients(loss).norm()).isFinite();
    }
  }

  @Test
  void itsWeightsHavePyTorchsNames() {
    Module net = Sequential.of(Attention.of(4, 2, new SplittableRandom(1)));
    assertThat(Mapping.pytorch(net).toString())
        .isEqualTo(
            """
            0.in.weight ← 0.in_proj_weight, transposed
            0.in.bias ← 0.in_proj_bias
            0.out.weight ← 0.out_proj.weight, transposed
            0.out.bias ← 0.out_proj.bias""");
  }

  @Test
  void theFirstWeightsAreSpreadAsPyTorchs() {
    Module attention = Attention.of(60, 2, new SplittableRandom(1));
    assertThat(attention.state().get("in.weight").max().item())
        .isCloseTo(Math.sqrt(6. / 240), within(1e-3));
    assertThat(attention.state().get("out.weight").max().item())
        .isCloseTo(1 / Math.sqrt(60), within(1e-3));
    assertThat(attention.state().get("in.bias").abs().max().item()).isZero();
    assertThat(attention.state().get("out.bias").abs().max().item()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"6, 4", "0, 1", "4, 0", "4, -2"})
  void aWidthThatTheHeadsDoNotDivideIsRefused(int width, int heads) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.of(width, heads, new SplittableRandom(1)))
        .withMessage(
            "Attention: the width must be a multiple of the heads, got " + width + " and " + heads);
  }

  @Test
  void anInputOfAnotherShapeIsRefused() {
    Module attention = Attention.causal(4, 2, new SplittableRandom(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attention.forward(Tensor.zeros(Shape.of(3, 4))))
        .withMessage(
            "Attention 4, 2 heads, causal: the input must be batch×context×width, its shape is 3×4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attention.forward(Tensor.zeros(Shape.of(2, 3, 5))))
        .withMessageContaining("the last axis of the input must be 4, its shape is 2×3×5");
  }
}
