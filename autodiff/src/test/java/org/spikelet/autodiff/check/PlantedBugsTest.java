package org.spikelet.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.autodiff.Operation.wrt;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.LiveArray;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Mistakes that rules really have, one test for each; the checker finds every one. */
class PlantedBugsTest {

  private static final Tensor X = Tensor.vector(-1.5, 0.5, 2);
  private static final Tensor Y = Tensor.vector(0.7, -2, 1.2);
  private static final Tensor BIG = Tensor.of(Shape.of(40, 50), new double[2000]).add(0.3);

  private final GradientCheck first = new GradientCheck();
  private final GradientCheck second = new GradientCheck().withOrder(2);

  private static Tensor values(Tensor x, DoubleUnaryOperator f) {
    return Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(f).toArray());
  }

  /** y = x² with a rule of one's own. */
  private static Tensor square(Tensor x, UnaryOperator<Tensor> rule) {
    return Operation.enter("square", values(x, v -> v * v), wrt(x, rule));
  }

  /** y = a · b with rules of one's own. */
  private static Tensor product(
      Tensor a, Tensor b, UnaryOperator<Tensor> ruleA, UnaryOperator<Tensor> ruleB) {
    Tensor y = a.detach().mul(b.detach()).copy();
    return Operation.enter("product", y, wrt(a, ruleA), wrt(b, ruleB));
  }

  private static void assertFound(
      String hint, GradientCheck check, Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    assertThatThrownBy(() -> check.check("planted", function, inputs))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("planted: ")
        .hasMessageContaining(hint);
    assertThatThrownBy(() -> check.withDirections(5).check("planted", function, inputs))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("planted: ");
  }

  @Test
  void theRightRulesPass() {
    second.check("square", in -> square(in.get(0), g -> g.mul(in.get(0)).mul(2)), X);
    Function<List<Tensor>, Tensor> f =
        in -> product(in.get(0), in.get(1), g -> g.mul(in.get(1)), g -> g.mul(in.get(0)));
    second.check("product", f, X, Y);
    second.withDirections(5).check("product", f, X, Y);
  }

  @Test
  void wrongSign() {
    assertFound(
        "the sign is wrong", first, in -> square(in.get(0), g -> g.mul(in.get(0)).mul(-2)), X);
  }

  @Test
  void missingTerm() {
    // y = x · sin x without x · cos x.
    assertFound(
        "wrong rule",
        first,
        in ->
            Operation.enter(
                "xsin",
                values(in.get(0), v -> v * StrictMath.sin(v)),
                wrt(in.get(0), g -> g.mul(in.get(0).sin()))),
        X);
  }

  @Test
  void missingFactor() {
    assertFound(
        "analytic / numeric = 0.5", first, in -> square(in.get(0), g -> g.mul(in.get(0))), X);
  }

  @Test
  void forgottenTranspose() {
    Tensor a = Tensor.matrix(new double[] {1, 2}, new double[] {3, 4});
    Tensor b = Tensor.matrix(new double[] {-1, 0.5}, new double[] {2, 1});
    assertFound(
        "wrong rule",
        first,
        in ->
            Operation.enter(
                "matmul",
                in.get(0).detach().matmul(in.get(1).detach()).copy(),
                wrt(in.get(0), g -> g.matmul(in.get(1))),
                wrt(in.get(1), g -> in.get(0).transpose().matmul(g))),
        a,
        b);
  }

  @Test
  void missingSumOverABroadcastAxis() {
    Function<List<Tensor>, Tensor> broadcast =
        in ->
            Operation.enter(
                "add",
                in.get(0).detach().add(in.get(1).detach()).copy(),
                wrt(in.get(0), g -> g),
                wrt(in.get(1), g -> g));
    assertThatThrownBy(() -> first.check("planted", broadcast, Tensor.ones(Shape.of(2, 3)), X))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sumTo(input.shape())");
  }

  @Test
  void firstRowInPlaceOfTheSumOverABroadcastAxis() {
    assertFound(
        "input 1 [",
        first,
        in ->
            Operation.enter(
                "add",
                in.get(0).detach().add(in.get(1).detach()).copy(),
                wrt(in.get(0), g -> g),
                wrt(in.get(1), g -> g.slice(0, 0, 1).reshape(3))),
        Tensor.ones(Shape.of(2, 3)),
        X);
  }

  @Test
  void divisionByTheUpstreamInPlaceOfTheProduct() {
    UnaryOperator<Tensor> rule = g -> Tensor.scalar(2).mul(X.copy()).div(g);
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(X);
      // With ones upstream nobody sees it.
      assertThat(tape.gradients(square(x, rule).sum()).of(x).toArray())
          .containsExactly(X.mul(2).toArray());
    }
    assertFound("wrong rule", first, in -> square(in.get(0), g -> in.get(0).mul(2).div(g)), X);
  }

  @Test
  void valueOutsideOfTheSlopesAtAKink() {
    assertFound(
        "lies outside",
        first,
        in ->
            Operation.enter(
                "abs",
                values(in.get(0), Math::abs),
                wrt(in.get(0), g -> g.mul(values(in.get(0), v -> v < 0 ? -1 : v > 0 ? 1 : 9)))),
        Tensor.vector(1, 0, 0));
  }

  @Test
  void valueCachedFromAnEarlierCall() {
    AtomicReference<Tensor> buffer = new AtomicReference<>();
    assertFound(
        "zero upstream",
        first,
        in ->
            square(
                in.get(0),
                g -> {
                  buffer.compareAndSet(null, g.mul(in.get(0)).mul(2).copy());
                  return buffer.get();
                }),
        X);
  }

  @Test
  void bufferThatIsNotCleared() {
    Parameter buffer = Parameter.frozen("buffer", Tensor.zeros(Shape.of(3)));
    assertFound(
        "repeatability: the gradient of input 0 [0]",
        first,
        in ->
            square(
                in.get(0),
                g -> {
                  double[] more = g.mul(in.get(0)).mul(2).toArray();
                  buffer.update(sum -> Arrays.setAll(sum, i -> sum[i] + more[i]));
                  return buffer.copy();
                }),
        X);
  }

  @Test
  void rightAtFirstOrderButWrongAtSecond() {
    Function<List<Tensor>, Tensor> frozen =
        in -> square(in.get(0), g -> g.mul(in.get(0).detach()).mul(2));
    assertThatCode(() -> first.check("planted", frozen, X)).doesNotThrowAnyException();
    assertFound("gradient of planted: 3 of 6", second, frozen, X);
  }

  @Test
  void rightToSecondOrderButWrongAtThird() {
    Function<List<Tensor>, Tensor> frozen =
        in -> {
          Tensor x = in.get(0);
          return Operation.enter(
              "cube",
              values(x, v -> v * v * v),
              wrt(x, g -> g.mul(square(x, h -> h.mul(x.detach()).mul(2))).mul(3)));
        };
    assertThatCode(() -> second.check("planted", frozen, X)).doesNotThrowAnyException();
    assertFound("gradient of gradient of planted: ", first.withOrder(3), frozen, X);
  }

  @Test
  void gradientThatIsNotANumber() {
    assertFound("the rule returns NaN", first, in -> square(in.get(0), g -> g.mul(Double.NaN)), X);
  }

  @Test
  void inputWithoutARule() {
    assertFound(
        "is a rule missing?",
        first,
        in ->
            Operation.enter(
                "product",
                in.get(0).detach().mul(in.get(1).detach()).copy(),
                wrt(in.get(0), g -> g.mul(in.get(1)))),
        X,
        Y);
  }

  @Test
  void gradientsOfTheInputsSwapped() {
    assertFound(
        "6 of 6",
        first,
        in -> product(in.get(0), in.get(1), g -> g.mul(in.get(0)), g -> g.mul(in.get(1))),
        X,
        Y);
  }

  @Test
  void ruleThatIsNotRepeatable() {
    AtomicInteger calls = new AtomicInteger();
    // Off by less than the tolerance, and still not the same.
    assertFound(
        "repeatability: the gradient",
        first,
        in -> square(in.get(0), g -> g.mul(in.get(0)).mul(2 + 1e-12 * calls.incrementAndGet())),
        X);
  }

  @Test
  void outputThatIsNotRepeatable() {
    AtomicInteger calls = new AtomicInteger();
    assertFound(
        "repeatability: output element 0",
        first,
        in -> in.get(0).mul(1 + 1e-12 * calls.incrementAndGet()),
        X);
  }

  @Test
  void gradientThatIsNotZeroForZeroUpstream() {
    // Smaller than the tolerance, so that no difference shows it.
    assertFound(
        "zero upstream: the gradient of input 0 [0] is 1.0E-9",
        first,
        in -> square(in.get(0), g -> g.mul(in.get(0)).mul(2).add(1e-9)),
        X);
  }

  @Test
  void zeroTimesInfinity() {
    assertFound(
        "zero upstream: the gradient of input 0 [1] is NaN",
        first,
        in -> {
          Tensor x = in.get(0);
          // An infinite slope, taken only where the upstream gradient is 0.
          return square(
              x,
              g ->
                  g.equalTo(0)
                      .where(g.mul(Double.POSITIVE_INFINITY), g.mul(x).mul(2))
                      .mask(Tensor.vector(0, 1, 0))
                      .add(g.mul(x).mul(2).mul(Tensor.vector(1, 0, 1))));
        },
        X);
  }

  @Test
  void inputsChangedByTheRule() {
    assertFound(
        "changed inputs: input 0 [0] was -1.5",
        first,
        in ->
            square(
                in.get(0),
                g -> {
                  Tensor d = g.mul(in.get(0)).mul(2);
                  LiveArray.of(in.get(0))[0] = 7;
                  return d;
                }),
        X);
  }

  @Test
  void oneFarElementOfALargeTensor() {
    Tensor almost = values(BIG, v -> 1);
    LiveArray.of(almost)[1987] = 1.0001;
    assertThatThrownBy(
            () ->
                first.check(
                    "planted",
                    in ->
                        Operation.enter(
                            "same", in.get(0).detach().copy(), wrt(in.get(0), almost::mul)),
                    BIG))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("planted: 1 of 2000", "input 0 [39, 37]: ");
  }

  @Test
  void wrongOnlyAlongDirections() {
    // y = a²b / (a² + b²) at 0 is 0 on both axes, so both partial derivatives are 0; and yet along
    // the direction (p, q) the slope is p²q.
    Function<List<Tensor>, Tensor> f =
        in -> {
          double a = in.get(0).get(0);
          double b = in.get(0).get(1);
          double y = a == 0 ? 0 : a * a * b / (a * a + b * b);
          return Operation.enter("saddle", Tensor.scalar(y), wrt(in.get(0), g -> in.get(0).mul(g)));
        };
    Tensor origin = Tensor.vector(0, 0);
    assertThatCode(() -> first.check("planted", f, origin)).doesNotThrowAnyException();
    assertThatThrownBy(() -> first.withDirections(3).check("planted", f, origin))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("3 of 3", "along 3 directions", "direction 0: analytic");
  }

  @Test
  void anotherNumberOfOutputsIsNoCrash() {
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                first.check(
                    "sized", in -> Tensor.ones(Shape.of(2 - calls.getAndIncrement() % 2)), X))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the number of outputs was ");
    assertThatThrownBy(
            () ->
                first.check(
                    "cut",
                    in -> in.get(0).slice(0, 0, in.get(0).get(0) < 0 ? 1 : 2),
                    Tensor.vector(0, 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "cut: 2 outputs at the point, 1 beside it; there is no slope unless it has as many");
  }
}
