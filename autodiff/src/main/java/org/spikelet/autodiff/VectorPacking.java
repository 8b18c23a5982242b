package org.spikelet.autodiff;

import static org.spikelet.autodiff.VectorProduct.COLUMNS;
import static org.spikelet.autodiff.VectorProduct.ROWS;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies blocks of matrices in the order in which the tiles of {@link VectorProduct} read them.
 *
 * <p>A strip is 5 rows of a, a panel is 2 vectors of columns of b. In both, what belongs to the
 * same p stands together, and the last one is filled up with zeros.
 */
final class VectorPacking {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorPacking() {}

  /** Copies a: m × k in strips of 5 rows: for each p the p-th elements of the strip. */
  static void strips(Matrix a, int from, int m, int k, double[] y) {
    double[] x = a.values;
    for (int i = 0; i < m; i += ROWS) {
      int at = i * k;
      int x0 = from + i * a.rowStride;
      int x1 = x0 + a.rowStride;
      int x2 = x1 + a.rowStride;
      int x3 = x2 + a.rowStride;
      int x4 = x3 + a.rowStride;
      if (i + ROWS > m) {
        edge(x, x0, a.rowStride, a.columnStride, m - i, k, y, at, ROWS);
      } else if (a.columnStride == 1) {
        for (int p = 0; p < k; p++) {
          y[at + p * ROWS] = x[x0 + p];
          y[at + p * ROWS + 1] = x[x1 + p];
          y[at + p * ROWS + 2] = x[x2 + p];
          y[at + p * ROWS + 3] = x[x3 + p];
          y[at + p * ROWS + 4] = x[x4 + p];
        }
      } else {
        for (int p = 0, column = 0; p < k; p++, column += a.columnStride) {
          y[at + p * ROWS] = x[x0 + column];
          y[at + p * ROWS + 1] = x[x1 + column];
          y[at + p * ROWS + 2] = x[x2 + column];
          y[at + p * ROWS + 3] = x[x3 + column];
          y[at + p * ROWS + 4] = x[x4 + column];
        }
      }
    }
  }

  /** Copies b: k × n in panels of 2 vectors: for each p the p-th row of the panel. */
  static void panels(Matrix b, int from, int k, int n, double[] y, int fromY) {
    for (int j = 0; j < n; j += COLUMNS) {
      int at = fromY + j * k;
      int start = from + j * b.columnStride;
      if (j + COLUMNS > n) {
        edge(b.values, start, b.columnStride, b.rowStride, n - j, k, y, at, COLUMNS);
      } else if (b.columnStride == 1) {
        panel(b.values, start, b.rowStride, k, y, at);
      } else {
        for (int q = 0; q < COLUMNS; q += 4) {
          fourColumns(b, start + q * b.columnStride, k, y, at + q);
        }
      }
    }
  }

  private static void panel(double[] x, int from, int stride, int k, double[] y, int at) {
    for (int p = 0, row = from; p < k; p++, row += stride) {
      DoubleVector.fromArray(S, x, row).intoArray(y, at + p * COLUMNS);
      DoubleVector.fromArray(S, x, row + W).intoArray(y, at + p * COLUMNS + W);
    }
  }

  /** Four columns of a transposed matrix, which are rows of the array. */
  private static void fourColumns(Matrix b, int x0, int k, double[] y, int at) {
    double[] x = b.values;
    int x1 = x0 + b.columnStride;
    int x2 = x1 + b.columnStride;
    int x3 = x2 + b.columnStride;
    for (int p = 0; p < k; p++) {
      y[at + p * COLUMNS] = x[x0 + p];
      y[at + p * COLUMNS + 1] = x[x1 + p];
      y[at + p * COLUMNS + 2] = x[x2 + p];
      y[at + p * COLUMNS + 3] = x[x3 + p];
    }
  }

  /** The last strip or panel, with fewer lines than the others, filled up with zeros. */
  private static void edge(
      double[] x,
      int from,
      int lineStride,
      int step,
      int lines,
      int k,
      double[] y,
      int at,
      int group) {
    Arrays.fill(y, at, at + k * group, 0);
    for (int q = 0; q < lines; q++) {
      int line = from + q * lineStride;
      for (int p = 0; p < k; p++) {
        y[at + p * group + q] = x[line + p * step];
      }
    }
  }
}
