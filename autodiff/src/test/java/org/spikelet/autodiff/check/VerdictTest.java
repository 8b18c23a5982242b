package org.spikelet.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Tensor;

/** Verdicts that were once false: each with the right one. */
class VerdictTest {

  private static final double NARROW = 1e-14;

  private static double coarse(double x) {
    return (float) StrictMath.sin(x);
  }

  /** A kink at large, and smooth at small steps. */
  private static double rounded(double x) {
    return Math.sqrt(x * x + NARROW);
  }

  @Test
  void aFunctionRoundedToFloatIsNotCalledWrong() {
    Judged judged = Judged.at(VerdictTest::coarse, StrictMath::cos, -0.7);
    assertThat(judged.kind()).isEqualTo(Verdict.Kind.CANNOT_TELL);
    assertThat(judged.words())
        .containsPattern("cannot tell: the function is only exact to \\d(\\.\\d)?e-0[78]")
        .containsSubsequence("withTolerance", "more precisely", "another point")
        .doesNotContain("are wrong", "wrong rule");
  }

  @Test
  void alongDirectionsAndWithoutKinksItIsNotCalledRightEither() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      double x = random.nextDouble(-2, 2);
      for (GradientCheck check :
          new GradientCheck[] {
            new GradientCheck().withoutKinks(), new GradientCheck().withDirections(2)
          }) {
        assertThat(Judged.by(check, VerdictTest::coarse, v -> 0, x).kind())
            .isNotEqualTo(Verdict.Kind.RIGHT);
      }
    }
  }

  @Test
  void aToleranceLetsARoundedFunctionPass() {
    GradientCheck check = new GradientCheck().withTolerance(1e-4, 0);
    assertThat(Judged.by(check, VerdictTest::coarse, StrictMath::cos, -0.7).kind())
        .isEqualTo(Verdict.Kind.RIGHT);
    assertThat(Judged.by(check, VerdictTest::coarse, x -> StrictMath.cos(x) * 1.002, -0.7).kind())
        .isEqualTo(Verdict.Kind.WRONG);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 0.5, 1.01})
  void whatIsSmoothAtFinerStepsHasNoKink(double value) {
    double slope = 5e-8 / rounded(5e-8);
    assertThat(Judged.at(VerdictTest::rounded, x -> slope, 5e-8).kind())
        .isEqualTo(Verdict.Kind.RIGHT);
    assertThat(Judged.at(VerdictTest::rounded, x -> slope * value, 5e-8).kind())
        .isEqualTo(Verdict.Kind.WRONG);
    assertThat(Judged.at(VerdictTest::rounded, x -> value, 5e-8).kind())
        .isEqualTo(Verdict.Kind.WRONG);
  }

  @Test
  void steepFunctionsOfSmallNumbersPass() {
    assertRight(x -> 1 / x, x -> -1 / (x * x), 1e-12);
    assertRight(x -> StrictMath.sin(1e12 * x), x -> 1e12 * StrictMath.cos(1e12 * x), 1e-12);
    assertRight(StrictMath::log, x -> 1 / x, 1e-7);
    assertRight(Math::sqrt, x -> 0.5 / Math.sqrt(x), 1e-7);
    assertRight(StrictMath::log, x -> 1 / x, 1e-300);
  }

  private static void assertRight(DoubleUnaryOperator f, DoubleUnaryOperator rule, double x) {
    assertThat(Judged.at(f, rule, x).kind()).isEqualTo(Verdict.Kind.RIGHT);
    Judged wrong = Judged.at(f, v -> 1.002 * rule.applyAsDouble(v), x);
    assertThat(wrong.kind()).isEqualTo(Verdict.Kind.WRONG);
    assertThat(wrong.words()).doesNotContain("whatever the step");
  }

  @Test
  void whatIsRandomNowAndThenDoesNotRepeat() {
    int found = 0;
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Judged judged =
          Judged.at(x -> random.nextDouble() < 0.2 ? x * 1.01 : x, x -> 1, random.nextDouble());
      found += judged.words().contains("does not repeat") ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(297);
  }

  @Test
  void whatIsTooSmallForTheToleranceIsSaid() {
    DoubleUnaryOperator f = x -> 1e-8 * StrictMath.sin(x);
    DoubleUnaryOperator sign = x -> -1e-8 * StrictMath.cos(x);
    Judged judged = Judged.at(f, sign, 0.3);
    assertThat(judged.kind()).isEqualTo(Verdict.Kind.RIGHT);
    assertThat(judged.unseen()).isEqualTo(1);
    assertThat(new GradientCheck().check("sin", in -> in.get(0).sin(), Tensor.scalar(0.3)).unseen())
        .isZero();
    assertThatThrownBy(
            () ->
                new GradientCheck()
                    .withStrictTolerance()
                    .check("f", in -> Judged.enter(in.get(0), f, sign), Tensor.scalar(0.3)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("f: 1 of 1 derivatives are too small", "its sign could be wrong");
    // With a tolerance that fits, the sign shows.
    assertThat(Judged.by(new GradientCheck().withTolerance(0, 1e-6), f, sign, 0.3).kind())
        .isEqualTo(Verdict.Kind.WRONG);
  }

  @Test
  void aFlatFunctionIsNeitherTooSmallNorDoubtful() {
    GradientCheck strict = new GradientCheck().withStrictTolerance();
    strict.check("relu", in -> in.get(0).relu(), Tensor.vector(-1, -1e-3, -1e-9, 2));
    strict.check("greater", in -> in.get(0).greaterThan(0.1), Tensor.vector(0, 0.05, 0.15));
  }

  @Test
  void aJumpAtThePointIsNoKink() {
    Judged judged = Judged.at(x -> x < 0 ? 0 : 1, x -> 0, 0);
    assertThat(judged.kind()).isEqualTo(Verdict.Kind.CANNOT_TELL);
    assertThat(judged.words()).contains("jumps at the point");
  }
}
