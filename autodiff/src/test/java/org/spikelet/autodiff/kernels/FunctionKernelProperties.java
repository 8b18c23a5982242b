package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The vector kernels' pointwise functions agree with the reference ones. */
class FunctionKernelProperties {

  private static final Kernels VECTOR = new VectorKernels();
  private static final Kernels REFERENCE = new ReferenceKernels();

  /** All but GELU and its slope. */
  private static final Set<Function> FUNCTIONS =
      EnumSet.complementOf(EnumSet.of(Function.GELU, Function.GELU_SLOPE));

  private interface Pair {
    BinaryLoop of(Kernels kernels);
  }

  private static final List<Pair> PAIRS =
      List.of(k -> k::add, k -> k::sub, k -> k::mul, k -> k::div, k -> k::mask, k -> k::gate);

  /** What the vector functions promise, some beside the exact value, as the reference does. */
  private static int ulps(Function function) {
    return switch (function) {
      case TANH, SOFTPLUS, ERF, GELU, GELU_SLOPE -> 4;
      default -> 2;
    };
  }

  @Property(tries = 300)
  void functionsAreWithinAFewUlpAndWriteNothingElse(
      @ForAll @IntRange(max = 600) int n,
      @ForAll @IntRange(max = 20) int before,
      @ForAll @IntRange(max = 20) int after,
      @ForAll long seed) {
    assertWithinAFewUlp(spread(n + before + after, seed), before, before + n);
  }

  @Property(tries = 300)
  void functionsOfAnyBits(@ForAll @IntRange(max = 600) int n, @ForAll long seed) {
    double[] x =
        new SplittableRandom(seed).longs(n).mapToDouble(Double::longBitsToDouble).toArray();
    assertWithinAFewUlp(x, 0, n);
  }

  @Property(tries = 300)
  void functionsOfSpecialNumbers(@ForAll @IntRange(max = 600) int n, @ForAll long seed) {
    assertWithinAFewUlp(special(n, new SplittableRandom(seed)), 0, n);
  }

  private static void assertWithinAFewUlp(double[] x, int from, int to) {
    for (Function function : FUNCTIONS) {
      double[] actual = new double[x.length];
      double[] expected = new double[x.length];
      Arrays.fill(actual, 7);
      Arrays.fill(expected, 7);
      VECTOR.loop(function).run(x, actual, from, to);
      REFERENCE.loop(function).run(x, expected, from, to);
      for (int i = 0; i < x.length; i++) {
        // Not AssertJ's offset, which compares decimal numbers.
        assertThat(
                Double.compare(actual[i], expected[i]) == 0
                    || (expected[i] != 0
                        && Math.abs(actual[i] - expected[i])
                            <= ulps(function) * Math.ulp(expected[i])))
            .as("%s of %s: %s and %s", function, x[i], actual[i], expected[i])
            .isTrue();
      }
    }
  }

  @Property(tries = 100)
  void theResultsMayTakeThePlaceOfTheNumbers(
      @ForAll @IntRange(max = 600) int n, @ForAll @IntRange(max = 9) int from, @ForAll long seed) {
    double[] x = spread(from + n, seed);
    for (Function function : Function.values()) {
      double[] y = x.clone();
      VECTOR.loop(function).run(x, y, from, from + n);
      double[] same = x.clone();
      VECTOR.loop(function).run(same, same, from, from + n);
      assertThat(same).containsExactly(y);
    }
  }

  /** Each with what becomes of it, in turn. */
  @Example
  void specialValuesAreExact() {
    double inf = Double.POSITIVE_INFINITY;
    double nan = Double.NaN;
    double tiny = Double.MIN_VALUE;
    double ln2 = 0.6931471805599453;
    assertExact(Function.LOG, 0, -inf, -0.0, -inf, -tiny, nan, -1, nan, -inf, nan, inf, inf, 1, 0);
    assertExact(Function.LOG1P, 0, 0, -0.0, -0.0, tiny, tiny, -tiny, -tiny, -1, -inf, inf, inf);
    assertExact(Function.LOG1P, Math.nextDown(-1.0), nan, -inf, nan, -Double.MAX_VALUE, nan);
    assertExact(Function.SOFTPLUS, 0, ln2, -0.0, ln2, -inf, 0, -800, 0, 1e300, 1e300, inf, inf);
    assertExact(Function.SIN, 0, 0, -0.0, -0.0, tiny, tiny, -tiny, -tiny, inf, nan, -inf, nan);
    assertExact(Function.COS, 0, 1, -0.0, 1, tiny, 1, -tiny, 1, inf, nan, -inf, nan);
    for (Function function : Function.values()) {
      assertExact(function, nan, nan);
    }
  }

