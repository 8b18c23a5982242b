package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Signed zeros, infinities, NaN, subnormal and huge numbers go through operations as through Java.
 */
class SpecialValuesTest {

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL / 2,
    -Double.MIN_NORMAL / 2,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1e300,
    -1e300,
    1,
    -1
  };

  private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("neg", x -> -x),
              Map.entry("exp", StrictMath::exp),
              Map.entry("expm1", StrictMath::expm1),
              Map.entry("log", StrictMath::log),
              Map.entry("log1p", StrictMath::log1p),
              Map.entry("sqrt", StrictMath::sqrt),
              Map.entry("square", x -> x * x),
              Map.entry("abs", StrictMath::abs),
              Map.entry("sign", StrictMath::signum),
              Map.entry("sin", StrictMath::sin),
              Map.entry("cos", StrictMath::cos),
              Map.entry("tanh", StrictMath::tanh),
              Map.entry("sigmoid", SpecialValuesTest::logistic),
              // Like Math.max, not like x > 0 ? x : 0, which would swallow NaN.
              Map.entry("relu", x -> StrictMath.max(x, 0)),
              Map.entry("softplus", SpecialValuesTest::softplus),
              Map.entry("erf", SpecialValuesTest::erf)));

  private static final Map<String, BinaryOperator<Tensor>> PAIRS =
      new TreeMap<>(
          Map.of(
              "add", Tensor::add,
              "sub", Tensor::sub,
              "mul", Tensor::mul,
              "div", Tensor::div,
              "pow", Tensor::pow,
              "maximum", Tensor::maximum,
              "minimum", Tensor::minimum,
              "greaterThan", Tensor::greaterThan,
              "lessThan", Tensor::lessThan,
              "equalTo", Tensor::equalTo));

  private static final Map<String, DoubleBinaryOperator> OF_NUMBERS =
      Map.of(
          "add", (a, b) -> a + b,
          "sub", (a, b) -> a - b,
          "mul", (a, b) -> a * b,
          "div", (a, b) -> a / b,
          "pow", StrictMath::pow,
          "maximum", StrictMath::max,
          "minimum", StrictMath::min,
          "greaterThan", (a, b) -> a > b ? 1 : 0,
          "lessThan", (a, b) -> a < b ? 1 : 0,
          "equalTo", (a, b) -> a == b ? 1 : 0);

  /** Functions of which the vector kernels promise 2 ulp; 0, the limits and NaN are exact. */
  private static final Set<String> ROUNDED = Set.of("exp", "expm1", "tanh", "sigmoid");

  private static boolean isOrdinary(double y) {
    return Math.abs(y) >= Double.MIN_NORMAL && Math.abs(y) < Double.POSITIVE_INFINITY;
  }

  @Test
  void noFunctionIsMissing() {
    Stream<String> declared =
        Arrays.stream(Unary.class.getDeclaredMethods())
            .filter(method -> method.getReturnType() == Tensor.class)
            .filter(method -> method.getParameterCount() == 0)
            .map(Method::getName);
    assertThat(FUNCTIONS.keySet()).containsExactlyInAnyOrderElementsOf(declared.toList());
  }

  @TestFactory
  Stream<DynamicTest> functions() {
    return FUNCTIONS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Method operation = Unary.class.getMethod(entry.getKey());
                      Tensor y = (Tensor) operation.invoke(Tensor.vector(SPECIAL));
                      for (int i = 0; i < SPECIAL.length; i++) {
                        double expected = entry.getValue().applyAsDouble(SPECIAL[i]);
                        String what = entry.getKey() + " of " + SPECIAL[i];
                        if (ROUNDED.contains(entry.getKey()) && isOrdinary(expected)) {
                          assertThat(y.get(i))
                              .as(what)
                              .isCloseTo(expected, within(2 * Math.ulp(expected)));
                        } else {
                          assertSame(y.get(i), expected, what);
                        }
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> pairs() {
    return PAIRS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      int n = SPECIAL.length;
                      Tensor a = Tensor.of(Shape.of(n, 1), SPECIAL);
                      Tensor y = entry.getValue().apply(a, Tensor.vector(SPECIAL));
                      DoubleBinaryOperator expected = OF_NUMBERS.get(entry.getKey());
                      for (int i = 0; i < n; i++) {
                        for (int j = 0; j < n; j++) {
                          assertSame(
                              y.get(i, j),
                              expected.applyAsDouble(SPECIAL[i], SPECIAL[j]),
                              entry.getKey() + " of " + SPECIAL[i] + " and " + SPECIAL[j]);
                        }
                      }
                    }));
  }

  /** The same bits, which tells 0 from −0, except that any NaN is NaN. */
  private static void assertSame(double actual, double expected, String what) {
    assertThat(Double.doubleToLongBits(actual))
        .as("%s: %s, expected %s", what, actual, expected)
        .isEqualTo(Double.doubleToLongBits(expected));
  }

  private static double logistic(double x) {
    return x == 0 ? 0.5 : x > 700 ? 1 : x < -700 ? 0 : 1 / (1 + StrictMath.exp(-x));
  }

  private static double softplus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }

  /** 2/√π · x near 0, and ±1 far away; what it is at ±1 is for {@link ErrorFunctionTest}. */
  private static double erf(double x) {
    return Math.abs(x) == 1
        ? Tensor.scalar(x).erf().item()
        : Math.abs(x) < 1e-300 ? 2 / Math.sqrt(Math.PI) * x : Math.signum(x);
  }
}
