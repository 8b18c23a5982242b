package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a column with a row, such as the gradient of a weight for a batch of one: a single
 * multiplication for each element of y. The sum with 0 makes 0 of −0, as the sums of {@link
 * VectorProduct} do.
 */
final class VectorOuterProduct {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorOuterProduct() {}

  /** y = a · b; a: m × 1, b: 1 × n and contiguous, y: m × n. */
  static void multiply(Matrix a, Matrix b, Matrix y) {
    Threads.run(
        Threads.PASS * y.rows * y.columns, y.rows, 4, (from, to) -> rows(a, b, y, from, to));
  }

  /** Four rows at a time; what is read of b serves all of them. */
  private static void rows(Matrix a, Matrix b, Matrix y, int from, int to) {
    double[] x = b.values;
    double[] z = y.values;
    for (int i = from; i < to; i += 4) {
      int i1 = Math.min(i + 1, to - 1);
      int i2 = Math.min(i + 2, to - 1);
      int i3 = Math.min(i + 3, to - 1);
      double a0 = a.get(i, 0);
      double a1 = a.get(i1, 0);
      double a2 = a.get(i2, 0);
      double a3 = a.get(i3, 0);
      int y0 = y.at(i, 0);
      int y1 = y.at(i1, 0);
      int y2 = y.at(i2, 0);
      int y3 = y.at(i3, 0);
      int j = 0;
      for (; j <= b.columns - W; j += W) {
        DoubleVector v = DoubleVector.fromArray(S, x, b.from + j);
        v.mul(a0).add(0).intoArray(z, y0 + j);
        v.mul(a1).add(0).intoArray(z, y1 + j);
        v.mul(a2).add(0).intoArray(z, y2 + j);
        v.mul(a3).add(0).intoArray(z, y3 + j);
      }
      for (; j < b.columns; j++) {
        double v = x[b.from + j];
        z[y0 + j] = a0 * v + 0;
        z[y1 + j] = a1 * v + 0;
        z[y2 + j] = a2 * v + 0;
        z[y3 + j] = a3 * v + 0;
      }
    }
  }
}
