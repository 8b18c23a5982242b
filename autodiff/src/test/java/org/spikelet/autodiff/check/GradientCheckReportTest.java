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
              x [2]: analytic -1.19088162533, numeric -0.0428388939063 ± 2.4e-12, error 1.15, allowed 1.43e-07
              x [0]: analytic -0.744059149915, numeric -1.08790164911 ± 4.8e-12, error 0.344, allowed 1.19e-06
              x [2] at other steps:
                step h   slope to the left   to the right        over both
                6.6e-03  -0.0425683460353    -0.0431116512601    -0.0428399986477
                1.6e-03  -0.0427748276765    -0.0429030832656    -0.0428389554710
                3.7e-04  -0.0428237588274    -0.0428540358469    -0.0428388973372
                8.7e-05  -0.0428353203797    -0.0428424678145    -0.0428388940971
                2.0e-05  -0.0428380502754    -0.0428397375577    -0.0428388939166
                4.8e-06  -0.0428386947521    -0.0428390930676    -0.0428388939099
                1.1e-06  -0.0428388468716    -0.0428389409517    -0.0428388939116
                2.7e-07  -0.0428388828584    -0.0428389051521    -0.0428388940052
                6.3e-08  -0.0428388914949    -0.0428388968004    -0.0428388941477
                wrong rule: the slope is -0.04283889391 ± 2.4e-12, 1.15 away""");
  }

  @Test
  void aWrongRuleIsReadAsOne() {
    String message = failure(Math::sin, v -> Math.cos(v) + 0.25, 0.3);
    assertThat(reading(message))
        .matches("wrong rule: the slope is -?[0-9.]+ ± [0-9.e-]+, 0\\.\\d+ away");
    assertThat(message.lines().filter(line -> line.matches(" {4}\\d\\.\\de-\\d\\d .*"))).hasSize(9);
  }

  @Test
  void aFunctionTooSteepForItsPrecisionIsReadAsSuch() {
    // So steep that every step is too wide until round-off takes over.
    DoubleUnaryOperator f = v -> 1e8 + Math.sin(3e4 * v);
    String message = failure(f, v -> 3e4 * Math.cos(3e4 * v), 0);
    assertThat(reading(message)).startsWith("cannot tell: the function is only exact to ");
  }

  @Test
  void roundingInsideIsReadAsSuch() {
    DoubleUnaryOperator coarse = v -> Math.rint(v * 1e8) / 1e8;
    String message = failure(coarse, v -> 1, 0.123456789, 0.3, 0.777777777);
    assertThat(message).startsWith("f: 2 of 3 cannot be told right or wrong");
    assertThat(reading(message))
        .matches("cannot tell: the function is only exact to \\d(\\.\\d)?e-08, .*withTolerance.*");
  }

  @Test
  void aJumpIsReadAsSuch() {
    String message = failure(v -> v < 0 ? 0 : 1, v -> 0, 0);
    assertThat(reading(message))
        .startsWith("cannot tell: the function jumps at the point: its slope grows as 1/h");
  }

  @Test
  void aKinkIsReadAsSuch() {
    String message = failure(Math::abs, v -> 3, 0);
    assertThat(message).contains("kink with slopes");
    assertThat(reading(message))
        .startsWith("kink: the slopes of its sides are ")
        .endsWith("lies outside");
  }

  @Test
  void theEdgeOfTheDomainIsReadAsSuch() {
    assertThat(reading(failure(Math::sqrt, v -> 0.5 / Math.sqrt(v + 1), 0)))
        .startsWith("cannot tell: the function is not finite beside the point, at any step");
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
