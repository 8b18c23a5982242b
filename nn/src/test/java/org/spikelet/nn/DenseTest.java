package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

class DenseTest {

  @Test
  void defaultInitialisationIsUniformWithinOneByRootOfIn() {
    Dense dense = Dense.of(100, 300, new SplittableRandom(3));
    assertUniform(dense.state().get("weight"), Shape.of(100, 300), 0.1);
    assertUniform(dense.state().get("bias"), Shape.of(300), 0.1);
  }

  private static void assertUniform(Parameter parameter, Shape shape, double bound) {
    assertThat(parameter.shape()).isEqualTo(shape);
    double largest = parameter.max().item();
    double smallest = parameter.min().item();
    assertThat(largest).isBetween(0.97 * bound, bound);
    assertThat(smallest).isBetween(-bound, -0.97 * bound);
    assertThat(parameter.mean().item()).isBetween(-0.1 * bound, 0.1 * bound);
  }

  @Test
  void sameSeedGivesTheSameLayer() {
    assertThat(weight(Dense.of(3, 2, new SplittableRandom(1))))
        .isEqualTo(weight(Dense.of(3, 2, new SplittableRandom(1))))
        .isNotEqualTo(weight(Dense.of(3, 2, new SplittableRandom(2))));
  }

  private static double[] weight(Dense dense) {
    return dense.state().get("weight").toArray();
  }

  @Test
  void withAnInitializerTheBiasIsZeros() {
    Dense dense = Dense.of(3, 2, new SplittableRandom(1), Initializer.ONES);
    assertThat(weight(dense)).containsExactly(1, 1, 1, 1, 1, 1);
    assertThat(dense.state().get("bias").toArray()).containsExactly(0, 0);
  }

  @Test
  void withoutBiasItIsLinear() {
    Dense biased = Dense.of(2, 2, new SplittableRandom(1));
    Dense dense = Dense.withoutBias(2, 2, new SplittableRandom(1));
    assertThat(weight(dense)).isEqualTo(weight(biased));
    assertThat(dense.state()).containsOnlyKeys("weight");
    assertThat(dense.forward(Tensor.vector(0, 0)).toArray()).containsExactly(0, 0);
    assertThat(biased.forward(Tensor.vector(0, 0)).toArray()).doesNotContain(0);
  }

  @Test
  void withoutBiasTheWeightMayComeFromAnInitializer() {
    Dense dense = Dense.withoutBias(2, 1, new SplittableRandom(1), Initializer.constant(3));
    assertThat(dense.state()).containsOnlyKeys("weight");
    assertThat(dense.forward(Tensor.vector(1, 2)).toArray()).containsExactly(9);
  }

  @Test
  void leadingAxesAreKept() {
    Dense dense = Dense.of(3, 2, new SplittableRandom(1));
    assertThat(dense.forward(Tensor.zeros(Shape.of(3))).shape()).isEqualTo(Shape.of(2));
    assertThat(dense.forward(Tensor.zeros(Shape.of(5, 4, 3))).shape()).isEqualTo(Shape.of(5, 4, 2));
    assertThat(dense.forward(Tensor.zeros(Shape.of(0, 3))).shape()).isEqualTo(Shape.of(0, 2));
  }

  @Test
  void anInputOfAnotherWidthIsRefused() {
    Dense dense = Dense.of(14, 100, new SplittableRandom(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense.forward(Tensor.zeros(Shape.of(32, 13))))
        .withMessage("Dense 14→100: the last axis of the input must be 14, its shape is 32×13");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense.forward(Tensor.scalar(1)))
        .withMessage("Dense 14→100: the last axis of the input must be 14, its shape is scalar");
  }

  @Test
  void oneInputAndOneOutputAreEnough() {
    Dense dense = Dense.of(1, 1, new SplittableRandom(1), Initializer.constant(3));
    assertThat(dense.forward(Tensor.vector(2)).toArray()).containsExactly(6);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "3, 0", "-1, 3"})
  void sizesBelowOneAreRefused(int in, int out) {
    String message = "Dense " + in + "→" + out + ": both sizes must be at least 1";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.of(in, out, new SplittableRandom(1)))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.of(in, out, new SplittableRandom(1), Initializer.ONES))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.withoutBias(in, out, new SplittableRandom(1)))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.withoutBias(in, out, new SplittableRandom(1), Initializer.ONES))
        .withMessage(message);
  }

  @Test
  void anInitializerOfAnotherShapeIsRefused() {
    Initializer transposed = (in, out, random) -> Tensor.zeros(Shape.of(out, in));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.of(3, 2, new SplittableRandom(1), transposed))
        .withMessage("Dense 3→2: the initializer returned the shape 2×3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.withoutBias(3, 2, new SplittableRandom(1), transposed))
        .withMessage("Dense 3→2: the initializer returned the shape 2×3");
  }
}
