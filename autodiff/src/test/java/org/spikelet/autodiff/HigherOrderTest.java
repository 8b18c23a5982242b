package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.check.GradientCheck;

/** Recorded gradients are tensors like others, and so can be differentiated again. */
class HigherOrderTest {

  @Test
  void theFourthPowerHasFourDerivatives() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor first = tape.recordedGradients(x.pow(4)).of(x);
      Tensor second = tape.recordedGradients(first).of(x);
      Tensor third = tape.recordedGradients(second).of(x);
      Tensor fourth = tape.gradients(third).of(x);
      assertThat(first.item()).isCloseTo(4 * 27, offset(1e-12));
      assertThat(second.item()).isCloseTo(12 * 9, offset(1e-12));
      assertThat(third.item()).isCloseTo(24 * 3, offset(1e-12));
      assertThat(fourth.item()).isCloseTo(24, offset(1e-12));
    }
  }

  @Test
  void theThirdDerivativeOfTanhIsKnown() {
    double x = 0.7;
    double t = Math.tanh(x);
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(Tensor.scalar(x));
      Tensor first = tape.recordedGradients(leaf.tanh()).of(leaf);
      Tensor second = tape.recordedGradients(first).of(leaf);
      // tanh‴ = −2 (1 − t²) (1 − 3t²)
      assertThat(tape.gradients(second).of(leaf).item())
          .isCloseTo(-2 * (1 - t * t) * (1 - 3 * t * t), offset(1e-14));
    }
  }

  @Test
  void thirdDerivativesOfTheSmoothFunctionsPassTheCheck() {
    Tensor x = Tensor.vector(-0.8, 0.3, 1.1);
    GradientCheck check = new GradientCheck().withOrder(3).withTolerance(1e-6, 1e-6);
    check.check("exp", in -> in.get(0).exp(), x);
    check.check("sin", in -> in.get(0).sin(), x);
    check.check("sigmoid", in -> in.get(0).sigmoid(), x);
    check.check("softplus", in -> in.get(0).softplus(), x);
    check.check("erf", in -> in.get(0).erf(), x);
    check.check("gelu", in -> in.get(0).gelu(), x);
    check.check("softmax", in -> in.get(0).softmax(0), x);
    check.check("logSumExp", in -> in.get(0).logSumExp(0), x);
  }

  /** A little network, so that the Hessian mixes products, a nonlinearity and a reduction. */
  private static Tensor loss(Tensor w) {
    Tensor inputs = Tensor.matrix(new double[] {0.5, -1, 2}, new double[] {1.5, 0.3, -0.7});
    return inputs.matmul(w.reshape(3, 2)).tanh().square().mean();
  }

  private static double[] gradient(double... w) {
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(Tensor.vector(w));
      return tape.gradients(loss(leaf)).of(leaf).toArray();
    }
  }

  @Test
  void aHessianVectorProductIsARowOfDifferencesOfGradients() {
    double[] w = {0.1, -0.4, 0.3, 0.8, -0.2, 0.6};
    double[] v = {1, -2, 0.5, 3, -1, 0.25};
    double h = 1e-5;
    double[] expected = new double[w.length];
    for (int j = 0; j < w.length; j++) {
      double[] above = w.clone();
      double[] below = w.clone();
      above[j] += h;
      below[j] -= h;
      double[] high = gradient(above);
      double[] low = gradient(below);
      for (int i = 0; i < w.length; i++) {
        expected[i] += (high[i] - low[i]) / (2 * h) * v[j];
      }
    }
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(Tensor.vector(w));
      Tensor slope = tape.recordedGradients(loss(leaf)).of(leaf).matmul(Tensor.vector(v));
      assertThat(tape.gradients(slope).of(leaf).toArray()).containsExactly(expected, offset(1e-9));
    }
  }

  @Test
  void aGradientPenaltyIsDifferentiated() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Tensor y = w.mul(x.square());
      Tensor slope = tape.recordedGradients(y).of(x); // 2wx
      Tensor penalty = slope.sub(1).square(); // d/dw = 2 (2wx − 1) 2x
      assertThat(tape.gradients(y.add(penalty)).of(w).item()).isEqualTo(4 + 2 * 11 * 4);
    }
  }

  @Test
  void plainGradientsAreConstants() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(3));
      Tensor slope = tape.gradients(x.square()).of(x);
      assertThat(tape.gradients(slope.mul(x)).of(x).item()).isEqualTo(6);
    }
  }
}
