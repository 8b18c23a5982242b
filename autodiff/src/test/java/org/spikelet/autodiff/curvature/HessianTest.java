package org.spikelet.autodiff.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Second derivatives against known matrices, and against differences of gradients. */
class HessianTest {

  private static final Tensor A =
      Tensor.matrix(new double[] {2, -1, 0.5}, new double[] {-1, -4, 3}, new double[] {0.5, 3, 1});

  private static Tensor quadratic(Tensor x) {
    return x.matmul(A).mul(x).sum().mul(0.5).add(x.sum());
  }

  /** Two parameters that meet in a product, a nonlinearity and a reduction. */
  private static final class Net {
    final Parameter w;
    final Parameter b = Parameter.of("b", Tensor.vector(0.2, -0.1));
    final List<Parameter> parameters;

    Net() {
      SplittableRandom random = new SplittableRandom(3);
      double[] values = random.doubles(6, -1, 1).toArray();
      w = Parameter.of("w", Tensor.of(Shape.of(3, 2), values));
      parameters = List.of(w, b);
    }

    Tensor loss() {
      Tensor x = Tensor.matrix(new double[] {0.5, -1, 2}, new double[] {1.5, 0.3, -0.7});
      return x.matmul(w).add(b).tanh().softmax(1).square().sum();
    }

    double[] gradient() {
      try (Tape tape = Tape.record()) {
        Gradients gradients = tape.gradients(loss());
        return gradients.of(w).reshape(6).concatenate(0, gradients.of(b)).toArray();
      }
    }

    void move(int i, double step) {
      Parameter parameter = i < 6 ? w : b;
      parameter.update(values -> values[i < 6 ? i : i - 6] += step);
    }
  }

  @Test
  void aQuadraticHasItsMatrix() {
    Hessian hessian = Hessian.of(HessianTest::quadratic, Tensor.vector(0.3, -0.2, 5));
    assertThat(hessian.size()).isEqualTo(3);
    assertThat(hessian.matrix().toArray()).containsExactly(A.toArray(), offset(1e-14));
    Tensor v = Tensor.vector(1, -2, 0.5);
    assertThat(hessian.times(v).toArray()).containsExactly(A.matmul(v).toArray(), offset(1e-14));
  }

  /** gᵀHg / ‖g‖² from the matrix and the gradient, in the coordinates of a scale. */
  @Test
  void theCurvatureAlongTheGradientIsTheMatrixs() {
    Net net = new Net();
    double[] d = new SplittableRandom(8).doubles(8, 0.3, 3).toArray();
    Hessian hessian = Hessian.of(net::loss, net.parameters).scaled(Tensor.vector(d));
    Tensor g = Tensor.vector(net.gradient()).mul(Tensor.vector(d));
    double expected = hessian.times(g).mul(g).sum().item() / g.square().sum().item();
    assertThat(hessian.alongGradient()).isCloseTo(expected, offset(1e-12));
    assertThat(expected)
        .isNotCloseTo(Hessian.of(net::loss, net.parameters).alongGradient(), offset(0.01));
  }

