package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    Tensor sum = w.sumKeepDims(0);
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
}
