package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

class DropoutTest {

  private static final Tensor ONES = Tensor.ones(Shape.of(100, 100));

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8})
  void dropsTheShareAndKeepsTheExpectation(double p) {
    double[] y = dropout(p, 1).forward(ONES).toArray();
    assertThat(y).containsOnly(0, 1 / (1 - p));
    double dropped = Arrays.stream(y).filter(v -> v == 0).count() / 10_000.0;
    double deviation = Math.sqrt(p * (1 - p) / 10_000);
    assertThat(dropped).isBetween(p - 4 * deviation, p + 4 * deviation);
  }

  @Test
  void masksOfDifferentCallsAreIndependent() {
    Dropout dropout = dropout(0.5, 1);
    Tensor first = dropout.forward(ONES);
    Tensor second = dropout.forward(ONES);
    // Both kept, where y = 2 · 2: a quarter, with a deviation of 0.0043.
    assertThat(first.mul(second).mean().item() / 4).isBetween(0.235, 0.265);
  }

  @Test
  void nothingIsDroppedWithProbabilityZero() {
    assertThat(dropout(0, 1).forward(ONES).toArray()).containsOnly(1);
  }

  @Test
  void inEvaluationItIsTheIdentityAndDoesNotCount() {
    Dropout dropout = dropout(0.5, 1);
    dropout.eval();
    assertThat(dropout.forward(ONES)).isSameAs(ONES);
    assertThat(dropout.state().get("calls").item()).isEqualTo(0);
    dropout.train();
    assertThat(dropout.forward(ONES).toArray()).contains(0);
    assertThat(dropout.state().get("calls").item()).isEqualTo(1);
  }

  @Test
  void sameSeedGivesTheSameMasks() {
    assertThat(dropout(0.5, 1).forward(ONES).toArray())
        .isEqualTo(dropout(0.5, 1).forward(ONES).toArray())
        .isNotEqualTo(dropout(0.5, 2).forward(ONES).toArray());
  }

  @Test
  void restoringTheStateRestoresTheMasksToCome() {
    Dropout saved = dropout(0.5, 1);
    saved.forward(ONES);
    saved.forward(ONES);
    Map<String, Tensor> state = new HashMap<>();
    saved.state().forEach((path, parameter) -> state.put(path, parameter.copy()));

    Dropout resumed = dropout(0.5, 99);
    resumed.state().forEach((path, parameter) -> parameter.assign(state.get(path)));
    for (int call = 0; call < 3; call++) {
      assertThat(resumed.forward(ONES).toArray()).isEqualTo(saved.forward(ONES).toArray());
    }
  }

  /** Any format that keeps integers below 2⁵³ keeps the seed, and with it the masks. */
  @Test
  void theSeedIsAnIntegerOf53Bits() {
    for (long seed = 0; seed < 100; seed++) {
      double drawn = dropout(0.5, seed).state().get("seed").item();
      assertThat(drawn).isBetween(0.0, 0x1p53 - 1).isEqualTo(Math.rint(drawn));
    }
  }

  @Test
  void theGradientPassesThroughTheMask() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(ONES);
      Tensor y = dropout(0.5, 1).forward(x);
      assertThat(tape.gradients(y.sum()).of(x).toArray()).isEqualTo(y.toArray());
    }
  }

  @Test
  void withTheProbabilityOneNothingIsLeft() {
    assertThat(dropout(1, 1).forward(ONES).toArray()).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aProbabilityOutsideItsRangeIsRefused(double p) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dropout(p, 1))
        .withMessage("Dropout: p must be in [0, 1], got " + p);
  }

  private static Dropout dropout(double p, long seed) {
    return Dropout.of(p, new SplittableRandom(seed));
  }
}
