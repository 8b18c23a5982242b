package org.spikelet.autodiff.kernels;

import static org.spikelet.autodiff.kernels.VectorProduct.COLUMNS;
import static org.spikelet.autodiff.kernels.VectorProduct.W;

import java.util.Arrays;
import java.util.function.IntFunction;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A block of b as the tiles of {@link VectorProduct} read it: in panels of some vectors of columns.
 *
 * <p>The first ones are read where they lie. The others are copied: what belongs to one row of a
 * panel stands together, and the last panel is filled up with zeros.
 */
final class VectorPanels {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private final Matrix b;
  private final double[] packed;

  /** The first column that is copied. */
  private final int first;

  /**
   * Plans it, and copies nothing yet.
   *
   * @param b k × n
   * @param lies whether what can be read where it lies is: whole panels of contiguous rows
   * @param room gives room for the copy, for at least so many elements
   */
  VectorPanels(Matrix b, boolean lies, IntFunction<double[]> room) {
    this.b = b;
    int whole = b.columns % W == 0 ? b.columns : b.columns - b.columns % COLUMNS;
    this.first = lies && b.columnStride == 1 ? whole : 0;
    this.packed = room.apply(toPack() == 0 ? 0 : b.rows * (toPack() + COLUMNS));
  }

  /** Returns the width of the next panel, for so many columns that are left. */
  static int width(int left) {
    return left > COLUMNS - W ? COLUMNS : (left + W - 1) / W * W;
  }

  /** Returns how many columns are to be copied. */
  int toPack() {
    return b.columns - first;
  }

  /** Where the copy of the panel that begins at column j begins. */
  private int packedAt(int j) {
    return (j - first) * b.rows;
  }

  /** Lets a tile read the panel that begins at column j. */
  void aim(VectorTile tile, int j, int width) {
    boolean lies = j < first;
    tile.b = lies ? b.values : packed;
    tile.fromB = lies ? b.at(0, j) : packedAt(j);
    tile.stepB = lies ? b.rowStride : width;
  }

  /** Copies the columns to be copied, from one of them to another. */
  void pack(int from, int to) {
    int k = b.rows;
    int width = COLUMNS;
    for (int j = first + from; j < first + to; j += width) {
      width = width(b.columns - j);
      int there = Math.min(width, b.columns - j);
      if (b.columnStride == 1 && there == width) {
        panel(b, j, width, packed, packedAt(j));
      } else {
        lines(b.part(0, j, k, there).transpose(), packed, packedAt(j), width);
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
