package org.spikelet.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's version: as many elements at once as the processor's vectors hold.
 *
 * <p>It uses only operations that IEEE 754 defines to the last bit. The API's own functions, such
 * as exponential and sine, are left alone: before the JIT compiler has seen a loop they give other
 * bits than after, so a training could not be repeated.
 *
 * <p>Loops over vectors are written out, without helpers that take or return vectors: where the JIT
 * compiler does not inline one, the vectors go to the heap. So each step of a function is a loop of
 * its own, over a {@link Stretch}.
 */
final class VectorKernels implements Kernels {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  @Override
  public void multiply(Matrix a, Matrix b, Matrix y) {
    VectorProduct.multiply(a, b, y);
  }

  @Override
  public void affine(Matrix a, Matrix b, double[] bias, double[] y) {
    if (VectorProduct.adds(a)) {
      double[] row = Memory.allocate(bias.length + VectorProduct.COLUMNS); // a tile may read more
      for (int j = 0; j < bias.length; j++) {
        row[j] = bias[j] + 0; // −0 + −0 would be −0, where a product has underflowed
      }
      Matrix product = Matrix.of(y, 0, a.rows, bias.length);
      VectorProduct.multiply(a, b, Matrix.repeated(row, a.rows, bias.length), product);
    } else {
      Kernels.super.affine(a, b, bias, y);
    }
  }

  @Override
  public void add(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).add(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] + b[j];
    }
  }

  /** Four rows at a time: y is read and written a quarter as often. */
  @Override
  public void addRows(Matrix x, double[] y, int from) {
    double[] v = x.values;
    int to = from + x.columns;
    int r = 0;
    for (; r + 3 < x.rows; r += 4) {
      int a = x.at(r, 0);
      int b = x.at(r + 1, 0);
      int c = x.at(r + 2, 0);
      int d = x.at(r + 3, 0);
      int i = from;
      for (; i <= to - W; i += W, a += W, b += W, c += W, d += W) {
        DoubleVector sum = DoubleVector.fromArray(S, y, i).add(DoubleVector.fromArray(S, v, a));
        sum = sum.add(DoubleVector.fromArray(S, v, b)).add(DoubleVector.fromArray(S, v, c));
        sum.add(DoubleVector.fromArray(S, v, d)).intoArray(y, i);
      }
      for (; i < to; i++, a++, b++, c++, d++) {
        y[i] = y[i] + v[a] + v[b] + v[c] + v[d];
      }
    }
    for (; r < x.rows; r++) {
      add(y, v, x.at(r, 0), y, from, to);
    }
  }

  @Override
  public void sub(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).sub(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] - b[j];
    }
  }

  @Override
  public void mul(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).mul(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] * b[j];
    }
  }

  @Override
  public void div(double[] a, double[] b, int fromB, double[] y, int from, int to) {
    int i = from;
    int j = fromB;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector.fromArray(S, a, i).div(DoubleVector.fromArray(S, b, j)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = a[i] / b[j];
    }
  }

  @Override
  public UnaryLoop loop(Function f) {
    return Stretch.loop(
        switch (f) {
          case EXP -> VectorExponential::exp;
          case EXPM1 -> VectorExponential::expm1;
          case LOG -> VectorLogarithm::log;
          case LOG1P -> VectorLogarithm::log1p;
          case TANH -> VectorExponential::tanh;
          case SIGMOID -> VectorExponential::sigmoid;
          case SOFTPLUS -> VectorLogarithm::softplus;
          case SIN -> VectorSine::sin;
          case COS -> VectorSine::cos;
          case ERF -> VectorErrorFunction::erf;
          case GELU -> VectorErrorFunction::gelu;
          case GELU_SLOPE -> VectorErrorFunction::geluSlope;
        });
  }

  @Override
  public void mask(double[] x, double[] condition, int fromC, double[] y, int from, int to) {
    int i = from;
    int j = fromC;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector c = DoubleVector.fromArray(S, condition, j);
      DoubleVector.fromArray(S, x, i).blend(0, c.compare(VectorOperators.EQ, 0)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      y[i] = condition[j] != 0 ? x[i] : 0;
    }
  }

  @Override
  public void gate(double[] x, double[] condition, int fromC, double[] y, int from, int to) {
    int i = from;
    int j = fromC;
    for (; i <= to - W; i += W, j += W) {
      DoubleVector c = DoubleVector.fromArray(S, condition, j);
      DoubleVector open =
          DoubleVector.fromArray(S, x, i).blend(0, c.compare(VectorOperators.EQ, 0));
      open.blend(c, c.compare(VectorOperators.NE, c)).intoArray(y, i);
    }
    for (; i < to; i++, j++) {
      double c = condition[j];
      y[i] = c == 0 ? 0 : Double.isNaN(c) ? c : x[i];
    }
  }

  @Override
  public String description() {
    return "vector, " + S.vectorBitSize() + " bits";
  }
}