  @Test
  void theCurvatureAlongTheGradientOfALineIsZeroAndOfAConstantNaN() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2));
    assertThat(Hessian.of(() -> x.mul(3).sum(), List.of(x)).alongGradient()).isZero();
    assertThat(Hessian.of(() -> x.mul(0).sum(), List.of(x)).alongGradient()).isNaN();
    assertThat(Hessian.of(() -> x.mul(0).square().sum(), List.of(x)).alongGradient()).isNaN();
  }

  @Test
  void agreesWithDifferencesOfGradientsAndIsSymmetric() {
    Net net = new Net();
    Tensor h = Hessian.of(net::loss, net.parameters).matrix();
    double step = 1e-5;
    for (int j = 0; j < 8; j++) {
      net.move(j, step);
      double[] high = net.gradient();
      net.move(j, -2 * step);
      double[] low = net.gradient();
      net.move(j, step);
      for (int i = 0; i < 8; i++) {
        assertThat(h.get(i, j)).isCloseTo((high[i] - low[i]) / (2 * step), offset(1e-9));
        assertThat(h.get(i, j)).isCloseTo(h.get(j, i), offset(1e-15));
      }
    }
    assertThat(h.abs().sum().item()).isGreaterThan(0.1);
  }

  @Test
  void theOrderOfTheParametersIsTheOrderOfTheRows() {
    Net net = new Net();
    Tensor v = Tensor.vector(1, 2, 3, 4, 5, 6, 7, 8);
    Tensor turned = Tensor.vector(7, 8, 1, 2, 3, 4, 5, 6);
    double[] straight = Hessian.of(net::loss, net.parameters).times(v).toArray();
    double[] other = Hessian.of(net::loss, List.of(net.b, net.w)).times(turned).toArray();
    for (int i = 0; i < 8; i++) {
      assertThat(other[(i + 2) % 8]).isEqualTo(straight[i]);
    }
  }

  @Test
  void seesTheParametersAsTheyAreNow() {
    Parameter x = Parameter.of("x", Tensor.scalar(2));
    Hessian hessian = Hessian.of(() -> x.pow(3), List.of(x));
    assertThat(hessian.times(Tensor.vector(1)).item()).isCloseTo(12, offset(1e-13));
    x.assign(Tensor.scalar(-1));
    assertThat(hessian.times(Tensor.vector(1)).item()).isCloseTo(-6, offset(1e-13));
  }

  @Test
  void scalingMultipliesRowsAndColumns() {
    Hessian hessian = Hessian.of(HessianTest::quadratic, Tensor.vector(1, 2, 3));
    double[] d = {2, 0.5, -3};
    double[] twice = {4, 0.25, 9};
    Tensor once = hessian.scaled(Tensor.vector(d)).matrix();
    Tensor again = hessian.scaled(Tensor.vector(d)).scaled(Tensor.vector(d)).matrix();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(once.get(i, j)).isCloseTo(d[i] * A.get(i, j) * d[j], offset(1e-13));
        assertThat(again.get(i, j)).isCloseTo(twice[i] * A.get(i, j) * twice[j], offset(1e-12));
      }
    }
  }

  @Test
  void thePreconditionedSharpnessOfAPlaneIsKnown() {
    // H = diag(9, −8), P = diag(4, 1): P^(−½) H P^(−½) = diag(9/4, −8).
    Hessian hessian =
        Hessian.of(x -> x.square().mul(Tensor.vector(4.5, -4)).sum(), Tensor.vector(0.1, 0.2));
    Hessian preconditioned = hessian.scaled(Tensor.vector(4, 1).pow(-0.5));
    Lanczos lanczos = new Lanczos();
    assertThat(lanczos.largest(hessian::times, 2).value()).isCloseTo(9, offset(1e-10));
    assertThat(lanczos.largest(preconditioned::times, 2).value()).isCloseTo(2.25, offset(1e-10));
    assertThat(lanczos.smallest(preconditioned::times, 2).value()).isCloseTo(-8, offset(1e-10));
  }

  @Test
  void aLinearLossHasNone() {
    Tensor v = Tensor.vector(1, 2);
    assertThat(Hessian.of(Tensor::sum, Tensor.vector(3, 4)).times(v).toArray())
        .containsExactly(0, 0);
  }

  @Test
  void aParameterThatTheLossDoesNotDependOnHasZeros() {
    Parameter used = Parameter.of("used", Tensor.scalar(3));
    Parameter other = Parameter.of("other", Tensor.vector(1, 2));
    Hessian hessian = Hessian.of(() -> used.square(), List.of(other, used));
    assertThat(hessian.times(Tensor.vector(5, 6, 7)).toArray()).containsExactly(0, 0, 14);
  }

  @Test
  void anOpenTapeIsLeftAlone() {
    Parameter x = Parameter.of("x", Tensor.scalar(2));
    Tensor product;
    try (Tape tape = Tape.record()) {
      Tensor y = x.square();
      int size = tape.size();
      product = Hessian.of(() -> x.pow(3), List.of(x)).times(Tensor.vector(1));
      assertThat(tape.size()).isEqualTo(size);
      assertThat(tape.gradients(y).of(x).item()).isEqualTo(4);
    }
    assertThat(product.item()).as("outlives the tape").isCloseTo(12, offset(1e-13));
  }

  @Test
  void saysWhatIsWrong() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    Parameter frozen = Parameter.frozen("mean", Tensor.scalar(1));
    Supplier<Tensor> loss = () -> w.square().sum();
    assertThatThrownBy(() -> Hessian.of(loss, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hessian: needs at least one parameter, got none");
    assertThatThrownBy(() -> Hessian.of(loss, List.of(w, w)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each parameter must be given once");
    assertThatThrownBy(() -> Hessian.of(loss, List.of(w, frozen)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the parameter 'mean' is frozen");
    Hessian hessian = Hessian.of(loss, List.of(w));
    assertThatThrownBy(() -> hessian.times(Tensor.scalar(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hessian.times: needs a vector of shape 2");
    assertThatThrownBy(() -> hessian.scaled(Tensor.vector(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hessian.scaled: needs a vector of shape 2");
    assertThatThrownBy(() -> Hessian.of(() -> w.square(), List.of(w)).times(Tensor.vector(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the loss must have one element");
    assertThatThrownBy(
            () -> Hessian.of(() -> Tensor.scalar(1), List.of(w)).times(Tensor.vector(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the loss depends on no parameter");
  }
}
