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
 * <p>The last panel is as many whole vectors wide as it must be, and begins where it just fits, so
 * that some columns stand in two panels. If there are fewer columns than that, zeros fill it up.
 *
 * <p>Panels are read where they lie, or copied: then what belongs to one row of a panel stands
 * together.
 */
final class VectorPanels {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private final Matrix b;
  private final double[] packed;

  /** Whether they are read where they lie. */
  private final boolean lie;

  /**
   * Plans it, and copies nothing yet.
   *
   * @param b k × n
   * @param mayLie whether they are read where they lie if they can be: rows that are contiguous and
   *     fill a panel
   * @param room gives room for the copy, for at least so many elements
   */
  VectorPanels(Matrix b, boolean mayLie, IntFunction<double[]> room) {
    this.b = b;
    this.lie = mayLie && b.columnStride == 1 && width(b.columns) <= b.columns;
    this.packed = room.apply(lie ? 0 : b.rows * (b.columns + COLUMNS));
  }

  /** Returns the width of the next panel, for so many columns that are left. */
  static int width(int left) {
    return left > COLUMNS - W ? COLUMNS : (left + W - 1) / W * W;
  }

  /** Returns where the panel for the columns from j on begins, of so many columns in all. */
  static int start(int j, int width, int columns) {
    return Math.max(0, Math.min(j, columns - width));
  }

  /** Returns how many columns are to be copied. */
  int toPack() {
    return lie ? 0 : b.columns;
  }

  /** Lets a tile read the panel for the columns from j on. */
  void aim(VectorTile tile, int j, int width) {
    tile.b = lie ? b.values : packed;
    tile.fromB = lie ? b.at(0, start(j, width, b.columns)) : j * b.rows;
    tile.stepB = lie ? b.rowStride : width;
  }

  /** Copies the panels for the columns from one to another. */
  void pack(int from, int to) {
    int k = b.rows;
    int width = COLUMNS;
    for (int j = from; j < to; j += width) {
      width = width(b.columns - j);
      int start = start(j, width, b.columns);
      if (b.columnStride == 1 && width <= b.columns) {
        panel(b, start, width, packed, j * k);
      } else {
        int there = Math.min(width, b.columns);
        lines(b.part(0, start, k, there).transpose(), packed, j * k, width);
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
    for (; q + 4 <= lines.rows && lines.columnStride == 1; q += 4) {
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

  /** Contiguous ones: an index that is p and a constant needs no check at every step. */
  private static void fourLines(Matrix lines, int q, double[] y, int at, int group) {
    double[] x = lines.values;
    int x0 = lines.at(q, 0);
    int x1 = lines.at(q + 1, 0);
    int x2 = lines.at(q + 2, 0);
    int x3 = lines.at(q + 3, 0);
    for (int p = 0, to = at; p < lines.columns; p++, to += group) {
      y[to] = x[x0 + p];
      y[to + 1] = x[x1 + p];
      y[to + 2] = x[x2 + p];
      y[to + 3] = x[x3 + p];
    }
  }
}
