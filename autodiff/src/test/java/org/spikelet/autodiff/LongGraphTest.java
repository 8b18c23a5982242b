package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** The length of a computation is limited by memory, not by the stack. */
class LongGraphTest {

  private static final int LENGTH = 100_000;

  @Test
  void aLongChainIsDifferentiated() {
    Parameter w = Parameter.of("w", Tensor.scalar(1.5));
    try (Tape tape = Tape.record()) {
      Tensor y = w;
      for (int i = 0; i < LENGTH; i++) {
        y = i % 2 == 0 ? y.mul(2) : y.div(2);
      }
      assertThat(tape.size()).isEqualTo(LENGTH + 1);
      assertThat(y.item()).isEqualTo(1.5);
      assertThat(tape.gradients(y).of(w).item()).isEqualTo(1);
    }
  }

  @Test
  void aLongSumOfOneLeafIsDifferentiated() {
    Parameter w = Parameter.of("w", Tensor.scalar(0.25));
    try (Tape tape = Tape.record()) {
      Tensor sum = w;
      for (int i = 1; i < LENGTH; i++) {
        sum = sum.add(w);
      }
      assertThat(sum.item()).isEqualTo(0.25 * LENGTH);
      assertThat(tape.gradients(sum).of(w).item()).isEqualTo(LENGTH);
    }
  }

  @Test
  void aLongChainIsDifferentiatedTwice() {
    int length = LENGTH / 10;
    double rate = 1e-5;
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(1));
      Tensor y = Tensor.scalar(1);
      for (int i = 0; i < length; i++) {
        y = y.add(y.mul(x).mul(rate)); // (1 + rx)ⁿ
      }
      Tensor first = tape.recordedGradients(y).of(x);
      double base = 1 + rate;
      assertThat(first.item()).isCloseTo(length * rate * Math.pow(base, length - 1), offset(1e-11));
      assertThat(tape.gradients(first).of(x).item())
          .isCloseTo(
              length * (length - 1.0) * rate * rate * Math.pow(base, length - 2), offset(1e-11));
    }
  }
}
