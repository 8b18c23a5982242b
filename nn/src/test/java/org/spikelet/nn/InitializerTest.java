package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

class InitializerTest {

  private static final int IN = 150;
  private static final int OUT = 450;

  static Stream<Arguments> uniform() {
    return Stream.of(
        arguments("XAVIER_UNIFORM", Initializer.XAVIER_UNIFORM, -0.1, 0.1), // √(6 / 600)
        arguments("HE_UNIFORM", Initializer.HE_UNIFORM, -0.2, 0.2), // √(6 / 150)
        arguments("LECUN_UNIFORM", Initializer.LECUN_UNIFORM, -Math.sqrt(0.02), Math.sqrt(0.02)),
        arguments("uniform", Initializer.uniform(2, 5), 2, 5));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void uniform(String name, Initializer initializer, double low, double high) {
    double[] values = draw(initializer, 1);
    double width = high - low;
    double slack = 1e-15;
    double smallest = Arrays.stream(values).min().orElseThrow();
    double largest = Arrays.stream(values).max().orElseThrow();
    assertThat(smallest).as(name).isBetween(low - slack, low + 0.001 * width);
    assertThat(largest).as(name).isBetween(high - 0.001 * width, high + slack);
    assertMoments(values, (low + high) / 2, width / Math.sqrt(12), 1.8);
  }

  static Stream<Arguments> normal() {
    return Stream.of(
        arguments("XAVIER_NORMAL", Initializer.XAVIER_NORMAL, 0, Math.sqrt(2.0 / 600)),
        arguments("HE_NORMAL", Initializer.HE_NORMAL, 0, Math.sqrt(2.0 / 150)),
        arguments("LECUN_NORMAL", Initializer.LECUN_NORMAL, 0, Math.sqrt(1.0 / 150)),
        arguments("scaled", Initializer.LECUN_NORMAL.scaled(3), 0, 3 * Math.sqrt(1.0 / 150)),
        arguments("normal", Initializer.normal(-1, 0.5), -1, 0.5));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void normal(String name, Initializer initializer, double mean, double std) {
    double[] values = draw(initializer, 1);
    assertMoments(values, mean, std, 3);
    double within = Arrays.stream(values).filter(v -> Math.abs(v - mean) < std).count();
    assertThat(within / values.length).as(name).isBetween(0.675, 0.691); // Φ(1) − Φ(−1) = 0.6827
  }

  /** Mean, standard deviation and kurtosis, each within four of its own standard deviations. */
  private static void assertMoments(double[] values, double mean, double std, double kurtosis) {
    int n = values.length;
    double m = Arrays.stream(values).sum() / n;
    double s = Math.sqrt(Arrays.stream(values).map(v -> (v - m) * (v - m)).sum() / n);
    double k = Arrays.stream(values).map(v -> Math.pow((v - m) / s, 4)).sum() / n;
    assertThat(m).isBetween(mean - 4 * std / Math.sqrt(n), mean + 4 * std / Math.sqrt(n));
    assertThat(s / std).isBetween(1 - 4 / Math.sqrt(2.0 * n), 1 + 4 / Math.sqrt(2.0 * n));
    assertThat(k).isBetween(kurtosis - 4 * Math.sqrt(24.0 / n), kurtosis + 4 * Math.sqrt(24.0 / n));
  }

  @Test
  void constants() {
    assertThat(draw(Initializer.ZEROS, 1)).hasSize(IN * OUT).containsOnly(0);
    assertThat(draw(Initializer.ONES, 1)).containsOnly(1);
    assertThat(draw(Initializer.constant(-2.5).scaled(2), 1)).containsOnly(-5);
  }

  /** Without width or deviation they are constants. */
  @Test
  void rulesWithoutSpread() {
    assertThat(draw(Initializer.uniform(2, 2), 1)).containsOnly(2);
    assertThat(draw(Initializer.normal(-3, 0), 1)).containsOnly(-3);
  }

  /** Which number of the generator becomes which weight is part of what a seed stands for. */
  @Test
  void weightsAreTheGeneratorsNumbersRowByRow() {
    double[] uniform = new SplittableRandom(1).doubles(6).map(u -> -1 + 4 * u).toArray();
    assertThat(drawSix(Initializer.uniform(-1, 3))).isEqualTo(uniform);
    double[] normal =
        Arrays.stream(drawSix(Initializer.normal(0, 1))).map(z -> 3 + 2 * z).toArray();
    assertThat(drawSix(Initializer.normal(3, 2))).isEqualTo(normal);
  }

  private static double[] drawSix(Initializer initializer) {
    return initializer.draw(2, 3, new SplittableRandom(1)).toArray();
  }

  /** Box and Muller 1958: two uniform numbers make one, with the same bits on every JDK. */
  @Test
  void normalNumbersAreMadeOfUniformOnes() {
    RandomGenerator random = new SplittableRandom(1);
    double[] expected =
        DoubleStream.generate(
                () ->
                    Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                        * StrictMath.cos(2 * Math.PI * random.nextDouble()))
            .limit(6)
            .toArray();
    assertThat(drawSix(Initializer.normal(0, 1))).isEqualTo(expected);
  }

  @Test
  void shapeIsInByOut() {
    Tensor weight = Initializer.HE_NORMAL.draw(3, 5, new SplittableRandom(1));
    assertThat(weight.shape()).isEqualTo(Shape.of(3, 5));
  }

  @Test
  void sameSeedGivesTheSameBits() {
    for (Initializer initializer :
        new Initializer[] {Initializer.HE_NORMAL, Initializer.XAVIER_UNIFORM}) {
      assertThat(draw(initializer, 1))
          .isEqualTo(draw(initializer, 1))
          .isNotEqualTo(draw(initializer, 2));
    }
  }

  @Test
  void impossibleRulesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.uniform(2, 1))
        .withMessage("uniform: low must be at most high, got 2.0 and 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.uniform(Double.NaN, 1))
        .withMessage("uniform: must be finite, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.uniform(0, Double.POSITIVE_INFINITY))
        .withMessage("uniform: must be finite, got Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.normal(0, -1))
        .withMessage("normal: std must not be negative, got -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.normal(Double.NaN, 1))
        .withMessage("normal: must be finite, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.normal(0, Double.POSITIVE_INFINITY))
        .withMessage("normal: must be finite, got Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.constant(Double.NaN))
        .withMessage("constant: must be finite, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.ONES.scaled(Double.NEGATIVE_INFINITY))
        .withMessage("scaled: must be finite, got -Infinity");
  }

  private static double[] draw(Initializer initializer, long seed) {
    return initializer.draw(IN, OUT, new SplittableRandom(seed)).toArray();
  }
}
