package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.VectorProduct.COLUMNS;
import static org.spikelet.autodiff.kernels.VectorProduct.W;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies blocks of b in the order in which the tiles of {@link VectorProduct} read them.
 *
 * <p>A panel is some vectors of columns of b, of which those of one row stand together; the last
 * one is filled up with zeros.
 */
final class VectorPacking {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private VectorPacking() {}

  /** Copies columns of b: k × n, from one to another, in panels. */
  static void panels(Matrix b, int from, int to, double[] y) {
    int k = b.rows;
    int width = COLUMNS;
    for (int j = from; j < to; j += width) {
      width = VectorProduct.width(b.columns - j);
      int there = Math.min(width, b.columns - j);
      if (b.columnStride == 1 && there == width) {
        panel(b, j, width, y, j * k);
      } else {
        lines(b.part(0, j, k, there).transpose(), y, j * k, width);
      }
    }
  }

  /** A panel of a matrix with contiguous rows. */
  private static void panel(Matrix b, int j, int width, double[] y, int at) {
    double[] x = b.values;
    int end = at + b.rows * width;
    for (int to = at, from = b.at(0, j); to < end; to += width, from += b.rowStride) {
      for (int q = 0; q < width; q += W) {
        DoubleVector.fromArray(S, x, from + q).intoArray(y, to + q);
      }
    }
  }

  /** Lines side by side, as many as in a group, filled up with zeros if there are fewer. */
  private static void lines(Matrix lines, double[] y, int at, int group) {
    if (lines.rows < group) {
      Arrays.fill(y, at, at + lines.columns * group, 0);
    }
    int q = 0;
    for (; q + 4 <= lines.rows; q += 4) {
      fourLines(lines, q, y, at + q, group);
    }
    for (; q < lines.rows; q++) {
      double[] x = lines.values;
      int from = lines.at(q, 0);
      for (int p = 0, to = at + q; p < lines.columns; p++, to += group) {
        y[to] = x[from + p * lines.columnStride];
      }
    }
  }

  private static void fourLines(Matrix lines, int q, double[] y, int at, int group) {
    double[] x = lines.values;
    int x0 = lines.at(q, 0);
    int x1 = x0 + lines.rowStride;
    int x2 = x1 + lines.rowStride;
    int x3 = x2 + lines.rowStride;
    int step = lines.columnStride;
    for (int p = 0, to = at, from = 0; p < lines.columns; p++, to += group, from += step) {
      y[to] = x[x0 + from];
      y[to + 1] = x[x1 + from];
      y[to + 2] = x[x2 + from];
      y[to + 3] = x[x3 + from];
    }
  }
}