  private static void assertExact(Function function, double... numbersAndResults) {
    int n = numbersAndResults.length / 2;
    double[] x = new double[n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = numbersAndResults[2 * i];
      expected[i] = numbersAndResults[2 * i + 1];
    }
    for (Kernels kernels : List.of(VECTOR, REFERENCE)) {
      double[] y = new double[n];
      kernels.loop(function).run(x, y, 0, n);
      assertThat(y).as("%s, %s", function, kernels.description()).containsExactly(expected);
    }
  }

  /**
   * GELU's errors are those of 1 + erf, times x: where the sum is nearly 0 they are not small
   * beside it, and one may be 0 where the other is not.
   */
  @Property(tries = 300)
  void geluIsWithinAFewUlpOfX(@ForAll @IntRange(max = 600) int n, @ForAll long seed) {
    double[] x = special(n, new SplittableRandom(seed));
    double[][] y = new double[4][n];
    VECTOR.loop(Function.GELU).run(x, y[0], 0, n);
    REFERENCE.loop(Function.GELU).run(x, y[1], 0, n);
    VECTOR.loop(Function.GELU_SLOPE).run(x, y[2], 0, n);
    REFERENCE.loop(Function.GELU_SLOPE).run(x, y[3], 0, n);
    for (int i = 0; i < n; i++) {
      assertNear(y[0][i], y[1][i], ulps(Function.GELU) * Math.ulp(x[i]), x[i]);
      assertNear(y[2][i], y[3][i], ulps(Function.GELU_SLOPE) * Math.ulp(1.0), x[i]);
    }
  }

  private static void assertNear(double actual, double expected, double error, double x) {
    assertThat(
            Double.compare(actual, expected) == 0
                || (actual != expected && Math.abs(actual - expected) <= error)) // not 0 and −0
        .as("of %s: %s and %s", x, actual, expected)
        .isTrue();
  }

  /** Of every order of magnitude, both signs, and where the results over- and underflow. */
  private static double[] spread(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      double size =
          random.nextBoolean()
              ? StrictMath.pow(10, random.nextDouble(-320, 3))
              : random.nextDouble(700, 760);
      x[i] = random.nextBoolean() ? size : -size;
    }
    return x;
  }

  @Property(tries = 300)
  void pairsHaveTheSameBits(
      @ForAll @IntRange(max = 70) int n, @ForAll @IntRange(max = 9) int from, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = special(from + n, random);
    double[] b = special(2 * from + n, random);
    for (Pair pair : PAIRS) {
      double[] actual = new double[from + n + 3];
      double[] expected = new double[from + n + 3];
      pair.of(VECTOR).run(a, b, 2 * from, actual, from, from + n);
      pair.of(REFERENCE).run(a, b, 2 * from, expected, from, from + n);
      assertThat(actual).containsExactly(expected);
    }
  }

  private static double[] special(int n, SplittableRandom random) {
    double[] values = {
      0,
      -0.0,
      1,
      -1,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.MIN_VALUE,
      Double.NEGATIVE_INFINITY,
      1e300,
      -1e300
    };
    return random
        .ints(n, 0, 2 * values.length)
        .mapToDouble(i -> i < values.length ? values[i] : random.nextDouble(-9, 9))
        .toArray();
  }

  /**
   * Results may not depend on whether a loop has been compiled yet, nor on where an element lies.
   */
  @Example
  void theBitsStayTheSameFromTheFirstCallToTheTenThousandth() {
    double[] x = spread(37, 3);
    for (Function function : FUNCTIONS) {
      double[] first = new double[x.length];
      VECTOR.loop(function).run(x, first, 0, x.length);
      double[] last = new double[x.length];
      for (int i = 0; i < 10_000; i++) {
        VECTOR.loop(function).run(x, last, 0, x.length);
      }
      assertThat(last).containsExactly(first);
      double[] alone = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        VECTOR.loop(function).run(x, alone, i, i + 1);
      }
      assertThat(alone).containsExactly(first);
    }
  }
}
