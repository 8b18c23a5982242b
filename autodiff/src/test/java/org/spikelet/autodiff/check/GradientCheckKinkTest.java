package org.spikelet.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.autodiff.Operation.wrt;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tensor;

/** Where a function has a kink, the checker accepts what lies between the slopes, no more. */
class GradientCheckKinkTest {

  private static final double STEP = Math.cbrt(Math.ulp(1.0));

  private final GradientCheck first = new GradientCheck();
  private final GradientCheck second = new GradientCheck().withOrder(2);

  private GradientCheck.Result check(UnaryOperator<Tensor> f, double... x) {
    return second.check("kinked", in -> f.apply(in.get(0)), Tensor.vector(x));
  }

  private GradientCheck.Result check(BinaryOperator<Tensor> f, double a, double b) {
    return second.check(
        "kinked", in -> f.apply(in.get(0), in.get(1)), Tensor.scalar(a), Tensor.scalar(b));
  }

  /** f with the slope given. */
  private static UnaryOperator<Tensor> withSlope(
      DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
    return x -> {
      Tensor y = Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(f).toArray());
      Tensor slope = Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(derivative).toArray());
      return Operation.enter("planted", y, wrt(x, g -> g.mul(slope)));
    };
  }

  private static UnaryOperator<Tensor> reluWithSlopeAtZero(double value) {
    return withSlope(v -> Math.max(v, 0), v -> v > 0 ? 1 : v < 0 ? 0 : value);
  }

  @Test
  void reluPasses() {
    assertThat(check(Tensor::relu, -1, -0.0, 0.0, Double.MIN_VALUE, 1).kinks()).isEqualTo(3);
  }

  @Test
  void absPasses() {
    assertThat(check(x -> x.abs().mul(3), -2, 0, 2).kinks()).isEqualTo(1);
  }

  @Test
  void clipPassesAtItsBoundsAndBesideThem() {
    UnaryOperator<Tensor> f = x -> x.clip(-1, 2);
    assertThat(check(f, Math.nextDown(-1.0), -1, 0, 2, Math.nextUp(2.0)).kinks()).isEqualTo(4);
  }

  @Test
  void maximumAndMinimumPassAtATie() {
    assertThat(check(Tensor::maximum, 1, 1).kinks()).isEqualTo(2);
    assertThat(check(Tensor::minimum, 1, 1).kinks()).isEqualTo(2);
    assertThat(check(Tensor::maximum, -0.0, 0.0).kinks()).isEqualTo(2);
    assertThat(check(Tensor::minimum, -0.0, 0.0).kinks()).isEqualTo(2);
    assertThat(check(Tensor::maximum, 1, 2).kinks()).isZero();
  }

  @Test
  void maxAndMinPassAtTies() {
    assertThat(check(x -> x.max(), 3, 1, 3, 3, 2).kinks()).isEqualTo(3);
    assertThat(check(x -> x.min(), 1, 3, 1).kinks()).isEqualTo(2);
    assertThat(check(x -> x.max(), 0.0, -0.0).kinks()).isEqualTo(2);
    assertThat(check(x -> x.reshape(2, 3).max(1), 5, 5, 4, 1, 2, 2).kinks()).isEqualTo(4);
    assertThat(check(x -> x.reshape(2, 1, 3).max(0, 2), 5, 5, 4, 1, 2, 5).kinks()).isEqualTo(3);
  }

  @Test
  void powPassesAtZeroWhereItIsContinuous() {
    for (double exponent : new double[] {1, 2}) {
      // Second derivatives are infinite: d²/dp² of x^p goes as ln² x.
      first.check("pow", in -> in.get(0).pow(in.get(1)), Tensor.scalar(0), Tensor.scalar(exponent));
    }
    check(Tensor::pow, 2, 0);
    check(x -> x.pow(2), 0);
    check(x -> x.pow(0), 0);
  }

  @Test
  void conventionsThatAreNoDerivativesAreRejected() {
    // The constant 1 has slope 0; PyTorch's convention says 1.
    assertThatThrownBy(() -> check(x -> x.clip(1, 1), 1)).hasMessageContaining("wrong rule");
    // 0^p is 1 at p = 0 and 0 to the right: a jump; ∞ to the left.
    assertThatThrownBy(() -> check(Tensor::pow, 0, 0)).hasMessageContaining("not finite");
    assertThatThrownBy(() -> check(Tensor::pow, 0, 0.5)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> check(Tensor::pow, 0, -1)).isInstanceOf(AssertionError.class);
  }

  @Test
  void everyValueBetweenTheSlopesPasses() {
    for (double value : new double[] {0, 0.1, 0.5, 0.9, 1}) {
      first.check("relu", in -> reluWithSlopeAtZero(value).apply(in.get(0)), Tensor.scalar(0));
    }
  }

  @Test
  void aValueOutsideTheSlopesIsRejected() {
    for (double value : new double[] {-1, -0.001, 1.001, 2}) {
      assertThatThrownBy(
              () ->
                  first.check(
                      "relu", in -> reluWithSlopeAtZero(value).apply(in.get(0)), Tensor.scalar(0)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContainingAll("kink", "lies outside");
    }
  }

  @Test
  void outputsHaveIntervalsOfTheirOwn() {
    // Σ u · |x| over both outputs: the rule takes the left slope of one and the right of the other.
    UnaryOperator<Tensor> pair =
        x -> {
          Tensor one = withSlope(Math::abs, v -> v > 0 ? 1 : -1).apply(x);
          Tensor other = withSlope(Math::abs, v -> v < 0 ? -1 : 1).apply(x);
          return one.concatenate(0, other);
        };
    for (long seed = 0; seed < 20; seed++) {
      GradientCheck check = first.withSeed(seed);
      assertThat(check.check("pair", in -> pair.apply(in.get(0)), Tensor.vector(0)).kinks())
          .isEqualTo(1);
    }
    UnaryOperator<Tensor> wrong =
        x -> {
          Tensor one = withSlope(Math::abs, v -> v > 0 ? 1 : v < 0 ? -1 : 4).apply(x);
          return one.concatenate(0, x.abs());
        };
    for (long seed = 0; seed < 20; seed++) {
      GradientCheck check = first.withSeed(seed);
      assertThatThrownBy(() -> check.check("pair", in -> wrong.apply(in.get(0)), Tensor.vector(0)))
          .hasMessageContaining("kink");
    }
  }

  @Test
  void aKinkALittleOffThePointFailsNever() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      double offset = STEP * Math.pow(10, random.nextDouble(-6, 0.3)) * (i % 2 == 0 ? 1 : -1);
      double scale = Math.pow(10, random.nextDouble(-3, 3));
      check(x -> x.sub(1).relu().mul(scale), 1 + offset);
      check(x -> x.abs().add(x.sin()).mul(scale), offset);
      check(x -> x.clip(0, 1).square().add(x.exp()), 1 + offset);
    }
  }

  @Test
  void aKinkBetweenCurvedSidesPasses() {
    // To the right x − 500 x², to the left 500 x²: one-sided differences miss the slopes by 500 h.
    DoubleUnaryOperator f = v -> v > 0 ? v - 500 * v * v : 500 * v * v;
    for (double value : new double[] {0, 0.5, 1}) {
      DoubleUnaryOperator slope = v -> v > 0 ? 1 - 1000 * v : v < 0 ? 1000 * v : value;
      assertThat(
              first
                  .check("bent", in -> withSlope(f, slope).apply(in.get(0)), Tensor.scalar(0))
                  .kinks())
          .isEqualTo(1);
    }
  }

  @Test
  void aCurveIsNotTakenForAKink() {
    // The sides differ by h · 10⁴ = 0.06: a rule that is off by less must not hide there.
    for (double x : new double[] {0, 1e-3, 1}) {
      UnaryOperator<Tensor> wrong = withSlope(v -> 5e3 * v * v, v -> 1e4 * v + 0.02);
      assertThatThrownBy(() -> first.check("curve", in -> wrong.apply(in.get(0)), Tensor.scalar(x)))
          .hasMessageContaining("wrong rule");
      UnaryOperator<Tensor> right = v -> v.square().mul(5e3);
      assertThat(
              first
                  .withoutKinks()
                  .check("curve", in -> right.apply(in.get(0)), Tensor.scalar(x))
                  .kinks())
          .isZero();
    }
  }

  @Test
  void smoothAllowsNoKink() {
    assertThatThrownBy(
            () -> first.withoutKinks().check("abs", in -> in.get(0).abs(), Tensor.vector(1, 0)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "abs: 1 of 2", "input 0 [1]", "kink", "withoutKinks() allows none");
    second.withoutKinks().check("abs", in -> in.get(0).abs(), Tensor.vector(1, -2));
  }

  @Test
  void secondOrderLeavesOutOnlyTheElementAtTheKink() {
    // Right at first order; d²/dx² of the third, smooth element is lost.
    UnaryOperator<Tensor> frozen =
        x -> {
          Tensor y = x.detach().abs().mul(x.detach()).mul(x.detach()).copy();
          Tensor slope = x.detach().abs().mul(x.detach()).mul(3).copy();
          return Operation.enter("frozen", y, wrt(x, g -> g.mul(slope))).add(x.abs());
        };
    Tensor x = Tensor.vector(0, 1);
    assertThat(first.check("frozen", in -> frozen.apply(in.get(0)), x).kinks()).isEqualTo(1);
    assertThatThrownBy(() -> second.check("frozen", in -> frozen.apply(in.get(0)), x))
        .hasMessageContainingAll("gradient of frozen: 1 of 3", "input 0 [1]");
  }

  @Test
  void aDirectionThroughKinksPassesInItsInterval() {
    Tensor x = Tensor.vector(0, 1, 0, -2, 0);
    GradientCheck.Result result = second.withDirections(4).check("relu", in -> in.get(0).relu(), x);
    assertThat(result.kinks()).isEqualTo(4);
    UnaryOperator<Tensor> wrong = reluWithSlopeAtZero(30);
    assertThatThrownBy(() -> first.withDirections(4).check("relu", in -> wrong.apply(in.get(0)), x))
        .hasMessageContainingAll("direction ", "kink");
  }
}
