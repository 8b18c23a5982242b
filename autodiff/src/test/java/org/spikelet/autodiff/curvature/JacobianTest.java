package org.spikelet.autodiff.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** All first derivatives, against known ones and finite differences. */
class JacobianTest {

  @Test
  void aLinearMapIsItsMatrix() {
    Tensor a = Tensor.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});
    Tensor jacobian = Jacobian.of(a::matmul, Tensor.vector(7, 8, 9));
    assertThat(jacobian.shape()).isEqualTo(a.shape());
    assertThat(jacobian.toArray()).isEqualTo(a.toArray());
  }

  @Test
  void agreesWithDifferences() {
    UnaryOperator<Tensor> f = x -> x.transpose().matmul(x).softmax(1).mul(x.sum());
    Tensor x =
        Tensor.matrix(new double[] {0.3, -0.5}, new double[] {1.1, 0.4}, new double[] {2, 1});
    Tensor jacobian = Jacobian.of(f, x);
    assertThat(jacobian.shape()).isEqualTo(Shape.of(4, 6));
    double step = 1e-5;
    for (int j = 0; j < 6; j++) {
      double[] high = x.toArray();
      double[] low = x.toArray();
      high[j] += step;
      low[j] -= step;
      double[] above = f.apply(Tensor.of(x.shape(), high)).toArray();
      double[] below = f.apply(Tensor.of(x.shape(), low)).toArray();
      for (int i = 0; i < 4; i++) {
        assertThat(jacobian.get(i, j)).isCloseTo((above[i] - below[i]) / (2 * step), offset(1e-8));
      }
    }
  }

  @Test
  void ofAGradientItIsTheHessian() {
    Tensor x = Tensor.vector(0.5, -1, 2);
    UnaryOperator<Tensor> loss = v -> v.square().sum().sin();
    // ∇ sin |x|² = 2x cos |x|², written out by hand.
    Tensor ofGradient = Jacobian.of(v -> v.mul(2).mul(v.square().sum().cos()), x);
    assertThat(Hessian.of(loss, x).matrix().toArray())
        .containsExactly(ofGradient.toArray(), offset(1e-13));
  }

  @Test
  void whatDoesNotDependHasZeros() {
    Tensor x = Tensor.vector(1, 2);
    assertThat(Jacobian.of(v -> Tensor.vector(1, 2, 3), x).toArray()).isEqualTo(new double[6]);
    Tensor half = Jacobian.of(v -> v.slice(0, 0, 1).concatenate(0, Tensor.vector(5)), x);
    assertThat(half.toArray()).containsExactly(1, 0, 0, 0);
  }

  @Test
  void scalarsAndTheIdentityWork() {
    assertThat(Jacobian.of(Tensor::exp, Tensor.scalar(0)).shape()).isEqualTo(Shape.of(1, 1));
    assertThat(Jacobian.of(v -> v, Tensor.vector(1, 2)).toArray()).containsExactly(1, 0, 0, 1);
    assertThat(Jacobian.of(Tensor::square, Tensor.zeros(Shape.of(0))).size()).isZero();
  }
}
