package org.spikelet.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.FiniteCheck;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;

/** A checked tape names the layer of a net; here, as for a user, outside the library. */
class CheckedNetTest {

  private static final Tensor ONES = Tensor.ones(Shape.of(4, 3));

  private static Sequential net(Module innermost) {
    SplittableRandom random = new SplittableRandom(1);
    Sequential encoder = Sequential.of(Dense.of(3, 3, random), innermost);
    return Sequential.of(Activation.TANH, encoder, Dense.of(3, 2, random));
  }

  @Test
  void namesTheLayerInsideANestedSequential() {
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Module logarithm = x -> x.sub(9).relu().log();
      assertThatThrownBy(() -> net(logarithm).forward(ONES))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageStartingWith("log in the forward pass: finite inputs gave −∞")
          .hasMessageContaining("CheckedNetTest.java:")
          .hasMessageContaining(", in layer 1.1\n");
      assertThat(tape.size()).isPositive();
    }
  }

  @Test
  void namesTheLayerWhoseDerivativeFails() {
    Module root = x -> x.sub(9).relu().sqrt();
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor loss = net(root).forward(ONES).sum();
      assertThatThrownBy(() -> tape.gradients(loss))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageStartingWith("div in the derivative of sqrt: finite inputs gave ")
          .hasMessageContaining(", in layer 1.1\n");
    }
  }

  @Test
  void namesTheParameterAndItsLayer() {
    Sequential net = net(Activation.RELU);
    Parameter bias = net.state().get("1.0.bias");
    bias.update(values -> values[2] = Double.NaN);
    try (Tape tape = Tape.record(new FiniteCheck())) {
      assertThatThrownBy(() -> net.forward(ONES))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageStartingWith(
              "affine: input 3, the parameter 'bias' of shape 3, already holds NaN at [2]")
          .hasMessageContaining(", in layer 1.0\n");
      assertThat(tape.size()).isPositive();
    }
  }

  @Test
  void namesTheRowOfBadData() {
    double[] values = ONES.toArray();
    values[3 * 2 + 1] = Double.NaN;
    Tensor data = Tensor.of(ONES.shape(), values);
    try (Tape tape = Tape.record(new FiniteCheck())) {
      assertThatThrownBy(() -> net(Activation.RELU).forward(data))
          .hasMessageStartingWith(
              "tanh: input 1, a constant of shape 4×3, already holds NaN at [2, 1], row 2 (NaN"
                  + " or ±∞")
          .hasMessageContaining(", in layer 0\n");
      assertThat(tape.size()).isZero();
    }
  }

  @Test
  void findsTheLogarithmOfAProbabilityThatBecameZero() {
    Tensor logits = Tensor.matrix(new double[] {1, 2}, new double[] {-800, 0});
    Tensor classes = Tensor.vector(1, 0);
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor x = tape.watch(logits);
      assertThatThrownBy(() -> Losses.negativeLogLikelihood(Activation.SOFTMAX.forward(x), classes))
          .hasMessageStartingWith(
              "log in the forward pass: finite inputs gave −∞ at [1] (NaN or ±∞: 1 of 2")
          .hasMessageContaining("CheckedNetTest.java:")
          .hasMessageContaining("input 1: shape 2, from 0.0 to 0.73");
      Tensor loss = Losses.crossEntropy(x, classes);
      assertThat(tape.gradients(loss).of(x).get(1, 0)).isEqualTo(-0.5);
    }
  }

  @Test
  void aHealthyNetHasTheSameBitsAndOperations() {
    Sequential net = net(Activation.RELU);
    double[] plain;
    int size;
    try (Tape tape = Tape.record()) {
      plain = tape.gradients(net.forward(ONES).sum()).of(net.parameters().get(0)).toArray();
      size = tape.size();
    }
    try (Tape tape = Tape.record(new FiniteCheck())) {
      assertThat(tape.gradients(net.forward(ONES).sum()).of(net.parameters().get(0)).toArray())
          .isEqualTo(plain);
      assertThat(tape.size()).isEqualTo(size);
    }
  }
}
