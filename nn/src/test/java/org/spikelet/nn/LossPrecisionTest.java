package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Losses that are tiny, and residuals that are huge, keep their relative precision. */
class LossPrecisionTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** The loss, and its slope in the logit. */
  private static double[] binary(double logit, double target) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(logit));
      Tensor loss = Losses.binaryCrossEntropy(x, Tensor.vector(target));
      return new double[] {loss.item(), tape.gradients(loss).of(x).at(0)};
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(Math.abs(actual - expected))
        .as("%s, expected %s", actual, expected)
        .isLessThanOrEqualTo(4e-16 * Math.abs(expected));
  }

  @Test
  void aRightAnswerCostsLittleOnBothSides() {
    for (double size : new double[] {1, 10, 30, 36, 37, 40, 100, 700}) {
      double loss = StrictMath.log1p(StrictMath.exp(-size));
      double slope = 1 / (1 + StrictMath.exp(size));
      assertClose(binary(size, 1)[0], loss);
      assertClose(binary(size, 1)[1], -slope);
      assertClose(binary(-size, 0)[0], loss);
      assertClose(binary(-size, 0)[1], slope);
    }
    assertClose(binary(40, 1)[0], 4.248354255291589e-18);
  }

  @Test
  void aWrongAnswerCostsItsLogit() {
    for (double size : new double[] {700, 1e155, 1e308}) {
      assertThat(binary(size, 0)).containsExactly(size, 1);
      assertThat(binary(-size, 1)).containsExactly(size, -1);
    }
  }

  @Test
  void softTargets() {
    assertClose(binary(700, 0.75)[0], 175);
    assertClose(binary(-700, 0.75)[0], 525);
    assertClose(binary(700, 0.5)[0], 350);
    assertClose(binary(700, 1 - 0x1p-40)[0], 700 * 0x1p-40);
    assertClose(binary(-700, 0x1p-40)[0], 700 * 0x1p-40);
    assertClose(binary(0, 0.3)[0], Math.log(2));
    assertClose(binary(0, 0.3)[1], 0.2);
  }

  @Test
  void theTargetsOfBinaryCrossEntropyHaveADerivativeToo() {
    try (Tape tape = Tape.record()) {
      Tensor t = tape.watch(Tensor.vector(0, 0.5, 1));
      Tensor loss = Losses.binaryCrossEntropy(Tensor.vector(2, 2, 2), t, Reduction.SUM);
      for (double slope : tape.gradients(loss).of(t).toArray()) {
        assertClose(slope, -2);
      }
    }
  }

  @Test
  void aNearlyCertainClassCostsLittle() {
    double tiny = StrictMath.exp(-40);
    assertClose(
        Losses.crossEntropy(Tensor.matrix(new double[] {40, 0}), Tensor.vector(0)).item(), tiny);
    assertClose(
        Losses.crossEntropy(Tensor.matrix(new double[] {0, 40, 0}), Tensor.vector(1)).item(),
        2 * tiny);
    assertClose(
        Losses.crossEntropy(
                Tensor.matrix(new double[] {700, 0}), Tensor.matrix(new double[] {1, 0}))
            .item(),
        StrictMath.exp(-700));
  }

  @Test
  void huberIsLinearFarOut() {
    for (double size : new double[] {1e155, 1e308, INFINITY}) {
      for (double sign : new double[] {1, -1}) {
        try (Tape tape = Tape.record()) {
          Tensor p = tape.watch(Tensor.vector(sign * size));
          Tensor loss = Losses.huber(p, Tensor.vector(0), 0.5, Reduction.MEAN);
          Tensor first = tape.recordedGradients(loss).of(p);
          assertThat(loss.item()).isEqualTo(0.5 * (size - 0.25));
          assertThat(first.at(0)).isEqualTo(sign * 0.5);
          assertThat(tape.gradients(first.add(p).sum()).of(p).at(0)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void aClassThatIsRuledOutCostsNothing() {
    for (double out : new double[] {Double.NEGATIVE_INFINITY, -Double.MAX_VALUE}) {
      Tensor logits = Tensor.vector(out, Double.MAX_VALUE, out).reshape(1, 3);
      assertThat(lossAndSlope(logits, x -> Losses.crossEntropy(x, Tensor.vector(1))))
          .containsExactly(0, 0, 0, 0);
      Tensor soft = Tensor.vector(0, 1, 0).reshape(1, 3);
      assertThat(lossAndSlope(logits, x -> Losses.crossEntropy(x, soft)))
          .containsExactly(0, 0, 0, 0);
      Tensor half = Tensor.vector(0, 0.5, 0.5).reshape(1, 3);
      assertThat(lossAndSlope(logits, x -> Losses.crossEntropy(x, half)))
          .containsExactly(Double.POSITIVE_INFINITY, 0, 0.5, -0.5);
    }
    Tensor unknown = Tensor.vector(Double.NaN, 0).reshape(1, 2);
    Tensor second = Tensor.vector(0, 1).reshape(1, 2);
    assertThat(lossAndSlope(unknown, x -> Losses.crossEntropy(x, second))).containsOnly(Double.NaN);
  }

  @Test
  void binaryCrossEntropyOfCertainty() {
    Tensor certain = Tensor.vector(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(lossAndSlope(certain, x -> Losses.binaryCrossEntropy(x, Tensor.vector(1, 0))))
        .containsExactly(0, 0, 0);
    assertThat(lossAndSlope(certain, x -> Losses.binaryCrossEntropy(x, Tensor.vector(0, 1))))
        .containsExactly(Double.POSITIVE_INFINITY, 0.5, -0.5);
  }

  /** The loss, and then its derivatives by the logits. */
  private static double[] lossAndSlope(Tensor logits, UnaryOperator<Tensor> loss) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(logits);
      Tensor y = loss.apply(x);
      return DoubleStream.concat(
              DoubleStream.of(y.item()), Arrays.stream(tape.gradients(y).of(x).toArray()))
          .toArray();
    }
  }

  @Test
  void huberAtItsBorder() {
    try (Tape tape = Tape.record()) {
      Tensor p = tape.watch(Tensor.vector(-3, -2, -1, 0, 1, 2, 3));
      Tensor loss = Losses.huber(p, Tensor.zeros(p.shape()), 2, Reduction.SUM);
      assertThat(loss.item()).isEqualTo(4 + 2 + 0.5 + 0 + 0.5 + 2 + 4);
      Tensor first = tape.recordedGradients(loss).of(p);
      assertThat(first.toArray()).containsExactly(-2, -2, -1, 0, 1, 2, 2);
      assertThat(tape.gradients(first.sum()).of(p).toArray()).containsExactly(0, 1, 1, 1, 1, 1, 0);
    }
  }

  @Test
  void whatIsNotANumberHasNoSlope() {
    try (Tape tape = Tape.record()) {
      Tensor p = tape.watch(Tensor.vector(Double.NaN, 2));
      Tensor zeros = Tensor.zeros(p.shape());
      for (Tensor loss :
          new Tensor[] {
            Losses.huber(p, zeros, 1, Reduction.SUM),
            Losses.meanAbsoluteError(p, zeros, Reduction.SUM),
            Losses.meanSquaredError(p, zeros, Reduction.SUM),
            Losses.binaryCrossEntropy(p, zeros, Reduction.SUM)
          }) {
        double[] slope = tape.gradients(loss).of(p).toArray();
        assertThat(slope[0]).isNaN();
        assertThat(slope[1]).isFinite();
      }
    }
  }
}
