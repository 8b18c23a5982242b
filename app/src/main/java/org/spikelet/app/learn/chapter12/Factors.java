package org.spikelet.app.learn.chapter12;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two matrices, row by row, and a third, of numbers other than 0, to add their product to.
 *
 * @param a m × n
 * @param b n × p
 */
record Factors(List<Double> a, List<Double> b, int m, int n, int p) {

  /** Where a number lies. */
  interface Place {
    int of(int row, int column);
  }

  static List<Factors> some() {
    SplittableRandom random = new SplittableRandom(12);
    return Stream.of(
            new int[] {1, 1, 1},
            new int[] {1, 2, 1},
            new int[] {1, 1, 2},
            new int[] {2, 2, 2},
            new int[] {2, 2, 3},
            new int[] {2, 3, 2},
            new int[] {3, 2, 4},
            new int[] {2, 9, 5}) // longer than a step of a loop that takes several at a time
        .map(
            s ->
                new Factors(draw(s[0] * s[1], random), draw(s[1] * s[2], random), s[0], s[1], s[2]))
        .toList();
  }

  private static List<Double> draw(int count, SplittableRandom random) {
    return random.ints(count, 1, 100).mapToObj(each -> each / 10.0).toList();
  }

  static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(each -> each).toArray();
  }

  double[] before() {
    return IntStream.range(0, m * p).mapToDouble(i -> 10 * (i + 1)).toArray();
  }

  /** Returns what is added. */
  double[] product(Place ofA, Place ofB, Place ofC) {
    double[] c = new double[m * p];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < p; j++) {
        for (int k = 0; k < n; k++) {
          c[ofC.of(i, j)] += a.get(ofA.of(i, k)) * b.get(ofB.of(k, j));
        }
      }
    }
    return c;
  }

  double[] product() {
    return product(this::inA, this::inB, this::inC);
  }

  int inA(int i, int k) {
    return i * n + k;
  }

  int inB(int k, int j) {
    return k * p + j;
  }

  int inC(int i, int j) {
    return i * p + j;
  }

  /** Returns c with this added. */
  double[] added(double... product) {
    double[] c = before();
    Arrays.setAll(c, i -> c[i] + product[i]);
    return c;
  }

  /** Returns only the last of the n products that belong to each number. */
  double[] last() {
    double[] c = new double[m * p];
    for (int i = 0; i < c.length; i++) {
      c[i] = a.get(inA(i / p, n - 1)) * b.get(inB(n - 1, i % p));
    }
    return c;
  }

  String text() {
    return text("c");
  }

  /** Returns it as a program that ends so. */
  String text(String last) {
    return "double[] a = {"
        + numbers(array(a))
        + "};\ndouble[] b = {"
        + numbers(array(b))
        + "};\ndouble[] c = {"
        + numbers(before())
        + "};\nPool.addProduct(a, b, c, "
        + m
        + ", "
        + n
        + ", "
        + p
        + ");\n"
        + last;
  }

  private static String numbers(double... numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }
}
