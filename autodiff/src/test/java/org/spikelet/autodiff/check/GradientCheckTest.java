package org.spikelet.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.data.Offset.offset;
import static org.spikelet.autodiff.Operation.wrt;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** The checker finds planted mistakes in operations, and passes right ones. */
class GradientCheckTest {

  private static final Tensor X = Tensor.vector(-1.5, 0.5, 2);
  private static final Tensor A = Tensor.matrix(new double[] {1, -2, 3}, new double[] {0.5, 4, -1});
  private static final Tensor B =
      Tensor.matrix(new double[] {2, 1}, new double[] {-1, 0.5}, new double[] {3, -2});

  private final GradientCheck first = new GradientCheck();
  private final GradientCheck second = new GradientCheck().withOrder(2);

  /** The values of f, to be recorded with some rule, right or wrong. */
  private static Tensor values(Tensor x, DoubleUnaryOperator f) {
    return Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(f).toArray());
  }

  private static Tensor cube(Tensor x) {
    Tensor y = values(x, v -> v * v * v);
    return Operation.enter("cube", y, wrt(x, g -> g.mul(x.square()).mul(3)));
  }

  private static void assertFound(
      GradientCheck check, Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    assertThatThrownBy(() -> check.check("planted", function, inputs))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("planted");
  }

  @Test
  void passesTheExampleOfOperation() {
    second.check("cube", in -> cube(in.get(0)), X);
    new GradientCheck()
        .withOrder(3)
        .withTolerance(1e-6, 1e-6)
        .check("cube", in -> cube(in.get(0)), X);
  }

  @Test
  void passesARightProduct() {
    second.check("matmul", in -> product(in.get(0), in.get(1), true), A, B);
  }

  @Test
  void findsAWrongSign() {
    assertFound(
        first,
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("cos", values(x, Math::cos), wrt(x, g -> g.mul(x.sin())));
        },
        X);
  }

  @Test
  void findsAMissingFactor() {
    assertFound(
        first,
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("square", values(x, v -> v * v), wrt(x, g -> g.mul(x)));
        },
        X);
  }

  @Test
  void findsADivisionInPlaceOfAProduct() {
    assertFound(
        first,
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("square", values(x, v -> v * v), wrt(x, g -> g.div(x.mul(2))));
        },
        X);
  }

  @Test
  void findsAForgottenTranspose() {
    Tensor square = Tensor.matrix(new double[] {1, 2}, new double[] {3, 4});
    Tensor other = Tensor.matrix(new double[] {-1, 0.5}, new double[] {2, 1});
    assertFound(first, in -> product(in.get(0), in.get(1), false), square, other);
  }

  private static Tensor product(Tensor a, Tensor b, boolean transpose) {
    Tensor y = a.detach().matmul(b.detach()).copy();
    return Operation.enter(
        "product",
        y,
        wrt(a, g -> g.matmul(transpose ? b.transpose() : b)),
        wrt(b, g -> a.transpose().matmul(g)));
  }

  @Test
  void findsAMissingSumOverABroadcastAxis() {
    Tensor row = Tensor.vector(1, 2, 3);
    assertThatThrownBy(
            () ->
                first.check(
                    "planted",
                    in -> {
                      Tensor a = in.get(0);
                      Tensor b = in.get(1);
                      Tensor y = a.detach().add(b.detach()).copy();
                      return Operation.enter("plus", y, wrt(a, g -> g), wrt(b, g -> g));
                    },
                    A,
                    row))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("plus", "shape 2×3", "input of shape 3", "sumTo");
  }

  @Test
  void findsAWrongSecondDerivativeBehindARightFirst() {
    Function<List<Tensor>, Tensor> frozenRule =
        in -> {
          Tensor x = in.get(0);
          // Right in value, but a constant: the derivative of the derivative is lost.
          return Operation.enter(
              "square", values(x, v -> v * v), wrt(x, g -> g.mul(x.detach().mul(2))));
        };
    assertThatCode(() -> first.check("planted", frozenRule, X)).doesNotThrowAnyException();
    assertThatThrownBy(() -> second.check("planted", frozenRule, X))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "gradient of planted: 3 of 6 derivatives are wrong (order 2, element by element)");
  }

  @Test
  void findsANumberReadInsideARule() {
    Function<List<Tensor>, Tensor> numberRead =
        in -> {
          Tensor x = in.get(0);
          return Operation.enter(
              "square", Tensor.scalar(x.item() * x.item()), wrt(x, g -> g.mul(2 * x.item())));
        };
    assertThatCode(() -> first.check("planted", numberRead, Tensor.scalar(3)))
        .doesNotThrowAnyException();
    assertFound(second, numberRead, Tensor.scalar(3));
  }

  @Test
  void findsAGradientThatIsNotANumber() {
    assertFound(
        first,
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("same", values(x, v -> v), wrt(x, g -> g.mul(Double.NaN)));
        },
        X);
  }

  @Test
  void findsAnInfiniteGradient() {
    assertFound(
        first,
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("same", values(x, v -> v), wrt(x, g -> g.div(0)));
        },
        X);
  }

  @Test
  void findsAnInputWithoutARule() {
    assertFound(
        first,
        in -> {
          Tensor a = in.get(0);
          Tensor b = in.get(1);
          Tensor y = a.detach().mul(b.detach()).copy();
          return Operation.enter("times", y, wrt(a, g -> g.mul(b)));
        },
        X,
        Tensor.vector(1, 2, 3));
  }

  @Test
  void findsAnOutputThatWasNotRecordedAtAll() {
    assertFound(first, in -> values(in.get(0), v -> v * v), X);
  }

  @Test
  void findsOneWrongElementAmongMany() {
    double[] factors = new double[50];
    Arrays.fill(factors, 1);
    factors[37] = 1.0001;
    Tensor almost = Tensor.vector(factors);
    assertThatThrownBy(
            () ->
                first.check(
                    "planted",
                    in -> {
                      Tensor x = in.get(0);
                      return Operation.enter("same", values(x, v -> v), wrt(x, almost::mul));
                    },
                    Tensor.ones(Shape.of(50))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("1 of 50 derivatives are wrong", "[37]");
  }

  @Test
  void theRandomWeightsSeeWhatAPlainSumWouldNot() {
    // Σ softmax = 1 whatever x is, so a check of the plain sum would accept a rule that returns 0.
    assertFound(
        first,
        in -> {
          Tensor x = in.get(0);
          Tensor y = x.detach().softmax(0).copy();
          return Operation.enter("softmax", y, wrt(x, g -> g.mul(0)));
        },
        X);
  }

  @Test
  void theMessageNamesFunctionInputElementAndBothValues() {
    Tensor ones = Tensor.ones(Shape.of(1, 2));
    Throwable error =
        catchThrowable(
            () ->
                first.check(
                    "my product",
                    in -> {
                      Tensor a = in.get(0);
                      Tensor b = in.get(1);
                      Tensor y = a.detach().mul(b.detach()).copy();
                      return Operation.enter(
                          "times", y, wrt(a, g -> g.mul(b)), wrt(b, g -> g.mul(a).neg()));
                    },
                    ones,
                    ones));
    assertThat(error)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "my product: 2 of 4 derivatives are wrong (order 1, element by element)\n")
        .hasMessageContainingAll("input 1 [0, 0]: analytic ", "input 1 [0, 1]: ", ", numeric ")
        .hasMessageNotContaining("input 0");
    // The weight u is the numeric value; the planted sign makes the analytic one −u.
    String[] words = error.getMessage().split("[ ,\n]+", -1);
    double analytic = Double.parseDouble(words[Arrays.asList(words).indexOf("analytic") + 1]);
    double numeric = Double.parseDouble(words[Arrays.asList(words).indexOf("numeric") + 1]);
    assertThat(Math.abs(numeric)).isBetween(0.5, 1.5);
    assertThat(analytic + numeric).isCloseTo(0, offset(1e-9));
  }

  @Test
  void aLongReportIsShortened() {
    Throwable error =
        catchThrowable(
            () ->
                first.check(
                    "planted", in -> values(in.get(0), v -> v * v), Tensor.ones(Shape.of(30))));
    assertThat(error).hasMessageContainingAll("30 of 30", "  … and 20 more\n");
    assertThat(error.getMessage().lines().filter(line -> line.contains(": analytic "))).hasSize(10);
  }

  @Test
  void theToleranceDecides() {
    Function<List<Tensor>, Tensor> slightlyOff =
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("same", values(x, v -> v), wrt(x, g -> g.mul(1.001)));
        };
    assertFound(first, slightlyOff, X);
    assertThatCode(() -> first.withTolerance(0, 1e-2).check("planted", slightlyOff, X))
        .doesNotThrowAnyException();
    assertThatCode(() -> first.withTolerance(1e-2, 0).check("planted", slightlyOff, X))
        .doesNotThrowAnyException();
  }

  @Test
  void theRelativeToleranceGoesWithTheSlope() {
    for (double slope : new double[] {1e-6, 1, 1e6}) {
      Function<List<Tensor>, Tensor> slightlyOff =
          in -> {
            Tensor x = in.get(0);
            Tensor y = values(x, v -> slope * v);
            return Operation.enter("scaled", y, wrt(x, g -> g.mul(1.001 * slope)));
          };
      assertThatCode(() -> first.withTolerance(0, 1e-2).check("planted", slightlyOff, X))
          .doesNotThrowAnyException();
      assertFound(first.withTolerance(0, 1e-4), slightlyOff, X);
    }
  }

  @Test
  void aFunctionOfNothingHasZeroGradients() {
    second.check("constant", in -> Tensor.vector(1, 2), X);
    second.check("sign", in -> in.get(0).sign(), X);
  }

  @Test
  void itCanBeUsedWhileATapeIsOpen() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(X);
      second.check("cube", in -> cube(in.get(0)), x);
      assertThat(tape.size()).isEqualTo(1);
    }
  }

  @Test
  void findsThatTheNumericSlopeIsInfinite() {
    assertFound(
        first,
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("exp", values(x, Math::exp), wrt(x, g -> g.mul(42)));
        },
        Tensor.vector(Math.log(Double.MAX_VALUE)));
  }

  @Test
  void refusesToCheckAFunctionOfNoInputs() {
    assertThatThrownBy(() -> first.check("planted", in -> Tensor.scalar(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsASecondDerivativeWithAnAntisymmetricError() {
    assertFound(
        second,
        in -> {
          Tensor x = in.get(0);
          return Operation.enter("same", values(x, v -> v), wrt(x, g -> antisymmetric(g, x)));
        },
        Tensor.vector(1, 2));
  }

  /** g, with a derivative to x of (h × g) in place of 0, where h is the gradient upstream. */
  private static Tensor antisymmetric(Tensor g, Tensor x) {
    Tensor constant = g.copy();
    return Operation.enter(
        "rule",
        values(g, v -> v),
        wrt(g, h -> h),
        wrt(
            x,
            h ->
                Tensor.full(Shape.of(2), h.get(0) * constant.get(1) - h.get(1) * constant.get(0))));
  }

  /**
   * The gradient of softmax is y (g − Σ g y), a difference of nearly equal numbers where one class
   * has nearly all: between two roundings of it, 10⁻¹² apart, the slope is another, and wider steps
   * see the right one.
   */
  @Test
  void betweenTwoRoundingsInsideTheSlopeIsNotTheFunctions() {
    Tensor x = Tensor.vector(2.681588520337088, -2.2708037465784847);
    for (long seed = 10_287_001; seed < 10_287_101; seed++) {
      new GradientCheck()
          .withOrder(2)
          .withSeed(seed)
          .check("softmax", in -> in.get(0).softmax(0), x);
    }
  }

  @Test
  void aFunctionThatReturnsNullIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> new GradientCheck().check("mine", in -> null, Tensor.scalar(1)))
        .withMessage("mine: the function returned null in place of a tensor");
  }
}
