package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Logarithms, sine and cosine against their series in decimal arithmetic of 60 digits. */
class FunctionPrecisionTest {

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal HALF_PI =
      ErrorFunctionPrecisionTest.PI.divide(TWO, MathContext.UNLIMITED);
  private static final BigDecimal LN_TWO =
      twiceArtanh(BigDecimal.ONE.divide(BigDecimal.valueOf(3), DIGITS));

  private static final List<Kernels> KERNELS = List.of(new ReferenceKernels(), new VectorKernels());

  private final SplittableRandom random = new SplittableRandom(1);

  /** Adds up terms, each made of the one before and its number, until they are too small. */
  private static BigDecimal series(BigDecimal first, Next next) {
    BigDecimal sum = first;
    BigDecimal term = first;
    for (int n = 1; term.abs().compareTo(sum.abs().movePointLeft(60)) > 0; n++) {
      term = next.term(term, BigDecimal.valueOf(n));
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  private interface Next {
    BigDecimal term(BigDecimal before, BigDecimal n);
  }

  /** 2 (s + s³/3 + s⁵/5 + …) = ln((1 + s) / (1 − s)). */
  private static BigDecimal twiceArtanh(BigDecimal s) {
    BigDecimal square = s.multiply(s, DIGITS);
    return series(
        s.multiply(TWO, DIGITS),
        (before, n) -> {
          BigDecimal odd = n.multiply(TWO).add(BigDecimal.ONE);
          return before.multiply(square, DIGITS).multiply(odd.subtract(TWO)).divide(odd, DIGITS);
        });
  }

  private static BigDecimal ln(BigDecimal x) {
    double y = x.doubleValue();
    int k = 0;
    for (; y >= 2; y /= 2) {
      k++;
    }
    for (; y < 0.5; y *= 2) {
      k--;
    }
    BigDecimal m = k < 0 ? x.multiply(TWO.pow(-k)) : k > 0 ? x.divide(TWO.pow(k), DIGITS) : x;
    BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), DIGITS);
    return LN_TWO.multiply(BigDecimal.valueOf(k)).add(s.signum() == 0 ? s : twiceArtanh(s), DIGITS);
  }

  private static BigDecimal ln1p(BigDecimal x) {
    return ln(BigDecimal.ONE.add(x));
  }

  private static BigDecimal softplus(BigDecimal x) {
    BigDecimal part = x.abs().negate().divide(BigDecimal.valueOf(1024), DIGITS);
    BigDecimal exponential =
        series(BigDecimal.ONE, (before, n) -> before.multiply(part, DIGITS).divide(n, DIGITS))
            .pow(1024, DIGITS);
    return x.max(BigDecimal.ZERO).add(ln1p(exponential), DIGITS);
  }

  private static BigDecimal sin(BigDecimal x) {
    return sineOfQuarters(x, 0);
  }

  private static BigDecimal cos(BigDecimal x) {
    return sineOfQuarters(x, 1);
  }

  /** sin(x + quarters · π/2). */
  private static BigDecimal sineOfQuarters(BigDecimal x, int quarters) {
    BigDecimal n = x.divide(HALF_PI, 0, RoundingMode.HALF_EVEN);
    BigDecimal r = x.subtract(n.multiply(HALF_PI)).round(DIGITS);
    BigDecimal square = r.multiply(r, DIGITS).negate();
    int quadrant = Math.floorMod(n.intValueExact() + quarters, 4);
    int odd = quadrant % 2; // r, r³/3!, … or 1, r²/2!, …
    BigDecimal sine =
        series(
            odd == 1 ? BigDecimal.ONE : r,
            (before, k) -> {
              BigDecimal last = k.multiply(TWO).add(BigDecimal.valueOf(1 - odd));
              BigDecimal factors = last.multiply(last.subtract(BigDecimal.ONE));
              return before.multiply(square, DIGITS).divide(factors, DIGITS);
            });
    return quadrant < 2 ? sine : sine.negate();
  }

  private void assertWithin(
      double ulps, Function function, UnaryOperator<BigDecimal> exact, int n, DoubleSupplier draw) {
    assertWithin(ulps, function, exact, DoubleStream.generate(draw).limit(n).toArray());
  }

  private static void assertWithin(
      double ulps, Function function, UnaryOperator<BigDecimal> exact, double... x) {
    double[][] y = new double[KERNELS.size()][x.length];
    for (int k = 0; k < y.length; k++) {
      KERNELS.get(k).loop(function).run(x, y[k], 0, x.length);
    }
    for (int i = 0; i < x.length; i++) {
      BigDecimal value = exact.apply(new BigDecimal(x[i]));
      BigDecimal ulp = new BigDecimal(Math.ulp(value.doubleValue()));
      for (int k = 0; k < y.length; k++) {
        BigDecimal error = new BigDecimal(y[k][i]).subtract(value).abs();
        assertThat(error.divide(ulp, MathContext.DECIMAL32).doubleValue())
            .as("ulps of %s at %s, %s", function, x[i], KERNELS.get(k).description())
            .isLessThanOrEqualTo(ulps);
      }
    }
  }

  private double signed(double size) {
    return random.nextBoolean() ? size : -size;
  }

  /** Of every order of magnitude between two powers of 10. */
  private double magnitude(double low, double high) {
    return StrictMath.pow(10, random.nextDouble(low, high));
  }

  private double positiveByBits() {
    double x = Double.longBitsToDouble(random.nextLong() >>> 1);
    return x < Double.POSITIVE_INFINITY ? x : 1;
  }

