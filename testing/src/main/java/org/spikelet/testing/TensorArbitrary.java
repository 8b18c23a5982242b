package org.spikelet.testing;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.arbitraries.ArbitraryDecorator;
import net.jqwik.api.arbitraries.ListArbitrary;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * Tensors with short decimal numbers; at first multiples of 0.01 from −2 to 2.
 *
 * <p>Each method returns tensors with one more wish fulfilled. They shrink to smaller shapes, if
 * the shape is not fixed, and to numbers near 0 with exponent 0.
 */
public final class TensorArbitrary extends ArbitraryDecorator<Tensor> {

  private static final int SCALE = 2;
  // An extra number is taken about once in five times.
  private static final int PLAIN_SHARE = 4;

  private final Arbitrary<Shape> shapes;
  private final double low;
  private final double high;
  private final double target;
  private final int leastExponent;
  private final int mostExponent;
  private final double margin;
  private final double[] avoided;
  private final double[] extra;
  private final boolean distinct;

  TensorArbitrary(Arbitrary<Shape> shapes) {
    this(shapes, -2, 2, 0, 0, 0, 0, new double[0], new double[0], false);
  }

  private TensorArbitrary(
      Arbitrary<Shape> shapes,
      double low,
      double high,
      double target,
      int leastExponent,
      int mostExponent,
      double margin,
      double[] avoided,
      double[] extra,
      boolean distinct) {
    this.shapes = shapes;
    this.low = low;
    this.high = high;
    this.target = target;
    this.leastExponent = leastExponent;
    this.mostExponent = mostExponent;
    this.margin = margin;
    this.avoided = avoided;
    this.extra = extra;
    this.distinct = distinct;
  }

  /**
   * Returns tensors with numbers in this range, both ends included, before any scaling.
   *
   * @throws IllegalArgumentException if low &gt; high or one is not finite
   */
  public TensorArbitrary between(double low, double high) {
    if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "between: needs finite low ≤ high, got %s and %s".formatted(low, high));
    }
    return new TensorArbitrary(
        shapes, low, high, target, leastExponent, mostExponent, margin, avoided, extra, distinct);
  }

  /**
   * Returns tensors whose numbers shrink towards this one, or the end of their range next to it,
   * instead of 0, where many functions behave in a way of their own.
   */
  public TensorArbitrary shrinkingTowards(double target) {
    return new TensorArbitrary(
        shapes, low, high, target, leastExponent, mostExponent, margin, avoided, extra, distinct);
  }

  /** Returns tensors with numbers from 0.25 to 2 only, before any scaling. */
  public TensorArbitrary positive() {
    return between(0.25, 2);
  }

  /**
   * Returns tensors of which each number is multiplied by its own power of ten: {@code scaled(-6,
   * 6)} gives scales from 10⁻⁶ to 10⁶.
   *
   * @throws IllegalArgumentException if the range is empty
   */
  public TensorArbitrary scaled(int leastExponent, int mostExponent) {
    if (leastExponent > mostExponent) {
      throw new IllegalArgumentException(
          "scaled: the range %s to %s is empty".formatted(leastExponent, mostExponent));
    }
    return new TensorArbitrary(
        shapes, low, high, target, leastExponent, mostExponent, margin, avoided, extra, distinct);
  }

  /**
   * Returns tensors without numbers nearer to a point than the margin: away from the kinks of a
   * function. Numbers asked for with {@link #on} and {@link #including} are exempt.
   */
  public TensorArbitrary awayFrom(double margin, double... points) {
    return new TensorArbitrary(
        shapes,
        low,
        high,
        target,
        leastExponent,
        mostExponent,
        margin,
        points.clone(),
        extra,
        distinct);
  }

  /** Returns tensors in which about every fifth number is one of these: on the kinks. */
  public TensorArbitrary on(double... points) {
    double[] more = DoubleStream.concat(Arrays.stream(extra), Arrays.stream(points)).toArray();
    return new TensorArbitrary(
        shapes, low, high, target, leastExponent, mostExponent, margin, avoided, more, distinct);
  }

  /** Returns tensors in which about every fifth number is one of these. */
  public TensorArbitrary including(Special... specials) {
    return on(Arrays.stream(specials).mapToDouble(Special::value).toArray());
  }

  /**
   * Returns tensors in which no number occurs twice, so that a maximum has no ties; without scaling
   * they are at least 0.01 apart.
   */
  public TensorArbitrary distinct() {
    return new TensorArbitrary(
        shapes, low, high, target, leastExponent, mostExponent, margin, avoided, extra, true);
  }

  @Override
  protected Arbitrary<Tensor> arbitrary() {
    Arbitrary<Double> numbers = numbers();
    return shapes.flatMap(
        shape -> {
          ListArbitrary<Double> values = numbers.list().ofSize(shape.size());
          return (distinct ? values.uniqueElements() : values).map(v -> tensor(shape, v));
        });
  }

  private Arbitrary<Double> numbers() {
    BigDecimal nearest = BigDecimal.valueOf(Math.max(low, Math.min(high, target)));
    Arbitrary<Double> plain =
        Combinators.combine(
                Arbitraries.bigDecimals()
                    .between(BigDecimal.valueOf(low), BigDecimal.valueOf(high))
                    .ofScale(SCALE)
                    .shrinkTowards(nearest)
                    .withDistribution(RandomDistribution.uniform()),
                Arbitraries.integers().between(leastExponent, mostExponent))
            .as((number, exponent) -> number.scaleByPowerOfTen(exponent).doubleValue())
            .filter(v -> Arrays.stream(avoided).allMatch(p -> Math.abs(v - p) >= margin));
    if (extra.length == 0) {
      return plain;
    }
    int shares = (PLAIN_SHARE + 1) * extra.length;
    return Combinators.combine(plain, Arbitraries.integers().between(0, shares - 1))
        .as((number, share) -> share < shares - extra.length ? number : extra[shares - 1 - share]);
  }

  private static Tensor tensor(Shape shape, List<Double> values) {
    return Tensor.of(shape, values.stream().mapToDouble(v -> v).toArray());
  }
}
