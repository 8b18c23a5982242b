package org.spikelet.app.learn.chapter05;

import course.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** Broadcasting and its adjoint, against plain loops. */
public final class Checks5 implements Checks {

  /** Made by the checker. */
  public Checks5() {}

  /** Two matrices whose sides match. */
  private record Pair(Matrix a, Matrix b) {
    int rows() {
      return Math.max(a.rows(), b.rows());
    }

    int columns() {
      return Math.max(a.columns(), b.columns());
    }
  }

  /** A matrix and the shape to sum it to. */
  private record Sum(Matrix of, int rows, int columns) {}

  @Override
  public List<Property<?>> properties() {
    return List.of(
        Property.of("broadcasting", pairs())
            .program(
                p ->
                    Matrices.java(p.a())
                        + "\n    .zip("
                        + Matrices.java(p.b())
                        + ", (x, y) -> x - y)")
            .labels(p -> Matrices.cells(p.rows(), p.columns()))
            .yours(p -> p.a().zip(p.b(), (x, y) -> x - y).toArray())
            .expected(Checks5::difference),
        Property.of("its adjoint, the sum over what was repeated", sums())
            .program(s -> Matrices.java(s.of()) + ".sumTo(" + s.rows() + ", " + s.columns() + ")")
            .labels(s -> Matrices.cells(s.rows(), s.columns()))
            .yours(s -> s.of().sumTo(s.rows(), s.columns()).toArray())
            .expected(Checks5::sum));
  }

  private static List<Pair> pairs() {
    SplittableRandom random = new SplittableRandom(5);
    List<Pair> pairs = new ArrayList<>();
    for (int m = 1; m <= 3; m++) {
      for (int n = 1; n <= 3; n++) {
        Matrix full = Matrices.draw(m, n, random);
        pairs.add(new Pair(full, Matrices.draw(m, n, random)));
        pairs.add(new Pair(full, Matrices.draw(1, n, random)));
        pairs.add(new Pair(Matrices.draw(m, 1, random), full));
        pairs.add(new Pair(Matrices.draw(m, 1, random), Matrices.draw(1, n, random)));
      }
    }
    return pairs;
  }

  private static List<Sum> sums() {
    SplittableRandom random = new SplittableRandom(6);
    return pairs().stream()
        .map(
            p ->
                new Sum(
                    Matrices.draw(p.rows(), p.columns(), random), p.b().rows(), p.b().columns()))
        .toList();
  }

  private static double[] difference(Pair p) {
    double[] result = new double[p.rows() * p.columns()];
    for (int i = 0; i < p.rows(); i++) {
      for (int j = 0; j < p.columns(); j++) {
        result[i * p.columns() + j] =
            p.a().at(i % p.a().rows(), j % p.a().columns())
                - p.b().at(i % p.b().rows(), j % p.b().columns());
      }
    }
    return result;
  }

  private static double[] sum(Sum s) {
    double[] result = new double[s.rows() * s.columns()];
    for (int i = 0; i < s.of().rows(); i++) {
      for (int j = 0; j < s.of().columns(); j++) {
        result[i % s.rows() * s.columns() + j % s.columns()] += s.of().at(i, j);
      }
    }
    return result;
  }

  @Override
  public String goal() {
    Matrix table = Matrix.of(3, 1, 1, 2, 3).zip(Matrix.of(1, 4, 1, 2, 3, 4), (x, y) -> x * y);
    return "A column times a row, by broadcasting: " + table + "\n";
  }
}
