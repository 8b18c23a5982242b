package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

class ActivationProperties {

  @Provide
  Arbitrary<Tensor> inputs() {
    return Tensors.matrices().flatMap(Tensors::awayFromZero);
  }

  @Property(tries = 400)
  void derivativesAreRightToSecondOrder(@ForAll Activation activation, @ForAll("inputs") Tensor x) {
    new GradientCheck()
        .withOrder(2)
        .check(activation.name(), in -> activation.forward(in.get(0)), x);
  }

  @Property
  void nothingIsNotANumberFarFromZero(@ForAll Activation activation) {
    Tensor x = Tensor.matrix(new double[][] {{1e100, -1e100, 1e6, -1e6, 800, -800, 40, -40, 0}});
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(x);
      Tensor y = activation.forward(leaf);
      assertFinite("values", y);
      Tensor gradient = tape.recordedGradients(y.sum()).of(leaf);
      assertFinite("first derivatives", gradient);
      // Even where the gradient is a constant, the sum with x depends on x.
      Tensor second = tape.gradients(gradient.add(leaf).sum()).of(leaf);
      assertFinite("second derivatives", second);
    }
  }

  private static void assertFinite(String what, Tensor y) {
    assertThat(Arrays.stream(y.toArray()).allMatch(Double::isFinite))
        .as("%s: %s", what, y)
        .isTrue();
  }

  @Example
  void farFromZeroTheyReachTheirLimits() {
    assertRow(Activation.ELU, 1e100, -1e100, 1e100, -1);
    assertRow(Activation.SILU, 1e100, -1e100, 1e100, 0);
    assertRow(Activation.GELU, 1e100, -1e100, 1e100, 0);
    assertRow(Activation.GELU_TANH, 1e100, -1e100, 1e100, 0);
    assertRow(Activation.SOFTPLUS, 1e100, -1e100, 1e100, 0);
    assertRow(Activation.SIGMOID, 1e100, -1e100, 1, 0);
    assertRow(Activation.SOFTMAX, 1e100, -1e100, 1, 0);
    assertRow(Activation.LOG_SOFTMAX, 1e100, -1e100, 0, -2e100);
  }

  private static void assertRow(Activation activation, double x0, double x1, double y0, double y1) {
    assertThat(activation.forward(Tensor.vector(x0, x1)).toArray())
        .as(activation.name())
        .containsExactly(new double[] {y0, y1}, within(0.0)); // 0 may be −0
  }

  @Example
  void slopesAtZeroArePyTorchs() {
    assertThat(slopeAtZero(Activation.RELU)).isEqualTo(0);
    assertThat(slopeAtZero(Activation.LEAKY_RELU)).isEqualTo(0.01);
    assertThat(slopeAtZero(Activation.ELU)).isEqualTo(1);
    assertThat(slopeAtZero(Activation.GELU)).isEqualTo(0.5);
  }

  private static double slopeAtZero(Activation activation) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(0));
      return tape.gradients(activation.forward(x)).of(x).item();
    }
  }

  @Example
  void softmaxRunsAlongTheLastAxis() {
    Tensor y = Activation.SOFTMAX.forward(Tensor.zeros(Shape.of(2, 3, 4)));
    assertThat(y.toArray()).containsOnly(0.25);
  }
}
