package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Activations from ±0 to ±∞: limits in value, slope and curvature; NaN only of NaN. */
class ActivationLimitsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final double[] MAGNITUDES = {
    0,
    Double.MIN_VALUE,
    1e-308,
    1e-155,
    1e-16,
    1,
    39,
    40,
    41,
    745,
    799,
    801,
    1e100,
    1e154,
    1e155,
    9e307,
    1e308,
    Double.MAX_VALUE,
    INFINITY
  };

  /** They tend to x above, and to 0 below. */
  private static final Set<Activation> RAMPS =
      EnumSet.of(
          Activation.RELU,
          Activation.SOFTPLUS,
          Activation.SILU,
          Activation.GELU,
          Activation.GELU_TANH);

  private static final Set<Activation> ALONG_AN_AXIS =
      EnumSet.of(Activation.SOFTMAX, Activation.LOG_SOFTMAX);

  /** f(x), f′(x), f″(x). */
  private static double[] at(Activation activation, double x) {
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(Tensor.vector(x));
      Tensor y = activation.forward(leaf);
      Tensor first = tape.recordedGradients(y.sum()).of(leaf);
      // Even where the slope is a constant, the sum with 2x depends on x.
      double second = tape.gradients(first.add(leaf.mul(2)).sum()).of(leaf).at(0) - 2;
      return new double[] {y.at(0), first.at(0), second};
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsNotANumber(Activation activation) {
    for (double size : MAGNITUDES) {
      for (double x : new double[] {size, -size}) {
        if (!ALONG_AN_AXIS.contains(activation) || Double.isFinite(x)) {
          double[] f = at(activation, x);
          assertThat(f[0]).as("value at %s", x).isNotNaN();
          assertThat(f[1]).as("slope at %s", x).isBetween(-1.2, 1.2);
          assertThat(f[2]).as("curvature at %s", x).isBetween(-1.0, 1.2);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsNotANumberWhereTheInputIs(Activation activation) {
    double[] f = at(activation, Double.NaN);
    assertThat(f[0]).isNaN();
    if (activation != Activation.IDENTITY) {
      assertThat(f[1]).isNaN();
    }
  }

  @Test
  void rampsHaveTheirLimits() {
    for (Activation ramp : RAMPS) {
      for (double size : new double[] {900, 12345.678, 1e17 + 32, 1e155, 1e308, INFINITY}) {
        assertLimits(ramp, size, size, 1);
        assertLimits(ramp, -size, 0, 0);
      }
    }
    assertLimits(Activation.TANH, 1e155, 1, 0);
    assertLimits(Activation.TANH, -INFINITY, -1, 0);
    assertLimits(Activation.SIGMOID, 1e308, 1, 0);
    assertLimits(Activation.SIGMOID, -INFINITY, 0, 0);
    assertLimits(Activation.ELU, -1e308, -1, 0);
    assertLimits(Activation.ELU, -INFINITY, -1, 0);
    assertLimits(Activation.ELU, INFINITY, INFINITY, 1);
    assertLimits(Activation.LEAKY_RELU, INFINITY, INFINITY, 1);
    assertLimits(Activation.LEAKY_RELU, -INFINITY, -INFINITY, 0.01);
    assertLimits(Activation.LEAKY_RELU, -1e308, -1e308 * 0.01, 0.01);
  }

  private static void assertLimits(Activation activation, double x, double y, double slope) {
    double[] f = at(activation, x);
    assertThat(f[0] == y).as("%s(%s) = %s", activation, x, f[0]).isTrue(); // −0 is 0
    assertThat(f[1] == slope).as("%s'(%s) = %s", activation, x, f[1]).isTrue();
    assertThat(f[2] == 0).as("%s''(%s) = %s", activation, x, f[2]).isTrue();
  }

  /** Where a guard of an input begins, nothing jumps. */
  @Test
  void thereIsNoStepAtTheLimits() {
    for (Activation ramp : RAMPS) {
      for (double limit : new double[] {-800, -40, 40, 800}) {
        double[] inside = at(ramp, limit);
        double[] below = at(ramp, Math.nextDown(limit));
        double[] above = at(ramp, Math.nextUp(limit));
        for (double[] other : new double[][] {below, above}) {
          assertThat(Math.abs(other[0] - inside[0])).isLessThan(2e-13);
          assertThat(Math.abs(other[1] - inside[1])).isLessThan(1e-15);
          assertThat(Math.abs(other[2] - inside[2])).isLessThan(1e-15);
        }
      }
    }
  }
}
