package org.spikelet.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.spikelet.autodiff.Operation.wrt;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tensor;

/** A failure says what is wrong, and why the numeric value can be believed. */
class GradientCheckReportTest {

  private final GradientCheck check = new GradientCheck();

  private static Tensor with(Tensor x, DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
    Tensor y = Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(f).toArray());
    Tensor slope = Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(derivative).toArray());
    return Operation.enter("planted", y, wrt(x, g -> g.mul(slope)));
  }

  private String failure(DoubleUnaryOperator f, DoubleUnaryOperator derivative, double... x) {
    Throwable error =
        catchThrowable(
            () -> check.check("f", in -> with(in.get(0), f, derivative), Tensor.vector(x)));
    assertThat(error).isInstanceOf(AssertionError.class);
    return error.getMessage();
  }

  private static String reading(String message) {
    return message.substring(message.lastIndexOf('\n') + 1).strip();
  }

  @Test
  void theWholeMessageIsTheOneInTheDocumentation() {
    assertThatThrownBy(
            () ->
                check
                    .withNames("x")
                    .check(
                        "tanh",
                        in -> with(in.get(0), StrictMath::tanh, v -> 1 - StrictMath.tanh(v)),
                        Tensor.vector(0.5, 0, -2)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            tanh: 2 of 3 derivatives are wrong (order 1, element by element)
              x [2]: analytic -1.19088162533, numeric -0.0428388939120, error 1.15, allowed 1.43e-07, h 1.21e-05
              x [0]: analytic -0.744059149915, numeric -1.08790164911, error 0.344, allowed 1.19e-06, h 6.06e-06
              x [2] at other steps:
                step h   numeric               error
                2.0e-02  -0.0428491074338      1.15
                2.0e-03  -0.0428389960369      1.15
                2.0e-04  -0.0428388949276      1.15
                2.0e-05  -0.0428388939153      1.15
                2.0e-06  -0.0428388939098      1.15
                2.0e-07  -0.0428388939410      1.15
                2.0e-08  -0.0428388951429      1.15
                2.0e-09  -0.0428388889050      1.15
                2.0e-10  -0.0428388192090      1.15
                wrong rule: the error stays at 1.15 whatever the step""");
  }

  @Test
  void aWrongRuleIsReadAsOne() {
    String message = failure(Math::sin, v -> Math.cos(v) + 0.25, 0.3);
    assertThat(reading(message)).startsWith("wrong rule: the error stays at 0.");
    assertThat(message.lines().filter(line -> line.matches(" {4}1\\.0e-\\d\\d .*"))).hasSize(9);
  }

  @Test
  void truncationIsReadAsSuch() {
    // So steep that every step is too wide until round-off takes over.
    DoubleUnaryOperator f = v -> 1e8 + Math.sin(3e4 * v);
    String message = failure(f, v -> 3e4 * Math.cos(3e4 * v), 0);
    assertThat(reading(message)).startsWith("truncation: the error falls as h²");
  }

  @Test
  void roundOffIsReadAsSuch() {
    DoubleUnaryOperator coarse = v -> Math.rint(v * 1e8) / 1e8;
    String message = failure(coarse, v -> 1, 0.123456789, 0.3, 0.777777777);
    assertThat(reading(message)).startsWith("round-off: the error grows as 1/h");
  }

  @Test
  void aJumpIsReadAsSuch() {
    String message = failure(v -> v < 0 ? 0 : 1, v -> 0, 0);
    assertThat(reading(message)).startsWith("jump: the numeric slope itself grows as 1/h");
  }

  @Test
  void aKinkIsReadAsSuch() {
    String message = failure(Math::abs, v -> 3, 0);
    assertThat(message).contains("kink with slopes");
    assertThat(reading(message)).startsWith("kink: the slope is ").endsWith("lies outside");
  }

  @Test
  void theEdgeOfTheDomainIsReadAsSuch() {
    assertThat(reading(failure(Math::log, v -> 1 / v, 1e-6)))
        .startsWith("the function is not finite within a step of the point");
  }

  @Test
  void theWorstComesFirst() {
    String message = failure(v -> v, v -> 1 + v, 0.1, 3, -20, 1);
    assertThat(message.lines().skip(1).limit(4).map(line -> line.split(":", 2)[0].strip()))
        .containsExactly("input 0 [2]", "input 0 [1]", "input 0 [3]", "input 0 [0]");
    assertThat(message).contains("  input 0 [2] at other steps:\n");
  }

  @Test
  void namesAreUsedToAnyOrder() {
    assertThatThrownBy(
            () ->
                check
                    .withOrder(2)
                    .withNames("rate")
                    .check("f", in -> with(in.get(0), v -> v * v, v -> 2 * v), Tensor.vector(1, 2)))
        .hasMessageContainingAll("gradient of f: 2 of 4", "order 2", "rate [0]: ", "rate [1]: ");
  }

  @Test
  void namesMustBeOneForEachInput() {
    assertThatThrownBy(
            () -> check.withNames("a", "b").check("f", in -> in.get(0), Tensor.scalar(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("names: [a, b] for 1 inputs of f; give one for each");
  }

  @Test
  void directionsMustBeAtLeastOne() {
    assertThatThrownBy(() -> check.withDirections(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("directions: must be at least 1, got 0");
  }

  @Test
  void theResultCountsWhatWasCompared() {
    Tensor x = Tensor.vector(-1, 0, 2);
    GradientCheck.Result one = check.check("relu", in -> in.get(0).relu(), x);
    assertThat(one.derivatives()).isEqualTo(3);
    assertThat(one.kinks()).isEqualTo(1);
    assertThat(one.worst()).isBetween(0.0, 1e-2);
    // At second order the three upstream elements join, and the one at the kink is left out.
    assertThat(check.withOrder(2).check("relu", in -> in.get(0).relu(), x).derivatives())
        .isEqualTo(8);
    assertThat(check.withDirections(7).check("sin", in -> in.get(0).sin(), x).derivatives())
        .isEqualTo(7);
  }
}
