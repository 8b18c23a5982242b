package org.spikelet.autodiff.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Eigenvalues of known matrices, and of random ones against Jacobi's rotations. */
class LanczosTest {

  private static final Lanczos LANCZOS = new Lanczos().withTolerance(1e-11);

  private static UnaryOperator<Tensor> diagonal(double... values) {
    return v -> v.mul(Tensor.vector(values));
  }

  private static double[][] randomSymmetric(int n, SplittableRandom random) {
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = random.nextDouble(-1, 1);
        a[j][i] = a[i][j];
      }
    }
    return a;
  }

  /** All eigenvalues in rising order, by Jacobi's cyclic rotations. */
  private static double[] jacobi(double[][] matrix) {
    int n = matrix.length;
    double[][] a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    for (int sweep = 0; sweep < 30; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double angle = 0.5 * StrictMath.atan2(2 * a[p][q], a[q][q] - a[p][p]);
          rotate(a, p, q, StrictMath.cos(angle), StrictMath.sin(angle));
        }
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> a[i][i]);
    Arrays.sort(values);
    return values;
  }

  private static void rotate(double[][] a, int p, int q, double c, double s) {
    for (double[] row : a) {
      double x = row[p];
      row[p] = c * x - s * row[q];
      row[q] = s * x + c * row[q];
    }
    for (int k = 0; k < a.length; k++) {
      double x = a[p][k];
      a[p][k] = c * x - s * a[q][k];
      a[q][k] = s * x + c * a[q][k];
    }
  }

  private static void assertEigenpair(Eigenpair pair, UnaryOperator<Tensor> h, double value) {
    double scale = Math.max(1, Math.abs(value));
    assertThat(pair.converged()).isTrue();
    assertThat(pair.value()).isCloseTo(value, offset(1e-10 * scale));
    Tensor v = pair.vector();
    assertThat(v.square().sum().item()).isCloseTo(1, offset(1e-12));
    Tensor residual = h.apply(v).sub(v.mul(pair.value()));
    assertThat(residual.square().sum().sqrt().item())
        .isCloseTo(pair.residual(), offset(1e-12 * scale))
        .isLessThan(1e-9 * scale);
  }

  @Test
  void agreesWithJacobisRotationsOnRandomMatrices() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 1; n <= 24; n++) {
      double[][] a = randomSymmetric(n, random);
      double[] expected = jacobi(a);
      UnaryOperator<Tensor> h = Tensor.matrix(a)::matmul;
      assertEigenpair(LANCZOS.largest(h, n), h, expected[n - 1]);
      assertEigenpair(LANCZOS.smallest(h, n), h, expected[0]);
    }
  }

  @Test
  void bothEndsAreFound() {
    UnaryOperator<Tensor> h = diagonal(1, 2, 3, -7, 0);
    assertEigenpair(LANCZOS.largest(h, 5), h, 3);
    assertEigenpair(LANCZOS.smallest(h, 5), h, -7);
  }

  @Test
  void theLargestOfNegativeEigenvaluesIsNegative() {
    UnaryOperator<Tensor> h = diagonal(-3, -0.5, -2);
    assertEigenpair(LANCZOS.largest(h, 3), h, -0.5);
    assertEigenpair(LANCZOS.smallest(h, 3), h, -3);
  }

  @Test
  void nearTiesAreTold() {
    double[] values = new double[60];
    Arrays.setAll(values, i -> i / 60.0);
    values[58] = 5;
    values[59] = 5 + 1e-4;
    UnaryOperator<Tensor> h = diagonal(values);
    Eigenpair pair = LANCZOS.largest(h, 60);
    assertEigenpair(pair, h, 5 + 1e-4);
    assertThat(Math.abs(pair.vector().get(59))).isCloseTo(1, offset(1e-6));
  }

  @Test
  void nearTiesOfOppositeSignAreTold() {
    double[] values = new double[60];
    Arrays.setAll(values, i -> i / 60.0 - 0.5);
    values[58] = 5;
    values[59] = -5 - 1e-6;
    UnaryOperator<Tensor> h = diagonal(values);
    assertEigenpair(LANCZOS.smallest(h, 60), h, -5 - 1e-6);
  }

  @Test
  void anEndThatHidesInADenseBandIsFound() {
    // The upper end is found at once, the lower one hides in a dense band.
    double[] values = new double[200];
    Arrays.setAll(values, i -> -1.0005 * StrictMath.cos(Math.PI * i / 400));
    values[199] = 1;
    UnaryOperator<Tensor> h = diagonal(values);
    assertEigenpair(LANCZOS.withMaxIterations(200).smallest(h, 200), h, -1.0005);
  }

  @Test
  void exactTiesGiveAnyVectorOfTheirSpace() {
    UnaryOperator<Tensor> h = diagonal(4, 4, 4, -1);
    Eigenpair pair = LANCZOS.largest(h, 4);
    assertEigenpair(pair, h, 4);
    assertThat(pair.vector().get(3)).isCloseTo(0, offset(1e-9));
    UnaryOperator<Tensor> identity = v -> v.mul(2);
    assertEigenpair(LANCZOS.largest(identity, 9), identity, 2);
  }

  @Test
  void nothingHasTheEigenvalueZero() {
    UnaryOperator<Tensor> zero = v -> v.mul(0);
    Eigenpair pair = LANCZOS.largest(zero, 3);
    assertThat(pair.value()).isZero();
    assertThat(pair.residual()).isZero();
    assertThat(pair.converged()).isTrue();
    assertThat(pair.vector().square().sum().item()).isCloseTo(1, offset(1e-12));
  }

  @Test
  void scaleDoesNotMatter() {
    for (double scale : new double[] {1e-140, 1e-20, 1e20, 1e140}) {
      Eigenpair pair = LANCZOS.largest(diagonal(scale, -2 * scale, 0.3 * scale), 3);
      assertThat(pair.value() / scale).isCloseTo(1, offset(1e-10));
      assertThat(pair.converged()).isTrue();
    }
  }

  @Test
  void theSeedDecidesTheBits() {
    UnaryOperator<Tensor> h = Tensor.matrix(randomSymmetric(20, new SplittableRandom(2)))::matmul;
    Lanczos rough = new Lanczos().withTolerance(1e-3);
    Tensor vector = rough.largest(h, 20).vector();
    assertThat(rough.largest(h, 20).vector().toArray()).isEqualTo(vector.toArray());
    assertThat(rough.withSeed(1).largest(h, 20).vector().toArray()).isNotEqualTo(vector.toArray());
  }

  @Test
  void aWarmStartNeedsFewerIterations() {
    double[] values = new double[300];
    Arrays.setAll(values, i -> i / 300.0);
    UnaryOperator<Tensor> h = diagonal(values);
    Lanczos rough = new Lanczos().withTolerance(1e-4);
    Eigenpair cold = rough.largest(h, 300);
    Eigenpair warm = rough.withStart(cold.vector()).largest(h, 300);
    assertThat(cold.converged()).isTrue();
    assertThat(warm.converged()).isTrue();
    assertThat(warm.iterations()).isLessThan(cold.iterations());
  }

  @Test
  void aWarmStartFromAnotherEigenvectorIsLeft() {
    UnaryOperator<Tensor> h = diagonal(3, 5, 1, -6);
    Lanczos warm = LANCZOS.withStart(Tensor.vector(1, 0, 0, 0));
    assertEigenpair(warm.largest(h, 4), h, 5);
    assertEigenpair(warm.smallest(h, 4), h, -6);
  }

  @Test
  void theLengthOfTheStartVectorDoesNotMatter() {
    UnaryOperator<Tensor> h = Tensor.matrix(randomSymmetric(20, new SplittableRandom(3)))::matmul;
    Tensor start = Tensor.ones(Shape.of(20));
    Lanczos rough = new Lanczos().withTolerance(1e-3);
    assertThat(rough.withStart(start.mul(1024)).largest(h, 20).vector().toArray())
        .isEqualTo(rough.withStart(start).largest(h, 20).vector().toArray());
  }

  @Test
  void onlyAHundredthOfTheStartIsRandom() {
    Lanczos once = LANCZOS.withStart(Tensor.vector(0, 7, 0)).withMaxIterations(1);
    assertThat(once.largest(diagonal(-1, 1, -1), 3).residual()).isBetween(1e-4, 0.02 * 1.01);
  }

  @Test
  void theToleranceIsRelativeToTheOtherEndIfThatIsLarger() {
    double[] values = new double[60];
    Arrays.setAll(values, i -> i / 60.0);
    values[0] = -1000;
    Eigenpair pair = new Lanczos().withTolerance(1e-4).largest(diagonal(values), 60);
    assertThat(pair.converged()).isTrue();
    assertThat(pair.residual()).isBetween(1e-4, 1e-4 * 1000);
  }

  @Test
  void countsItsProductsAndStopsWhenTold() {
    int[] count = {0};
    double[] values = new double[300];
    Arrays.setAll(values, i -> i / 300.0);
    UnaryOperator<Tensor> h =
        v -> {
          count[0]++;
          return diagonal(values).apply(v);
        };
    Eigenpair pair = LANCZOS.withMaxIterations(5).largest(h, 300);
    assertThat(count[0]).isEqualTo(6).isEqualTo(pair.iterations());
    assertThat(pair.converged()).isFalse();
    assertThat(pair.residual()).isGreaterThan(1e-3);
    assertThat(pair.value()).isBetween(0.5, 299 / 300.0);
    int[] all = {0};
    LANCZOS.largest(
        v -> {
          all[0]++;
          return v.mul(Tensor.vector(1, 2, 3));
        },
        3);
    assertThat(all[0]).isLessThanOrEqualTo(4);
  }

  @Test
  void saysWhatIsWrong() {
    UnaryOperator<Tensor> nan = diagonal(1, Double.NaN);
    assertThatThrownBy(() -> LANCZOS.largest(nan, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("lanczos: H · v holds NaN at [1]")
        .hasMessageContaining("FiniteCheck");
    assertThatThrownBy(() -> LANCZOS.largest(v -> v.sum(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the operator returned the shape");
    assertThatThrownBy(() -> LANCZOS.largest(v -> v, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lanczos: the size must be at least 1, got 0");
    assertThatThrownBy(() -> LANCZOS.withStart(Tensor.vector(1, 2)).largest(v -> v, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the start vector has shape 2, the operator takes 3");
    assertThatThrownBy(() -> LANCZOS.withStart(Tensor.vector(0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its length is 0.0");
    assertThatThrownBy(() -> LANCZOS.withStart(Tensor.vector(0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its length is NaN");
    assertThatThrownBy(() -> LANCZOS.withStart(Tensor.vector(0, Double.NEGATIVE_INFINITY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its length is Infinity");
    for (double tolerance : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> LANCZOS.withTolerance(tolerance))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("lanczos: the tolerance must be between 0 and 1, got " + tolerance);
    }
    assertThatThrownBy(() -> LANCZOS.withMaxIterations(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lanczos: needs at least 1 iteration, got 0");
  }

  @Test
  void eigenvaluesWhoseSquaresOverflowAreRefused() {
    assertThatThrownBy(() -> LANCZOS.largest(diagonal(1e200, 2e200, -3e200), 3))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("H · v is longer than 1e150");
    assertThat(LANCZOS.largest(diagonal(1e140, 2e140, -3e140), 3).value())
        .isCloseTo(2e140, offset(1e130));
  }
}
