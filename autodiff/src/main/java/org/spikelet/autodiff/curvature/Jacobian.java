package org.spikelet.autodiff.curvature;

import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** All first derivatives of a function of a tensor, Jᵢⱼ = ∂yᵢ / ∂xⱼ, as a matrix. */
public final class Jacobian {

  private Jacobian() {}

  /**
   * Returns the Jacobian of y = f(x) at x, of shape size of y × size of x, elements in row-major
   * order; a constant.
   *
   * <p>f is computed once, and each row is one backward pass.
   *
   * @param f any function made of operations; where y does not depend on x, J is 0
   */
  public static Tensor of(UnaryOperator<Tensor> f, Tensor x) {
    try (Tape tape = Tape.record()) {
      Tensor leaf = tape.watch(x);
      return rows(tape, f.apply(leaf), leaf).copy();
    }
  }

  private static Tensor rows(Tape tape, Tensor y, Tensor leaf) {
    int m = y.size();
    int n = leaf.size();
    double[] jacobian = new double[Shape.of(m, n).size()];
    if (tape.tracks(y)) {
      for (int i = 0; i < m; i++) {
        double[] unit = new double[m];
        unit[i] = 1;
        Tensor row = tape.gradients(y, Tensor.of(y.shape(), unit)).of(leaf);
        System.arraycopy(row.toArray(), 0, jacobian, i * n, n);
      }
    }
    return Tensor.of(Shape.of(m, n), jacobian);
  }
}
