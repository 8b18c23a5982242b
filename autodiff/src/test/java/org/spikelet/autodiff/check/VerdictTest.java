package org.spikelet.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

  @Test
  void nextToZeroNoStepIsTakenTwice() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 100; i++) {
      double x = StrictMath.pow(10, random.nextDouble(-12, -10));
      assertRight(v -> Math.sqrt(v * v + 1e-16), v -> v / Math.sqrt(v * v + 1e-16), x);
      // Flat between two roundings of 1 − v.
      DoubleUnaryOperator slope = v -> 1 / Math.sqrt(v * (2 - v));
      assertThat(Judged.at(v -> StrictMath.acos(1 - v), slope, x).kind())
          .as("%s", x)
          .isIn(Verdict.Kind.RIGHT, Verdict.Kind.CANNOT_TELL);
    }
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

  @Test
  void fromAfarABoundedFunctionLooksFlat() {
    for (DoubleUnaryOperator[] f :
        List.<DoubleUnaryOperator[]>of(
            function(StrictMath::sin, StrictMath::cos),
            function(x -> 1 / (1 + x * x), x -> -2 * x / ((1 + x * x) * (1 + x * x))))) {
      SplittableRandom random = new SplittableRandom(2);
      for (int i = 0; i < 200; i++) {
        double offset = StrictMath.pow(10, random.nextDouble(3, 14));
        double x = random.nextDouble(-1.2, 1.2);
        DoubleUnaryOperator lifted = v -> f[0].applyAsDouble(v) + offset;
        assertThat(Judged.at(lifted, f[1], x).kind())
            .as("%s + f(%s)", offset, x)
            .isIn(Verdict.Kind.RIGHT, Verdict.Kind.CANNOT_TELL);
        assertNotRight(lifted, v -> 0.9 * f[1].applyAsDouble(v), x);
      }
    }
  }

  private static DoubleUnaryOperator[] function(DoubleUnaryOperator f, DoubleUnaryOperator rule) {
    return new DoubleUnaryOperator[] {f, rule};
  }

  @Test
  void slopesAtDifferentStepsAreNoKink() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 400; i++) {
      double x = random.nextDouble(-2, 2);
      assertNotRight(VerdictTest::variance, v -> 0.95 * 16.5 * v, x);
      double times = StrictMath.pow(10, random.nextInt(1, 10));
      DoubleUnaryOperator wave = v -> Math.abs(v * times - Math.rint(v * times)) / times;
      assertNotRight(wave, v -> 0.95 * Math.signum(v * times - Math.rint(v * times)), x);
    }
  }

  /** The variance of 0, x, …, 9x by the formula that cancels. */
  private static double variance(double x) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 10; i++) {
      double v = 1e5 + i * x;
      sum += v;
      squares += v * v;
    }
    return squares / 10 - (sum / 10) * (sum / 10);
  }

  @Test
  void whatIsRoundedToEightBitsHasNoSlopeOfZero() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 200; i++) {
      double x = random.nextDouble(-1, 1);
      assertNotRight(v -> Math.rint(StrictMath.tanh(v) * 127) / 127, v -> 0, x);
      double digits = StrictMath.pow(10, random.nextDouble(2, 7));
      assertNotRight(v -> Math.rint(StrictMath.sin(v) * digits) / digits, v -> 0, x);
    }
  }

  @Test
  void theSlopeOfASawsToothIsNotCalledWrong() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 400; i++) {
      double x = random.nextDouble(-2, 2);
      double teeth = StrictMath.pow(10, random.nextDouble(2, 4));
      DoubleUnaryOperator saw = v -> v * teeth - Math.rint(v * teeth);
      Judged judged = Judged.at(saw, v -> teeth, x);
      assertThat(judged.kind()).isIn(Verdict.Kind.RIGHT, Verdict.Kind.CANNOT_TELL);
      assertNotRight(saw, v -> 1.01 * teeth, x);
      assertNotRight(saw, v -> 0, x);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e17, 1e20, 1e173})
  void whatVanishesInTheRoundingOfTheOutputIsNotCalledWrong(double offset) {
    Judged judged = Judged.at(x -> offset + x, x -> 1, 0.3);
    assertThat(judged.kind()).isEqualTo(Verdict.Kind.CANNOT_TELL);
    assertThat(judged.words()).contains("the function is only exact to");
    assertThat(Judged.at(x -> offset, x -> offset, 0.3).kind()).isEqualTo(Verdict.Kind.WRONG);
  }

  @Test
  void whatOverflowsCannotBeToldToHaveAWrongRule() {
    Judged judged = Judged.at(x -> Math.exp(x) - Math.exp(2 * x), x -> Double.NaN, 800);
    assertThat(judged.kind()).isEqualTo(Verdict.Kind.CANNOT_TELL);
    assertThat(judged.words()).contains("the rule returns NaN; the function is not finite");
    assertThat(Judged.at(StrictMath::exp, x -> Double.NaN, 0).kind()).isEqualTo(Verdict.Kind.WRONG);
  }

  private static void assertNotRight(DoubleUnaryOperator f, DoubleUnaryOperator rule, double x) {
    assertThat(Judged.at(f, rule, x).kind())
        .as("%s", x)
        .isIn(Verdict.Kind.WRONG, Verdict.Kind.OUTSIDE_KINK, Verdict.Kind.CANNOT_TELL);
  }

  @Test
  void nearTheEdgeOfItsDomainAFunctionIsStillKnown() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      double x = StrictMath.pow(10, random.nextDouble(-20, 0));
      assertRight(Math::sqrt, v -> 0.5 / Math.sqrt(v), x);
      assertThat(Judged.at(v -> v * StrictMath.log(v), v -> StrictMath.log(v) + 1, x).kind())
          .as("%s", x)
          .isEqualTo(Verdict.Kind.RIGHT);
    }
  }

  @Test
  void besideAKinkASlopeOfTheOtherSideIsWrong() {
    // At steps finer than 1e-9 the slope is 1 ± 1e-3: too coarse for "right", enough to be wrong.
    DoubleUnaryOperator ramp = x -> Math.max(x, 0) + 1000;
    assertThat(Judged.at(ramp, x -> 1, 1e-9).kind()).isEqualTo(Verdict.Kind.INSIDE_KINK);
    for (double slope : new double[] {0, 0.5, 0.9, 1.1}) {
      assertNotRight(ramp, x -> slope, 1e-9);
    }
    assertThat(Judged.at(ramp, x -> 0.5, 1e-9).words()).contains("wrong rule: the slope is");
    Judged none = Judged.by(new GradientCheck().withoutKinks(), ramp, x -> 1, 1e-9);
    assertThat(none.words()).contains("kink: a little off the point", "withoutKinks() allows none");
    // At the kink itself all between are valid.
    assertThat(Judged.at(ramp, x -> 0.5, 0).kind()).isEqualTo(Verdict.Kind.INSIDE_KINK);
  }
}
