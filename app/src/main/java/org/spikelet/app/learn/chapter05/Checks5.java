package org.spikelet.app.learn.chapter05;

import course.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** Broadcasting and its adjoint, against plain loops. */
public final class Checks5 implements Checks {

  private static final int LARGEST = 3;

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

    boolean isSquare() {
      return a.rows() == a.columns() && b.rows() == a.rows() && b.columns() == a.columns();
    }

    String text() {
      return "Matrix a = "
          + Matrices.java(a)
          + ";\nMatrix b = "
          + Matrices.java(b)
          + ";\na.zip(b, (x, y) -> x - y)";
    }

    /** Which numbers of a and b belong to row i and column j of the result. */
    double[] each(Cell f) {
      double[] result = new double[rows() * columns()];
      for (int k = 0; k < result.length; k++) {
        result[k] = f.of(k / columns(), k % columns());
      }
      return Matrices.shaped(rows(), columns(), result);
    }

    double left(int i, int j) {
      return a.at(i % a.rows(), j % a.columns());
    }

    double right(int i, int j) {
      return b.at(i % b.rows(), j % b.columns());
    }
  }

  /** A matrix and the shape to sum it to. */
  private record Sum(Matrix of, int rows, int columns) {

    String text() {
      return Matrices.java(of) + ".sumTo(" + rows + ", " + columns + ")";
    }

    /** Goes through all numbers, and puts each to what is at its place so far. */
    double[] each(Joined f) {
      double[] result = new double[rows * columns];
      for (int i = 0; i < of.rows(); i++) {
        for (int j = 0; j < of.columns(); j++) {
          int to = i % rows * columns + j % columns;
          result[to] = f.of(result[to], of.at(i, j));
        }
      }
      return result;
    }
  }

  /** A number for a row and a column. */
  private interface Cell {
    double of(int i, int j);
  }

  /** What is there, and what arrives. */
  private interface Joined {
    double of(double there, double number);
  }

  @Override
  public List<Property<?>> properties() {
    return List.of(
        zip("two squares of the same size", pairs().stream().filter(Pair::isSquare).toList()),
        zip("broadcasting", pairs()),
        sumTo("the sum over what was repeated", sums(false)),
        sumTo("nothing repeated, nothing summed", sums(true)));
  }

  private static List<Pair> pairs() {
    SplittableRandom random = new SplittableRandom(5);
    List<Pair> pairs = new ArrayList<>();
    for (int m = 1; m <= LARGEST; m++) {
      for (int n = 1; n <= LARGEST; n++) {
        Matrix full = Matrices.draw(m, n, random);
        Matrix row = Matrices.draw(1, n, random);
        Matrix column = Matrices.draw(m, 1, random);
        pairs.add(new Pair(full, Matrices.draw(m, n, random)));
        pairs.add(new Pair(full, row));
        pairs.add(new Pair(column, full));
        pairs.add(new Pair(row, column));
        pairs.add(new Pair(column, row));
        pairs.add(new Pair(full, Matrices.draw(1, 1, random)));
        pairs.add(new Pair(row, full));
        pairs.add(new Pair(full, column));
        pairs.add(new Pair(Matrices.draw(1, 1, random), full));
      }
    }
    return pairs;
  }

  private static List<Sum> sums(boolean own) {
    SplittableRandom random = new SplittableRandom(6);
    List<Sum> sums = new ArrayList<>();
    for (int m = 1; m <= LARGEST; m++) {
      for (int n = 1; n <= LARGEST; n++) {
        Matrix full = Matrices.draw(m, n, random);
        Stream<Sum> all =
            own
                ? Stream.of(new Sum(full, m, n))
                : Stream.of(new Sum(full, 1, n), new Sum(full, m, 1), new Sum(full, 1, 1))
                    .filter(sum -> sum.rows() != full.rows() || sum.columns() != full.columns());
        all.forEach(sums::add);
      }
    }
    return sums;
  }

  private static Property<Pair> zip(String name, List<Pair> pairs) {
    return Property.of(name, pairs)
        .program(Pair::text)
        .labels(p -> Matrices.shapedCells(p.rows(), p.columns()))
        .yours(p -> Matrices.shaped(p.a().zip(p.b(), (x, y) -> x - y)))
        .expected(p -> p.each((i, j) -> p.left(i, j) - p.right(i, j)))
        .mistake(
            "swapped",
            "f gets its two numbers in the wrong order: first that of this, then that of b.",
            p -> p.each((i, j) -> p.right(i, j) - p.left(i, j)))
        .mistake(
            "transposed",
            "Rows and columns are exchanged, in what you read or in where you put the result. i is"
                + " the row and comes first in at(i, j); row i and column j of the result are at"
                + " i * n + j.",
            p -> {
              double[] wrong = new double[p.rows() * p.columns()];
              for (int k = 0; k < wrong.length; k++) {
                int i = k / p.columns();
                int j = k % p.columns();
                wrong[j * p.rows() + i] = p.left(i, j) - p.right(i, j);
              }
              return Matrices.shaped(p.rows(), p.columns(), wrong);
            })
        .mistake(
            "first-row",
            "The row is always 0. That is right only for a matrix that has one row.",
            p -> p.each((i, j) -> p.left(0, j) - p.right(0, j)))
        .mistake(
            "first-column",
            "The column is always 0. That is right only for a matrix that has one column.",
            p -> p.each((i, j) -> p.left(i, 0) - p.right(i, 0)))
        .mistake(
            "left-only",
            "Only this is broadcast. b may have one row or one column as well.",
            p -> p.each((i, j) -> p.left(i, j) - p.b().toArray()[i * p.b().columns() + j]))
        .mistake("nothing", "All is 0: the result was never written to.", p -> p.each((i, j) -> 0))
        .thrown(
            "outside",
            "An index is too large. A matrix with one row is asked for its row 0 whatever i is, and"
                + " one with one column for its column 0; and in the result, which lies row by row,"
                + " row i and column j are at i * n + j.",
            ArrayIndexOutOfBoundsException.class::isInstance);
  }

  private static Property<Sum> sumTo(String name, List<Sum> sums) {
    return Property.of(name, sums)
        .program(Sum::text)
        .labels(s -> Matrices.shapedCells(s.rows(), s.columns()))
        .yours(s -> Matrices.shaped(s.of().sumTo(s.rows(), s.columns())))
        .expected(s -> shaped(s, s.each(Double::sum)))
        .mistake(
            "overwritten",
            "Of the numbers that go to the same place you keep the last one. They are added:"
                + " write += where you have =.",
            s -> shaped(s, s.each((there, number) -> number)))
        .mistake(
            "mean",
            "You take the mean. What was repeated gets the sum of what comes back, not a share.",
            s ->
                shaped(
                    s,
                    Arrays.stream(s.each(Double::sum))
                        .map(sum -> sum * s.rows() * s.columns() / s.of().toArray().length)
                        .toArray()))
        .mistake(
            "not-summed",
            "You take the first of what was repeated. What comes back to all its copies is added.",
            s -> shaped(s, s.each((there, number) -> there == 0 ? number : there)))
        .mistake(
            "nothing",
            "All is 0: the result was never written to.",
            s -> shaped(s, new double[s.rows() * s.columns()]))
        .thrown(
            "broadcast-axis",
            "An index is too large. If m is 1, all rows are added to the row 0, whatever i is; if n"
                + " is 1, all columns to the column 0. Is it the other way round? In the result,"
                + " row i and column j are at i * n + j.",
            ArrayIndexOutOfBoundsException.class::isInstance);
  }

  private static double[] shaped(Sum s, double... numbers) {
    return Matrices.shaped(s.rows(), s.columns(), numbers);
  }

  @Override
  public String goal() {
    Matrix ones = Matrix.of(1, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Matrix table = ones.transpose().zip(ones, (x, y) -> x * y);
    Matrix right = table.sumTo(9, 1);
    StringBuilder text = new StringBuilder("A column times a row, and sums over both:\n\n");
    for (int i = 0; i < 9; i++) {
      text.append(' ');
      for (int j = 0; j < 9; j++) {
        text.append(String.format("%4.0f", table.at(i, j)));
      }
      text.append(String.format("  |%5.0f%n", right.at(i, 0)));
    }
    text.append("  ").append("-".repeat(37)).append("+------\n ");
    for (double sum : table.sumTo(1, 9).toArray()) {
      text.append(String.format("%4.0f", sum));
    }
    text.append(String.format("  |%5.0f%n%n", table.sumTo(1, 1).at(0, 0)));
    return text + waves();
  }

  /** Two rings, from a column of heights and a row of places. */
  private static String waves() {
    double[] places = new double[61];
    Arrays.setAll(places, j -> (j - 30) / 10.0);
    Matrix x = Matrix.of(1, 61, places);
    double[] heights = new double[13];
    Arrays.setAll(heights, i -> (i - 6) / 5.0);
    Matrix y = Matrix.of(13, 1, heights);
    Matrix left = y.zip(x, (v, u) -> Math.hypot(u + 1, v));
    Matrix right = y.zip(x, (v, u) -> Math.hypot(u - 1, v));
    Matrix wave = left.zip(right, (r, s) -> Math.cos(8 * r) + Math.cos(8 * s));
    StringBuilder text = new StringBuilder("Waves from two places, from a column and a row:\n\n");
    for (int i = 0; i < wave.rows(); i++) {
      StringBuilder row = new StringBuilder("  ");
      for (int j = 0; j < wave.columns(); j++) {
        row.append(" .:-=+*#%@".charAt((int) Math.min(9, (wave.at(i, j) + 2) / 4 * 10)));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
