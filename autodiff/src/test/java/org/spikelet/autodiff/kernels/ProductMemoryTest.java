package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the vector kernels' products ask for and keep beside their operands. */
class ProductMemoryTest {

  @Test
  void thereIsRoomForWhatIsCopiedOnly() {
    int columns = VectorProduct.COLUMNS;
    Matrix whole = Matrix.of(new double[9 * 3 * columns], 0, 9, 3 * columns);
    assertThat(room(whole, true)).isZero();
    assertThat(room(whole, false)).isEqualTo(9 * 4 * columns);
    Matrix oneMore = Matrix.of(new double[9 * (3 * columns + 1)], 0, 9, 3 * columns + 1);
    assertThat(room(oneMore, true)).isZero();
    assertThat(room(oneMore, false)).isEqualTo(9 * (4 * columns + 1));
    Matrix narrow = Matrix.of(new double[9], 0, 9, 1);
    assertThat(room(narrow, true)).isEqualTo(9 * (1 + columns));
    assertThat(room(whole.transpose(), true)).isEqualTo(3 * columns * (9 + columns));
  }

  private static int room(Matrix b, boolean lies) {
    List<Integer> asked = new ArrayList<>();
    VectorPanels panels =
        new VectorPanels(
            b,
            lies,
            size -> {
              asked.add(size);
              return new double[size];
            });
    panels.pack(0, panels.toPack()); // it is enough
    return asked.get(0);
  }

  @Test
  void aThreadDoesNotKeepTheOperandsOfItsLastProduct() {
    for (WeakReference<double[]> array : arraysOfAProduct()) {
      for (int i = 0; i < 50 && array.get() != null; i++) {
        System.gc();
      }
      assertThat(array.get()).isNull();
    }
  }

  private static List<WeakReference<double[]>> arraysOfAProduct() {
    int n = 2 * VectorProduct.COLUMNS;
    double[] a = new double[n * n];
    double[] b = new double[n * n];
    double[] y = new double[n * n];
    new VectorKernels()
        .multiply(Matrix.of(a, 0, n, n), Matrix.of(b, 0, n, n), Matrix.of(y, 0, n, n));
    return List.of(new WeakReference<>(a), new WeakReference<>(b), new WeakReference<>(y));
  }
}
