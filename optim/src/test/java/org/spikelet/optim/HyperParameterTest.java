package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.spikelet.autodiff.Parameter;

/** Hyper-parameters out of range are refused, by name and with the value. */
class HyperParameterTest {

  private final List<Parameter> w = List.of(Steps.parameter(1));
  private final Adam adam = new Adam(w);

  /** Finite and not negative. */
  private Map<String, DoubleConsumer> rates() {
    Map<String, DoubleConsumer> rates = new LinkedHashMap<>();
    for (Class<? extends Optimizer> kind : OptimizerTable.kinds()) {
      rates.put("learning rate of " + kind.getSimpleName(), x -> OptimizerTable.make(kind, w, x));
    }
    rates.put("learning rate from the next step on", adam::learningRate);
    rates.put("epsilon of Adam", Adam.DEFAULTS::withEpsilon);
    rates.put("epsilon of RmsProp", RmsProp.DEFAULTS::withEpsilon);
    rates.put("epsilon of AdaGrad", AdaGrad.DEFAULTS::withEpsilon);
    rates.put("weight decay of Adam", Adam.DEFAULTS::withWeightDecay);
    rates.put("weight decay, decoupled", Adam.DEFAULTS::withDecoupledWeightDecay);
    rates.put("weight decay of Sgd", Sgd.DEFAULTS::withWeightDecay);
    rates.put("weight decay of RmsProp", RmsProp.DEFAULTS::withWeightDecay);
    rates.put("weight decay of AdaGrad", AdaGrad.DEFAULTS::withWeightDecay);
    return rates;
  }

  /** In [0, 1). */
  private static Map<String, DoubleConsumer> decays() {
    Map<String, DoubleConsumer> decays = new LinkedHashMap<>();
    decays.put("beta1 of Adam", x -> Adam.DEFAULTS.withBetas(x, 0.999));
    decays.put("beta2 of Adam", x -> Adam.DEFAULTS.withBetas(0.9, x));
    decays.put("momentum of Sgd", Sgd.DEFAULTS::withMomentum);
    decays.put("momentum of RmsProp", RmsProp.DEFAULTS::withMomentum);
    decays.put("alpha of RmsProp", RmsProp.DEFAULTS::withAlpha);
    return decays;
  }

  /** Whatever the range of a setting, it has an end below. No row is needed for a new optimizer. */
  @TestFactory
  Stream<DynamicTest> everySettingOfEveryOptimizerIsChecked() {
    return OptimizerTable.kinds().stream()
        .flatMap(kind -> OptimizerTable.setters(kind).stream())
        .flatMap(
            setter ->
                DoubleStream.of(Double.NaN, -1, Double.POSITIVE_INFINITY)
                    .mapToObj(
                        value ->
                            DynamicTest.dynamicTest(
                                setter + " = " + value,
                                () ->
                                    assertThatThrownBy(
                                            () -> setter.set(value),
                                            "%s must refuse %s, with Check in the record's"
                                                + " constructor",
                                            setter,
                                            value)
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining("got " + value))));
  }

  @TestFactory
  Stream<DynamicTest> ratesOutOfRangeAreRefused() {
    return refused(rates(), -1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  @TestFactory
  Stream<DynamicTest> decaysOutOfRangeAreRefused() {
    return refused(decays(), -0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY);
  }

  @TestFactory
  Stream<DynamicTest> nesterovNeedsMomentum() {
    return refused(
        Map.of("momentum of Nesterov", Sgd.DEFAULTS::withNesterov), 0, -0.1, 1, Double.NaN);
  }

  @TestFactory
  Stream<DynamicTest> updateLimitsMustBePositive() {
    return refused(
        Map.of("update limit", Adam.DEFAULTS::withClippedUpdates),
        0,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY);
  }

  private static Stream<DynamicTest> refused(Map<String, DoubleConsumer> setters, double... bad) {
    return setters.entrySet().stream()
        .flatMap(
            setter ->
                DoubleStream.of(bad)
                    .mapToObj(
                        value ->
                            DynamicTest.dynamicTest(
                                setter.getKey() + " = " + value,
                                () -> checkRefused(setter.getKey(), setter.getValue(), value))));
  }

  /** The message starts with the name, of which a title here adds whose it is. */
  private static void checkRefused(String title, DoubleConsumer setter, double value) {
    String name = title.replaceFirst("( of |, | from ).*", "");
    assertThatThrownBy(() -> setter.accept(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("got " + value);
  }

  @TestFactory
  Stream<DynamicTest> theEndsOfTheRangesAreAccepted() {
    Stream<DynamicTest> rates = accepted(rates(), 0, Double.MAX_VALUE);
    return Stream.concat(rates, accepted(decays(), 0, Math.nextDown(1)));
  }

  private static Stream<DynamicTest> accepted(Map<String, DoubleConsumer> setters, double... good) {
    return setters.entrySet().stream()
        .flatMap(
            setter ->
                DoubleStream.of(good)
                    .mapToObj(
                        value ->
                            DynamicTest.dynamicTest(
                                setter.getKey() + " = " + value,
                                () ->
                                    assertThatCode(() -> setter.getValue().accept(value))
                                        .doesNotThrowAnyException())));
  }

  @Test
  void aRefusedRateLeavesTheOldOne() {
    assertThatThrownBy(() -> adam.learningRate(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(adam.learningRate()).isEqualTo(1e-3);
  }

  @Test
  void theDefaultRatesArePyTorchs() {
    assertThat(new Adam(w).learningRate()).isEqualTo(1e-3);
    assertThat(new RmsProp(w).learningRate()).isEqualTo(1e-2);
    assertThat(new AdaGrad(w).learningRate()).isEqualTo(1e-2);
  }
}
