package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The running median and scatter equal those computed anew from the window. */
class BaselineProperties {

  /** Longer than the window, half of the time with many ties, both zeros among them. */
  @Provide
  Arbitrary<List<Double>> sequences() {
    Arbitrary<Double> ties = Arbitraries.of(-0.0, 0.0, 1.0, 2.0);
    Arbitrary<Double> signed = Arbitraries.of(-1.0, -0.0, 0.0, 1.0, 2.0);
    Arbitrary<Double> any = Arbitraries.doubles().between(-30, 5);
    Arbitrary<Double> above = Arbitraries.doubles().between(1e-9, 1e9).ofScale(12);
    Arbitrary<List<Double>> lists =
        Arbitraries.oneOf(ties, signed, any, above).list().ofMinSize(50).ofMaxSize(120);
    // Where each is near the one before there is little noise.
    return Arbitraries.oneOf(lists, lists.map(list -> list.stream().sorted().toList()));
  }

  @Property
  void equalsTheNaiveMedianAndScatter(
      @ForAll("sequences") List<Double> values,
      @ForAll @IntRange(min = 50, max = 60) int capacity) {
    Baseline baseline = new Baseline(capacity);
    boolean linear = false;
    double first = 0;
    for (int i = 0; i < values.size(); i++) {
      baseline.add(values.get(i));
      linear = linear || values.get(i) < 0;
      if (i < 49) {
        assertThat(baseline.known()).isFalse();
        continue;
      }
      double[] window =
          values.subList(Math.max(0, i + 1 - capacity), i + 1).stream()
              .mapToDouble(Double::doubleValue)
              .toArray();
      double[] counted = linear ? window : above(window);
      UsualRange range = baseline.range(1);
      assertThat(range.scale()).isEqualTo(linear ? LossScale.LINEAR : LossScale.LOGARITHMIC);
      if (counted.length == 0) {
        assertThat(range.median()).isZero();
        continue;
      }
      Arrays.sort(counted);
      first = first > 0 ? first : counted[counted.length / 2];
      double delta = linear ? 0 : Math.min(3e-6 * first, counted[counted.length - 1]);
      assertThat(range.delta()).isEqualTo(delta);
      DoubleUnaryOperator level = linear ? x -> x : x -> StrictMath.log(x + delta);
      double middle = median(Arrays.stream(counted).map(level).toArray());
      double scatter =
          1.4826
              * median(
                  Arrays.stream(counted)
                      .map(x -> Math.abs(level.applyAsDouble(x) - middle))
                      .toArray());
      assertThat(level.applyAsDouble(range.median())).isCloseTo(middle, offset(1e-10));
      assertThat(range.scatter())
          .isCloseTo(
              Math.max(scatter, range.scale().smallestScatter(range.median())), offset(1e-10));
    }
  }

  /** Those above 0; none if they are fewer than three among zeros. */
  private static double[] above(double... window) {
    double[] above = Arrays.stream(window).filter(x -> x > 0).toArray();
    return above.length < window.length && above.length < 3 ? new double[0] : above;
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  @Property
  void clearForgetsEverything(
      @ForAll("sequences") List<Double> before, @ForAll("sequences") List<Double> after) {
    Baseline used = new Baseline(50);
    before.forEach(used::add);
    used.clear();
    assertThat(used.known()).isFalse();
    Baseline fresh = new Baseline(50);
    if (before.stream().anyMatch(loss -> loss < 0)) {
      // The scale is that of the run, not of its last losses.
      fresh.add(-1);
      fresh.clear();
    }
    after.forEach(used::add);
    after.forEach(fresh::add);
    assertThat(used.range(1)).isEqualTo(fresh.range(1));
  }

  @Example
  void theScatterIsTheStandardDeviationOfNormalValues() {
    Baseline baseline = new Baseline(10_000);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      baseline.add(3 + 2 * random.nextGaussian());
    }
    assertThat(baseline.range(1).median()).isCloseTo(3, offset(0.1));
    assertThat(baseline.range(1).scatter()).isCloseTo(2, offset(0.1));
  }
}
