package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** NaN is never swallowed: whoever computes with it gets NaN, and others are left alone. */
class NotANumberTest {

  private static final double NAN = Double.NaN;

  private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS =
      Map.ofEntries(
          Map.entry("neg", Tensor::neg),
          Map.entry("exp", Tensor::exp),
          Map.entry("log", Tensor::log),
          Map.entry("sqrt", Tensor::sqrt),
          Map.entry("square", Tensor::square),
          Map.entry("abs", Tensor::abs),
          Map.entry("sign", Tensor::sign),
          Map.entry("sin", Tensor::sin),
          Map.entry("cos", Tensor::cos),
          Map.entry("tanh", Tensor::tanh),
          Map.entry("sigmoid", Tensor::sigmoid),
          Map.entry("relu", Tensor::relu),
          Map.entry("softplus", Tensor::softplus),
          Map.entry("erf", Tensor::erf),
          Map.entry("clip", x -> x.clip(-1, 1)));

  private static final Map<String, BinaryOperator<Tensor>> PAIRS =
      Map.of(
          "add", Tensor::add,
          "sub", Tensor::sub,
          "mul", Tensor::mul,
          "div", Tensor::div,
          "pow", Tensor::pow,
          "maximum", Tensor::maximum,
          "minimum", Tensor::minimum,
          "matmul", (a, b) -> a.reshape(3, 1).matmul(b.reshape(1, 1)).reshape(3));

  private static final Map<String, UnaryOperator<Tensor>> REDUCTIONS =
      Map.of(
          "sum", x -> x.sum(1),
          "mean", x -> x.mean(1),
          "max", x -> x.max(1),
          "min", x -> x.min(1),
          "logSumExp", x -> x.logSumExp(1),
          "softmax", x -> x.softmax(1).sum(1),
          "logSoftmax", x -> x.logSoftmax(1).sum(1));

  @TestFactory
  Stream<DynamicTest> functionsKeepItInItsPlace() {
    return FUNCTIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      double[] y = entry.getValue().apply(Tensor.vector(0.5, NAN, 0.5)).toArray();
                      assertThat(y[0]).isNotNaN().isEqualTo(y[2]);
                      assertThat(y[1]).isNaN();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> pairsTakeItFromEitherSide() {
    return PAIRS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Tensor numbers = Tensor.vector(0.5, NAN, 0.5);
                      double[] left = entry.getValue().apply(numbers, Tensor.vector(2)).toArray();
                      assertThat(left[0]).isNotNaN().isEqualTo(left[2]);
                      assertThat(left[1]).isNaN();
                      Tensor right =
                          entry.getValue().apply(Tensor.vector(1, 2, 3), Tensor.vector(NAN));
                      assertThat(right.toArray()).containsExactly(NAN, NAN, NAN);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> reductionsKeepItInItsGroup() {
    Tensor rows = Tensor.matrix(new double[] {1, 2, 3}, new double[] {1, NAN, 3});
    return REDUCTIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      double[] y = entry.getValue().apply(rows).toArray();
                      assertThat(y[0]).isNotNaN();
                      assertThat(y[1]).isNaN();
                    }));
  }

  @Test
  void zeroTimesNotANumberIsNotSkippedInAProduct() {
    Tensor zeros = Tensor.zeros(Shape.of(1, 5));
    double[] column = {1, NAN, 1, 1, Double.POSITIVE_INFINITY};
    assertThat(zeros.matmul(Tensor.vector(column)).toArray()).containsExactly(NAN);
  }

  @Test
  void comparisonsWithItAreFalse() {
    Tensor x = Tensor.vector(NAN);
    assertThat(x.greaterThan(0).toArray()).containsExactly(0);
    assertThat(x.lessThan(0).toArray()).containsExactly(0);
    assertThat(x.equalTo(x).toArray()).containsExactly(0);
  }

  @Test
  void aRootOrLogarithmOfANegativeNumberIsIt() {
    assertThat(Tensor.vector(-1).sqrt().toArray()).containsExactly(NAN);
    assertThat(Tensor.vector(-1).log().toArray()).containsExactly(NAN);
    assertThat(Tensor.vector(-1).pow(0.5).toArray()).containsExactly(NAN);
  }
}
