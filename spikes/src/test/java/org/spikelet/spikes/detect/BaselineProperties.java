package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
    Arbitrary<Double> ties = Arbitraries.of(-1.0, -0.0, 0.0, 1.0, 2.0);
    Arbitrary<Double> any = Arbitraries.doubles().between(-30, 5);
    return Arbitraries.oneOf(ties, any).list().ofMinSize(1).ofMaxSize(60);
  }

  @Property
  void equalsTheNaiveMedianAndScatter(
      @ForAll("sequences") List<Double> values, @ForAll @IntRange(min = 1, max = 20) int capacity) {
    Baseline baseline = new Baseline(capacity);
    for (int i = 0; i < values.size(); i++) {
      baseline.add(values.get(i));
      double[] window =
          values.subList(Math.max(0, i + 1 - capacity), i + 1).stream()
              .mapToDouble(Double::doubleValue)
              .toArray();
      double median = median(window);
      double[] distances = Arrays.stream(window).map(x -> Math.abs(x - median)).toArray();
      assertThat(baseline.size()).isEqualTo(window.length);
      assertThat(baseline.median() + 0.0).isEqualTo(median + 0.0);
      assertThat(baseline.scatter()).isCloseTo(1.4826 * median(distances), offset(1e-13));
    }
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  @Property
  void clearForgetsEverything(
      @ForAll("sequences") List<Double> before, @ForAll("sequences") List<Double> after) {
    Baseline used = new Baseline(20);
    before.forEach(used::add);
    used.clear();
    assertThat(used.size()).isZero();
    Baseline fresh = new Baseline(20);
    after.forEach(used::add);
    after.forEach(fresh::add);
    assertThat(used.median()).isEqualTo(fresh.median());
    assertThat(used.scatter()).isEqualTo(fresh.scatter());
  }

  @Example
  void theScatterIsTheStandardDeviationOfNormalValues() {
    Baseline baseline = new Baseline(10_000);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      baseline.add(3 + 2 * random.nextGaussian());
    }
    assertThat(baseline.median()).isCloseTo(3, offset(0.1));
    assertThat(baseline.scatter()).isCloseTo(2, offset(0.1));
  }
}
