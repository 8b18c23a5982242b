package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter is a tensor whose values may change in place, and nothing else changes with it. */
class ParameterTest {

  @Test
  void hasANameAndValuesOfItsOwn() {
    double[] values = {1, 2};
    Tensor initial = Tensor.vector(values);
    Parameter w = Parameter.of("w", initial);
    values[0] = 100;
    w.update(live -> live[1] = 7);
    assertThat(w.name()).isEqualTo("w");
    assertThat(w.trainable()).isTrue();
    assertThat(w.toArray()).containsExactly(1, 7);
    assertThat(initial.toArray()).containsExactly(1, 2);
  }

  @Test
  void assignCopies() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    Parameter source = Parameter.of("source", Tensor.vector(3, 4));
    w.assign(source);
    source.update(live -> live[0] = 100);
    assertThat(w.toArray()).containsExactly(3, 4);
  }

  @Test
  void assignToItselfKeepsTheValues() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    w.assign(w);
    assertThat(w.toArray()).containsExactly(1, 2);
  }

  @Test
  void whatWasTakenFromItBeforeAChangeStays() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    double[] array = w.toArray();
    Tensor copy = w.copy();
    Tensor constant = w.detach();
    Tensor reshaped = w.reshape(2);
    Tensor sum = w.sum(new int[] {0}, true);
    w.update(live -> live[0] = 100);
    assertThat(array).containsExactly(1, 2);
    assertThat(copy.toArray()).containsExactly(1, 2);
    assertThat(constant.toArray()).containsExactly(1, 2);
    assertThat(reshaped.toArray()).containsExactly(1, 2);
    assertThat(sum.toArray()).containsExactly(3);
  }

  @Test
  void theSumOfAScalarOneStaysToo() {
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    Tensor sum = w.sum();
    w.assign(Tensor.scalar(100));
    assertThat(sum.item()).isEqualTo(1);
  }

  @Test
  void aFrozenOneIsNotTrainable() {
    Parameter mean = Parameter.frozen("mean", Tensor.scalar(1));
    assertThat(mean.trainable()).isFalse();
    mean.assign(Tensor.scalar(2));
    assertThat(mean.item()).isEqualTo(2);
  }

  @Test
  void isPrintedWithItsName() {
    assertThat(Parameter.of("w", Tensor.vector(1, 2))).hasToString("w: Tensor(2) [1.0, 2.0]");
  }

  @Test
  void whatWasBroadcastFromItBeforeAChangeStays() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    Tensor broadcast = w.broadcastTo(w.shape());
    Tensor sum = w.sumTo(w.shape());
    w.update(live -> live[0] = 100);
    assertThat(broadcast.toArray()).containsExactly(1, 2);
    assertThat(sum.toArray()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 65_535, 65_536, 300_001})
  void aRuleMeetsEveryElementOnceWithItsGradient(int n) {
    Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(n)));
    Tensor gradient = Tensor.vector(IntStream.range(0, n).asDoubleStream().toArray());
    w.update(
        gradient,
        (values, g, from, to) -> {
          for (int i = from; i < to; i++) {
            values[i] += g[i] + 1;
          }
        });
    assertThat(w.toArray()).isEqualTo(gradient.add(1).toArray());
  }

  @Test
  void aRuleBeginsOnceAndASmallParameterIsNotDivided() {
    List<String> calls = new ArrayList<>();
    Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(6044)));
    w.update(
        Tensor.zeros(w.shape()),
        new Parameter.Rule() {
          @Override
          public void begin(double[] values, double[] g) {
            calls.add("begin " + values.length + " " + g.length);
          }

          @Override
          public void apply(double[] values, double[] g, int from, int to) {
            calls.add(from + " to " + to);
          }
        });
    assertThat(calls).containsExactly("begin 6044 6044", "0 to 6044");
  }

  @Test
  void aLargeParameterIsDivided() {
    AtomicInteger stretches = new AtomicInteger();
    Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(1_000_000)));
    w.update(Tensor.zeros(w.shape()), (values, g, from, to) -> stretches.incrementAndGet());
    boolean several = Workers.threads(System.getProperty("spikelet.threads", "")) > 1;
    assertThat(stretches.get() > 1).isEqualTo(several);
  }

  @Test
  void aGradientOfAnotherShapeIsRefused() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    assertThatThrownBy(() -> w.update(Tensor.vector(1, 2, 3), (v, g, from, to) -> v[0] = 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("update: parameter 'w' has shape 2, the gradient has 3");
    assertThat(w.toArray()).containsExactly(1, 2);
  }

  /** Tests run with assertions on. */
  @Test
  void aRuleThatWritesToTheGradientIsRefused() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    Tensor gradient = Tensor.vector(3, 4);
    assertThatThrownBy(() -> w.update(gradient, (values, g, from, to) -> g[1] = 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the rule changed the gradient of parameter 'w'");
    assertThat(gradient.toArray()).containsExactly(3, 4);
  }

  @Test
  void aGradientThatARuleKeptIsNotANumber() {
    List<double[]> kept = new ArrayList<>();
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    w.update(Tensor.vector(3, 4), (values, g, from, to) -> kept.add(g));
    assertThat(kept.get(0)).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void aTapeNoticesAChangeByARule() {
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    try (Tape tape = Tape.record()) {
      Tensor loss = w.square();
      w.update(Tensor.scalar(1), (values, g, from, to) -> values[0] = 7);
      assertThatThrownBy(() -> tape.gradients(loss))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'w' was changed");
    }
  }
}
