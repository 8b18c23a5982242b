package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.VectorProduct.COLUMNS;
import static org.spikelet.autodiff.kernels.VectorProduct.ROWS;

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

  /** Copies rows of a: m × k in strips of 5 rows: for each p the p-th elements of the strip. */
  static void strips(Matrix a, int first, int rows, double[] y) {
    double[] x = a.values;
    int k = a.columns;
    for (int i = 0; i < rows; i += ROWS) {
      int at = i * k;
      if (i + ROWS > rows) {
        edge(a.part(first + i, 0, rows - i, k), y, at, ROWS);
        return;
      }
      int x0 = a.at(first + i, 0);
      int x1 = x0 + a.rowStride;
      int x2 = x1 + a.rowStride;
      int x3 = x2 + a.rowStride;
      int x4 = x3 + a.rowStride;
      if (a.columnStride == 1) {
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
  static void panels(Matrix b, double[] y, int fromY) {
    int k = b.rows;
    for (int j = 0; j < b.columns; j += COLUMNS) {
      int at = fromY + j * k;
      if (j + COLUMNS > b.columns) {
        edge(b.part(0, j, k, b.columns - j).transpose(), y, at, COLUMNS);
      } else if (b.columnStride == 1) {
        panel(b, j, y, at);
      } else {
        for (int q = 0; q < COLUMNS; q += 4) {
          fourColumns(b, j + q, y, at + q);
        }
      }
    }
  }

  private static void panel(Matrix b, int j, double[] y, int at) {
    double[] x = b.values;
    int stride = b.rowStride;
    int end = at + b.rows * COLUMNS;
    for (int to = at, from = b.at(0, j); to < end; to += COLUMNS, from += stride) {
      DoubleVector.fromArray(S, x, from).intoArray(y, to);
      DoubleVector.fromArray(S, x, from + W).intoArray(y, to + W);
    }
  }

  /** Four columns of a transposed matrix, which are rows of the array. */
  private static void fourColumns(Matrix b, int j, double[] y, int at) {
    double[] x = b.values;
    int x0 = b.at(0, j);
    int x1 = x0 + b.columnStride;
    int x2 = x1 + b.columnStride;
    int x3 = x2 + b.columnStride;
    for (int p = 0; p < b.rows; p++) {
      y[at + p * COLUMNS] = x[x0 + p];
      y[at + p * COLUMNS + 1] = x[x1 + p];
      y[at + p * COLUMNS + 2] = x[x2 + p];
      y[at + p * COLUMNS + 3] = x[x3 + p];
    }
  }

  /** The last strip or panel, with fewer lines than its group, filled up with zeros. */
  private static void edge(Matrix lines, double[] y, int at, int group) {
    double[] x = lines.values;
    int step = lines.columnStride;
    Arrays.fill(y, at, at + lines.columns * group, 0);
    for (int q = 0; q < lines.rows; q++) {
      int line = lines.at(q, 0);
      for (int p = 0; p < lines.columns; p++) {
        y[at + p * group + q] = x[line + p * step];
      }
    }
  }
}
