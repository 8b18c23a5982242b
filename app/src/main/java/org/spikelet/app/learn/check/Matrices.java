package org.spikelet.app.learn.check;

import static java.util.stream.Collectors.joining;

import course.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Matrices as inputs of properties. */
public final class Matrices {

  private Matrices() {}

  /** Returns numbers of one digit after the point, from -2 to 2. */
  public static Matrix draw(int rows, int columns, RandomGenerator random) {
    return Matrix.of(
        rows,
        columns,
        random.ints((long) rows * columns, -20, 21).mapToDouble(tenths -> tenths / 10.0).toArray());
  }

  /** Returns the matrix as an expression in Java. */
  public static String java(Matrix m) {
    return "Matrix.of("
        + m.rows()
        + ", "
        + m.columns()
        + ", "
        + Arrays.stream(m.toArray()).mapToObj(String::valueOf).collect(joining(", "))
        + ")";
  }

  /** Returns what the numbers of such a matrix are called. */
  public static List<String> cells(int rows, int columns) {
    return IntStream.range(0, rows * columns)
        .mapToObj(i -> "row " + i / columns + ", column " + i % columns)
        .toList();
  }

  /** Returns its number of rows, its number of columns, and then its numbers. */
  public static double[] shaped(Matrix m) {
    return shaped(m.rows(), m.columns(), m.toArray());
  }

  /** Returns the two sides, and then the numbers. */
  public static double[] shaped(int rows, int columns, double... numbers) {
    return DoubleStream.concat(DoubleStream.of(rows, columns), DoubleStream.of(numbers)).toArray();
  }

  /** Returns what these are called. */
  public static List<String> shapedCells(int rows, int columns) {
    return Stream.concat(Stream.of("rows", "columns"), cells(rows, columns).stream()).toList();
  }
}
