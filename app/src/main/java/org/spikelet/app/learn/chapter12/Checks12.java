package org.spikelet.app.learn.chapter12;

import course.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Property;

/** A pool that gives arrays out again, and a product along rows. */
public final class Checks12 implements Checks {

  /** Made by the checker. */
  public Checks12() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(
        Property.of("an array to take", List.of(1, 2, 5))
            .program(n -> "new Pool().take(" + n + ")")
            .labels(n -> List.of("length", "sum"))
            .yours(
                n -> {
                  double[] taken = new Pool().take(n);
                  return new double[] {taken.length, Arrays.stream(taken).sum()};
                })
            .expected(n -> new double[] {n, 0}),
        Property.of("arrays used again", List.of(1, 2, 5))
            .program(
                n ->
                    "Pool pool = new Pool();\nfor (int i = 0; i < "
                        + n
                        + "; i++) {\n  double[] a = pool.take(3);\n  a[0] += 7;\n"
                        + "  pool.giveBack(a);\n}")
            .labels(n -> List.of("arrays made", "sum of the next"))
            .yours(
                n -> {
                  Pool pool = new Pool();
                  for (int i = 0; i < n; i++) {
                    double[] a = pool.take(3);
                    a[0] += 7;
                    pool.giveBack(a);
                  }
                  return new double[] {pool.made(), Arrays.stream(pool.take(3)).sum()};
                })
            .expected(n -> new double[] {1, 0}),
        Property.of("two at a time", List.of(1, 2, 3))
            .program(
                n ->
                    "Pool pool = new Pool();\npool.giveBack(pool.take("
                        + n
                        + "));\ndouble[] a = pool.take("
                        + n
                        + ");\ndouble[] b = pool.take("
                        + n
                        + ");\na[0] = 1;\nb[0]")
            .yours(
                n -> {
                  Pool pool = new Pool();
                  pool.giveBack(pool.take(n));
                  double[] a = pool.take(n);
                  double[] b = pool.take(n);
                  a[0] = 1;
                  return new double[] {b[0]};
                })
            .expected(n -> new double[] {0}),
        Property.of("the product, added", List.of(1, 2, 3, 4))
            .program(n -> "// a: " + n + "×2 and b: 2×3, added to a matrix of ones")
            .labels(n -> IntStream.range(0, 3 * n).mapToObj(i -> "c[" + i + "]").toList())
            .yours(
                n -> {
                  double[] c = ones(n);
                  Pool.addProduct(draw(2 * n), draw(6), c, n, 2, 3);
                  return c;
                })
            .expected(
                n -> {
                  double[] c = ones(n);
                  double[] a = draw(2 * n);
                  double[] b = draw(6);
                  for (int i = 0; i < c.length; i++) {
                    c[i] += a[i / 3 * 2] * b[i % 3] + a[i / 3 * 2 + 1] * b[3 + i % 3];
                  }
                  return c;
                }));
  }

  private static double[] ones(int n) {
    double[] c = new double[3 * n];
    Arrays.fill(c, 1);
    return c;
  }

  private static double[] draw(int n) {
    return new SplittableRandom(12).ints(n, -9, 10).asDoubleStream().toArray();
  }

  @Override
  public String goal() {
    Pool pool = new Pool();
    for (int step = 0; step < 1000; step++) {
      pool.giveBack(pool.take(3200));
    }
    return "1000 steps that each need 3200 numbers: " + pool.made() + " array was made.\n";
  }
}
