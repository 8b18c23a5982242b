package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

class EmbeddingTest {

  private static Embedding embedding() {
    Embedding embedding = Embedding.of(3, 2, new SplittableRandom(1));
    Tensor rows = Tensor.of(Shape.of(3, 2), 1, 2, 30, 40, 500, 600);
    embedding.state().get("weight").assign(rows);
    return embedding;
  }

  @Test
  void codesBecomeRows() {
    Tensor expected = Tensor.of(Shape.of(4, 2), 500, 600, 1, 2, 30, 40, 1, 2);
    assertThat(embedding().forward(2, 0, 1, 0).toArray()).containsExactly(expected.toArray());

    Tensor y = embedding().forward(Tensor.of(Shape.of(2, 2), 2, 0, 1, 0));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(y.toArray()).containsExactly(expected.toArray());
    assertThat(embedding().forward(Tensor.scalar(1)).shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void aRowUsedTwiceGetsBothGradients() {
    Embedding embedding = embedding();
    try (Tape tape = Tape.record()) {
      Tensor loss = embedding.forward(0, 2, 0).mul(Tensor.of(Shape.of(3, 1), 1, 10, 100)).sum();
      assertThat(tape.gradients(loss).of(embedding.parameters().get(0)).toArray())
          .containsExactly(101, 101, 0, 0, 10, 10);
    }
  }

  @Test
  void theFirstRowsAreNormal() {
    Tensor weight = Embedding.of(200, 50, new SplittableRandom(2)).state().get("weight");
    assertThat(weight.mean().item()).isCloseTo(0, within(0.03));
    assertThat(weight.square().mean().item()).isCloseTo(1, within(0.05));
    Embedding own = Embedding.of(2, 3, new SplittableRandom(2), Initializer.ONES);
    assertThat(own.forward(1).toArray()).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
  void aCodeWithoutARowIsRefused(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedding().forward(0, code))
        .withMessageStartingWith("Embedding 3×2: code 1 (in row-major order) is " + code)
        .withMessageEndingWith("; it must be an integer from 0 to 2");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 3, 0.5, 1e18, Double.NaN, Double.POSITIVE_INFINITY})
  void soIsANumberThatIsNoCode(double code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedding().forward(Tensor.vector(0, 2, code)))
        .withMessage(
            "Embedding 3×2: code 2 (in row-major order) is "
                + code
                + "; it must be an integer from 0 to 2");
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "3, 0"})
  void aTableWithoutRowsOrColumnsIsRefused(int count, int width) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.of(count, width, new SplittableRandom(1)))
        .withMessage("Embedding " + count + "×" + width + ": both sizes must be at least 1");
  }

  @Test
  void anInitializerOfAnotherShapeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Embedding.of(
                    3, 2, new SplittableRandom(1), (in, out, any) -> Tensor.zeros(Shape.of(2, 3))))
        .withMessage("Embedding 3×2: the initializer returned the shape 2×3");
  }

  @Test
  void noCodesAtAllAreRefusedByName() {
    Embedding embedding = Embedding.of(2, 3, new SplittableRandom(1));
    assertThatNullPointerException()
        .isThrownBy(() -> embedding.forward((int[]) null))
        .withMessage("Embedding: codes must not be null");
  }
}