  @Test
  void logarithm() {
    assertWithin(1, Function.LOG, FunctionPrecisionTest::ln, 1000, this::positiveByBits);
    assertWithin(1, Function.LOG, FunctionPrecisionTest::ln, 3000, () -> random.nextDouble(0.5, 2));
    assertWithin(
        1, Function.LOG, FunctionPrecisionTest::ln, 1000, () -> 1 + signed(magnitude(-15.9, -1)));
    assertWithin(
        1,
        Function.LOG,
        FunctionPrecisionTest::ln,
        300,
        () -> Double.MIN_VALUE * (1 + (random.nextLong() >>> random.nextInt(12, 63))));
  }

  /** Next to 1, to a power of 2, to √½ and √2, where k changes, and the ends. */
  @Test
  void singularPointsOfTheLogarithm() {
    for (double x :
        new double[] {1, 2, 0.5, Math.sqrt(2), Math.sqrt(0.5), 0x1p-1000 * Math.sqrt(2)}) {
      double[] beside = {
        Math.nextDown(Math.nextDown(x)),
        Math.nextDown(x),
        Math.nextUp(x),
        Math.nextUp(Math.nextUp(x))
      };
      assertWithin(1, Function.LOG, FunctionPrecisionTest::ln, beside);
    }
    assertWithin(
        1,
        Function.LOG,
        FunctionPrecisionTest::ln,
        Double.MIN_VALUE,
        Math.nextDown(Double.MIN_NORMAL),
        Double.MIN_NORMAL,
        Double.MAX_VALUE);
  }

  @Test
  void logarithmOfOnePlus() {
    UnaryOperator<BigDecimal> exact = FunctionPrecisionTest::ln1p;
    assertWithin(1, Function.LOG1P, exact, 500, this::positiveByBits);
    assertWithin(1, Function.LOG1P, exact, 3000, () -> random.nextDouble(-0.6, 1));
    assertWithin(1, Function.LOG1P, exact, 1000, () -> signed(magnitude(-18, -3)));
    assertWithin(1, Function.LOG1P, exact, 200, () -> signed(magnitude(-320, -18)));
    assertWithin(1, Function.LOG1P, exact, 500, () -> -1 + magnitude(-15.9, -0.5));
    assertWithin(1, Function.LOG1P, exact, 500, () -> magnitude(0, 20));
    assertWithin(1, Function.LOG1P, exact, Math.nextUp(-1.0), 0x1p-53, -0x1p-53, -0x1p-54, 0x1p53);
    assertWithin(1, Function.LOG1P, exact, Double.MIN_VALUE, Double.MAX_VALUE);
  }

  @Test
  void softplus() {
    UnaryOperator<BigDecimal> exact = FunctionPrecisionTest::softplus;
    assertWithin(2, Function.SOFTPLUS, exact, 3000, () -> random.nextDouble(-3, 1));
    assertWithin(2, Function.SOFTPLUS, exact, 1000, () -> random.nextDouble(-40, 40));
    assertWithin(2, Function.SOFTPLUS, exact, 300, () -> random.nextDouble(-745, -40));
    assertWithin(2, Function.SOFTPLUS, exact, 300, () -> signed(magnitude(-20, 2)));
  }

  @Test
  void sineAndCosine() {
    for (double range : new double[] {0.8, 4, 1000, VectorSine.LIMIT}) {
      assertSineAndCosine(1500, () -> random.nextDouble(-range, range));
    }
    assertSineAndCosine(500, () -> signed(magnitude(-300, 0)));
  }

  /** The doubles nearest to a multiple of π/2, up to the limit, and the nearest of all. */
  @Test
  void singularPointsOfSineAndCosine() {
    assertSineAndCosine(
        2000,
        () -> {
          int n = (int) magnitude(0, 8.8);
          return signed(HALF_PI.multiply(BigDecimal.valueOf(n)).doubleValue());
        });
    double[] nearest = {
      45.553093477052, 91.106186954104, 14461176.67027838, 231378826.72445408, VectorSine.LIMIT
    };
    assertSineAndCosine(nearest.length, DoubleStream.of(nearest).iterator()::nextDouble);
    assertThat(cos(new BigDecimal(nearest[0])).abs().doubleValue())
        .isEqualTo(6.189806365883577e-19);
  }

  /** And on both sides of π/4 and its odd multiples, where one series follows the other. */
  @Test
  void whereTheQuadrantChanges() {
    for (int n = 1; n < 200; n += 2) {
      double x = n * Math.PI / 4;
      double[] beside = {Math.nextDown(x), x, Math.nextUp(x)};
      assertSineAndCosine(beside.length, DoubleStream.of(beside).iterator()::nextDouble);
    }
  }

  private void assertSineAndCosine(int n, DoubleSupplier draw) {
    double[] x = DoubleStream.generate(draw).limit(n).toArray();
    assertWithin(1, Function.SIN, FunctionPrecisionTest::sin, x);
    assertWithin(1, Function.COS, FunctionPrecisionTest::cos, x);
  }

  @Test
  void beyondTheLimitTheyAreStrictMaths() {
    double[] x = DoubleStream.generate(() -> signed(magnitude(9.1, 308))).limit(600).toArray();
    for (int i = 0; i < x.length; i += 3) {
      x[i] = random.nextDouble(); // among others
    }
    double[] sine = new double[x.length];
    double[] cosine = new double[x.length];
    new VectorKernels().loop(Function.SIN).run(x, sine, 0, x.length);
    new VectorKernels().loop(Function.COS).run(x, cosine, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      if (i % 3 != 0) {
        assertThat(sine[i]).as("sin %s", x[i]).isEqualTo(StrictMath.sin(x[i]));
        assertThat(cosine[i]).as("cos %s", x[i]).isEqualTo(StrictMath.cos(x[i]));
      }
    }
  }
}
