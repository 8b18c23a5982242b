package org.spikelet.benchmarks.kernels;

import java.util.Arrays;
import java.util.List;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.kernels.Kernels;
import org.spikelet.autodiff.kernels.Loops;
import org.spikelet.autodiff.kernels.Matrix;
import org.spikelet.autodiff.kernels.ReductionLoop;

/**
 * A training step as one would write it without a tape: a dense net with relu, cross-entropy and
 * Adam, on arrays that are made once, with the kernels that the tape uses.
 *
 * <p>It is what {@code TrainingTask} does, and does it in the same order; the difference in time is
 * the price of the tape. With layers numbered from 0, and x₀ the inputs:
 *
 * <pre>
 * xₗ₊₁ = relu(xₗ · Wₗ + bₗ)              forward, without relu in the last layer
 * g = (softmax(x) − one-hot) / rows      backward: the gradient of the mean loss
 * dWₗ = xₗᵀ · g,  dbₗ = Σ g,  g ← (g · Wₗᵀ where xₗ > 0)
 * </pre>
 */
public final class HandWrittenStep {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  private final int rows;
  private final int[] widths;
  private final int[] targets;

  /** The parameters: weight, bias, weight, bias, …; with their gradients and moments. */
  private final double[][] w;

  private final double[][] dw;
  private final double[][] m;
  private final double[][] v;

  /** The inputs of each layer, and the logits; and the gradients of them. */
  private final double[][] x;

  private final double[][] dx;
  private final double[] sums;
  private int t;

  /** Copies the parameters (weight, bias, weight, bias, …) and the batch. */
  public HandWrittenStep(
      List<Integer> widths, List<Parameter> parameters, Tensor inputs, Tensor targets) {
    this.rows = inputs.shape().dimension(0);
    this.widths = widths.stream().mapToInt(Integer::intValue).toArray();
    this.targets = Arrays.stream(targets.toArray()).mapToInt(c -> (int) c).toArray();
    w = parameters.stream().map(Tensor::toArray).toArray(double[][]::new);
    dw = zerosLike(w);
    m = zerosLike(w);
    v = zerosLike(w);
    x = widths.stream().map(n -> new double[rows * n]).toArray(double[][]::new);
    x[0] = inputs.toArray();
    dx = zerosLike(x);
    sums = new double[rows];
  }

  private static double[][] zerosLike(double[][] arrays) {
    return Arrays.stream(arrays).map(a -> new double[a.length]).toArray(double[][]::new);
  }

  /** Takes a step and returns the loss before it. */
  public double step() {
    int layers = widths.length - 1;
    for (int l = 0; l < layers; l++) {
      forward(l, l < layers - 1);
    }
    double loss = loss(x[layers], dx[layers], widths[layers]);
    for (int l = layers - 1; l >= 0; l--) {
      backward(l);
    }
    update();
    return loss;
  }

  private void forward(int l, boolean relu) {
    int in = widths[l];
    int out = widths[l + 1];
    double[] y = x[l + 1];
    Kernels.ACTIVE.multiply(
        matrix(x[l], rows, in), matrix(w[2 * l], in, out), matrix(y, rows, out));
    for (int i = 0; i < rows; i++) {
      Kernels.ACTIVE.add(y, w[2 * l + 1], 0, y, i * out, (i + 1) * out);
    }
    if (relu) {
      Loops.RELU.run(y, y, 0, y.length);
    }
  }

  /** Returns the mean cross-entropy of logits z, rows × n, and sets g to its gradient. */
  private double loss(double[] z, double[] g, int n) {
    double loss = 0;
    ReductionLoop.MAX.run(z, rows, n, 1, sums);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < n; j++) {
        z[i * n + j] -= sums[i];
      }
    }
    Loops.EXP.run(z, g, 0, z.length);
    ReductionLoop.sum(g, rows, n, 1, sums);
    for (int i = 0; i < rows; i++) {
      int target = i * n + targets[i];
      loss += StrictMath.log(sums[i]) - z[target];
      double scale = 1 / (sums[i] * rows);
      for (int j = 0; j < n; j++) {
        g[i * n + j] *= scale;
      }
      g[target] -= 1.0 / rows;
    }
    return loss / rows;
  }

  private void backward(int l) {
    int in = widths[l];
    int out = widths[l + 1];
    double[] g = dx[l + 1];
    Kernels.ACTIVE.multiply(
        matrix(x[l], rows, in).transpose(), matrix(g, rows, out), matrix(dw[2 * l], in, out));
    ReductionLoop.sum(g, 1, rows, out, dw[2 * l + 1]);
    if (l > 0) {
      Kernels.ACTIVE.multiply(
          matrix(g, rows, out), matrix(w[2 * l], in, out).transpose(), matrix(dx[l], rows, in));
      Kernels.ACTIVE.mask(dx[l], x[l], 0, dx[l], 0, x[l].length);
    }
  }

  private static Matrix matrix(double[] values, int rows, int columns) {
    return Matrix.of(values, 0, rows, columns);
  }

  private void update() {
    t++;
    double rate = 1e-3 / (1 - StrictMath.pow(BETA1, t));
    double root = Math.sqrt(1 - StrictMath.pow(BETA2, t));
    for (int k = 0; k < w.length; k++) {
      adam(w[k], dw[k], m[k], v[k], rate, root);
    }
  }

  private static void adam(
      double[] w, double[] g, double[] m, double[] v, double rate, double root) {
    for (int i = 0; i < w.length; i++) {
      m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
      v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
      w[i] -= rate * m[i] / (Math.sqrt(v[i]) / root + 1e-8);
    }
  }
}
