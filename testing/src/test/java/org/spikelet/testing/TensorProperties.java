package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Tensors have the numbers that were asked for. */
class TensorProperties {

  private static final double EXACT = 1e-12;

  @Property(tries = 300)
  void plainNumbersAreShortAndInRange(@ForAll("plain") Tensor x) {
    assertThat(Arrays.stream(x.toArray()))
        .allMatch(v -> Math.abs(v) <= 2 && Math.abs(v * 100 - Math.rint(v * 100)) < EXACT);
  }

  @Property(tries = 300)
  void positiveNumbersArePositive(@ForAll("positive") Tensor x) {
    assertThat(Arrays.stream(x.toArray())).allMatch(v -> v >= 0.25 && v <= 2);
  }

  @Property(tries = 300)
  void scalesReachFarBothWays(@ForAll("scaled") Tensor x) {
    double size = Math.abs(x.toArray()[0]);
    assertThat(size).isBetween(0.25e-6, 2e6);
    Statistics.label("scale").collect(size < 1e-3 ? "small" : size > 1e3 ? "large" : "near 1");
    Statistics.label("scale")
        .coverage(
            checker -> {
              checker.check("small").percentage(p -> p > 5);
              checker.check("large").percentage(p -> p > 5);
            });
  }

  @Property(tries = 300)
  void marginsAreKept(@ForAll("awayFromKinks") Tensor x) {
    assertThat(Arrays.stream(x.toArray()))
        .allMatch(v -> Math.abs(v) >= 0.1 && Math.abs(v - 1) >= 0.1);
  }

  @Property(tries = 300)
  void kinksAreHit(@ForAll("onKinks") Tensor x) {
    Set<Double> numbers = Arrays.stream(x.toArray()).boxed().collect(Collectors.toSet());
    Statistics.label("kink").collect(numbers.contains(0.0) || numbers.contains(1.0));
    Statistics.label("kink").coverage(checker -> checker.check(true).percentage(p -> p > 25));
  }

  @Property(tries = 300)
  void distinctNumbersAreApart(@ForAll("distinct") Tensor x) {
    double[] sorted = Arrays.stream(x.toArray()).sorted().toArray();
    for (int i = 1; i < sorted.length; i++) {
      assertThat(sorted[i] - sorted[i - 1]).isGreaterThan(0.01 - EXACT);
    }
  }

  @Property(tries = 500)
  void allSpecialNumbersOccur(@ForAll("special") Tensor x) {
    for (double v : x.toArray()) {
      for (Special special : Special.values()) {
        if (Double.doubleToLongBits(special.value()) == Double.doubleToLongBits(v)) {
          Statistics.collect(special);
        }
      }
    }
    Statistics.coverage(
        checker -> {
          for (Special special : Special.values()) {
            checker.check(special).count(n -> n >= 5);
          }
        });
  }

  @Property(shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(JustAboveOne.class)
  void tensorsShrink(@ForAll("large") Tensor x) {
    assertThat(Arrays.stream(x.toArray())).allMatch(v -> v <= 1);
  }

  @Property(shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(OneNotANumber.class)
  void numbersThatAreNotSpecialStayPlain(@ForAll("special") Tensor x) {
    assertThat(Arrays.stream(x.toArray())).noneMatch(v -> v.isNaN());
  }

  @Example
  void impossibleRangesAreRefused() {
    TensorArbitrary x = Tensors.of(Shape.SCALAR);
    assertThatIllegalArgumentException().isThrownBy(() -> x.between(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> x.between(0, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> x.between(0, 1.0 / 0));
    assertThatIllegalArgumentException().isThrownBy(() -> x.scaled(1, 0));
  }

  static final class JustAboveOne extends Minimal<Tensor> {

    JustAboveOne() {
      super(Tensor.class);
    }

    @Override
    void inspect(Tensor minimal, Throwable failure) {
      // A smaller shape draws its numbers anew, so it may not be found.
      assertThat(minimal.size()).isLessThanOrEqualTo(3);
      assertThat(Arrays.stream(minimal.toArray()).filter(v -> v != 0)).containsExactly(1.01);
    }
  }

  static final class OneNotANumber extends Minimal<Tensor> {

    OneNotANumber() {
      super(Tensor.class);
    }

    @Override
    void inspect(Tensor minimal, Throwable failure) {
      assertThat(Arrays.stream(minimal.toArray()).filter(v -> v != 0)).containsExactly(Double.NaN);
    }
  }

  @Provide
  Arbitrary<Tensor> plain() {
    return Tensors.of(Tensors.shapes());
  }

  @Provide
  Arbitrary<Tensor> positive() {
    return Tensors.of(Tensors.shapes()).positive();
  }

  @Provide
  Arbitrary<Tensor> scaled() {
    return Tensors.of(Shape.of(2)).positive().scaled(-6, 6);
  }

  @Provide
  Arbitrary<Tensor> large() {
    return Tensors.of(Tensors.shapes()).between(-5, 5);
  }

  @Provide
  Arbitrary<Tensor> awayFromKinks() {
    return Tensors.of(Tensors.shapes()).awayFrom(0.1, 0, 1);
  }

  @Provide
  Arbitrary<Tensor> onKinks() {
    return Tensors.of(Tensors.shapes()).awayFrom(0.1, 0, 1).on(0, 1);
  }

  @Provide
  Arbitrary<Tensor> distinct() {
    return Tensors.of(Tensors.shapes()).distinct();
  }

  @Provide
  Arbitrary<Tensor> special() {
    return Tensors.of(Shape.of(3)).including(Special.values());
  }
}
