package org.spikelet.app.learn.chapter12;

import course.Pool;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Property;

/** A pool that gives arrays out again, a product along rows; the library beside the course. */
public final class Checks12 implements Checks {

  private static final String NULL =
      "free.get(size) is null as long as no array of this size was given back. getOrDefault and"
          + " computeIfAbsent know what to do then.";

  /** Made by the checker. */
  public Checks12() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(first(), again(), twoAtATime(), sizes(), days(), product(), untouched());
  }

  private static Property<Integer> first() {
    return Property.of("an array to take", List.of(1, 2, 5))
        .program(n -> "new Pool().take(" + n + ")")
        .labels(n -> List.of("length", "sum of its numbers"))
        .yours(
            n -> {
              double[] taken = new Pool().take(n);
              return new double[] {taken.length, Arrays.stream(taken).sum()};
            })
        .expected(n -> new double[] {n, 0})
        .thrown("null", NULL, e -> e instanceof NullPointerException)
        .thrown(
            "empty",
            "There is no free array yet: ask whether there is one before you take it, and make a"
                + " new one if not.",
            e -> e instanceof NoSuchElementException);
  }

  private static Property<Integer> again() {
    return Property.of("an array used again and again", List.of(1, 2, 5))
        .program(
            n ->
                "var pool = new Pool();\ndouble[] a = {};\nfor (int i = 0; i < "
                    + n
                    + "; i++) {\n  a = pool.take(3);\n  a[0] += 7;\n  pool.giveBack(a);\n}\n"
                    + "int made = pool.made();\ndouble[] next = pool.take(3);\n"
                    + "new double[] {made, next[0], next == a ? 1 : 0}")
        .labels(n -> List.of("made", "next[0]", "1 if next is a"))
        .yours(
            n -> {
              Pool pool = new Pool();
              double[] a = new double[0];
              for (int i = 0; i < n; i++) {
                a = pool.take(3);
                a[0] += 7;
                pool.giveBack(a);
              }
              int made = pool.made();
              double[] next = pool.take(3);
              return new double[] {made, next[0], next == a ? 1 : 0};
            })
        .expected(n -> new double[] {1, 0, 1})
        .mistake(
            "dirty",
            "The array still holds the stale values of its last user. Who takes one expects zeros:"
                + " fill it before you give it out.",
            n -> new double[] {1, 7.0 * n, 1})
        .mistake(
            "never-again",
            "Each time a new array is made: either those given back are not kept, or take does not"
                + " look for them.",
            n -> new double[] {n, 0, 0})
        .mistake(
            "counts-all",
            "made counts the arrays that were made, and not those that were taken.",
            n -> new double[] {n, 0, 1})
        .mistake(
            "not-counted",
            "The arrays that take makes are to be counted, in made.",
            n -> new double[] {0, 0, 1})
        .mistake(
            "copy",
            "next is a copy. A copy is a new array, which is what the pool is to avoid.",
            n -> new double[] {1, 0, 0})
        .thrown("null", NULL, e -> e instanceof NullPointerException);
  }

  private static Property<Integer> twoAtATime() {
    return Property.of("two at a time", List.of(1, 2, 3))
        .program(
            n ->
                "var pool = new Pool();\npool.giveBack(pool.take(N));\ndouble[] a = pool.take(N);\n"
                        .replace("N", String.valueOf(n))
                    + "double[] b = pool.take("
                    + n
                    + ");\na[0] = 1;\nnew double[] {b[0], pool.made()}")
        .labels(n -> List.of("b[0]", "made"))
        .yours(
            n -> {
              Pool pool = new Pool();
              pool.giveBack(pool.take(n));
              double[] a = pool.take(n);
              double[] b = pool.take(n);
              a[0] = 1;
              return new double[] {b[0], pool.made()};
            })
        .expected(n -> new double[] {0, 2})
        .mistake(
            "given-twice",
            "a and b are the same array. One that is given out must leave the free ones: poll or"
                + " pop, not peek.",
            n -> new double[] {1, 1});
  }

  /** Two sizes, in the order in which they are given back; the second is taken first. */
  private record Sizes(int first, int second) {}

  private static Property<Sizes> sizes() {
    return Property.of("two sizes", List.of(new Sizes(2, 1), new Sizes(1, 2), new Sizes(2, 3)))
        .program(
            s ->
                "var pool = new Pool();\ndouble[] a = pool.take("
                    + s.first()
                    + ");\ndouble[] b = pool.take("
                    + s.second()
                    + ");\npool.giveBack(b);\npool.giveBack(a);\nint length = pool.take("
                    + s.second()
                    + ").length;\nnew int[] {length, pool.made()}")
        .labels(s -> List.of("length", "made"))
        .yours(
            s -> {
              Pool pool = new Pool();
              double[] a = pool.take(s.first());
              double[] b = pool.take(s.second());
              pool.giveBack(b);
              pool.giveBack(a);
              int length = pool.take(s.second()).length;
              return new double[] {length, pool.made()};
            })
        .expected(s -> new double[] {s.second(), 2})
        .mistake(
            "any-size",
            "You give out an array of another size. Keep those of each size apart; the size is the"
                + " key of free.",
            s -> new double[] {s.first(), 2});
  }

  private static Property<Day> days() {
    return Property.of("a day of taking and giving back", Day.some())
        .program(Day::text)
        .labels(day -> List.of("not zeros of their length", "held already", "made"))
        .yours(day -> day.with(new Pool()))
        .expected("as few as needed", 1e-9, Day::right)
        .mistake(
            "one-of-each-size",
            "More arrays are made than needed. Does free keep all arrays of a size, or only the"
                + " last one that was given back?",
            Checks12::oneOfEachSize);
  }

  private static double[] oneOfEachSize(Day day) {
    Set<Integer> free = new HashSet<>();
    int made = 0;
    for (Day.Deed deed : day.deeds()) {
      made += deed.takes() && !free.remove(deed.size()) ? 1 : 0;
      if (!deed.takes()) {
        free.add(deed.size());
      }
    }
    return new double[] {0, 0, made};
  }

  private static Property<Factors> product() {
    return Property.of("the product, added", Factors.some())
        .program(Factors::text)
        .labels(f -> IntStream.range(0, f.m() * f.p()).mapToObj(i -> "c[" + i + "]").toList())
        .yours(
            f -> {
              double[] c = f.before();
              Pool.addProduct(Factors.array(f.a()), Factors.array(f.b()), c, f.m(), f.n(), f.p());
              return c;
            })
        .expected(f -> f.added(f.product()))
        .mistake(
            "overwritten",
            "What was in c is lost: the product is to be added to it.",
            Factors::product)
        .mistake(
            "overwritten",
            "Each product overwrites the one before it, so the last is left: += and not =.",
            Factors::last)
        .mistake(
            "transposed",
            "b is read with rows and columns exchanged. It has n rows of p numbers: row k begins at"
                + " k * p.",
            f -> f.added(f.product(f::inA, (k, j) -> j * f.n() + k, f::inC)))
        .mistake(
            "transposed",
            "a is read with rows and columns exchanged. It has m rows of n numbers: row i begins at"
                + " i * n.",
            f -> f.added(f.product((i, k) -> k * f.m() + i, f::inB, f::inC)))
        .mistake(
            "transposed",
            "c is written with rows and columns exchanged. It has m rows of p numbers: row i begins"
                + " at i * p.",
            f -> f.added(f.product(f::inA, f::inB, (i, j) -> j * f.m() + i)))
        .mistake(
            "last-product",
            "Of the n products that belong to each number only the last is added.",
            f -> f.added(f.last()))
        .thrown(
            "index",
            "A row of a has n numbers, a row of b and of c has p: so a[i * n + k], b[k * p + j],"
                + " c[i * p + j].",
            e -> e instanceof ArrayIndexOutOfBoundsException);
  }

  private static Property<Factors> untouched() {
    return Property.of("... to c, and a and b as they were", Factors.some())
        .program(f -> f.text("List.of(a, b)"))
        .labels(
            f ->
                Stream.concat(
                        IntStream.range(0, f.m() * f.n()).mapToObj(i -> "a[" + i + "]"),
                        IntStream.range(0, f.n() * f.p()).mapToObj(i -> "b[" + i + "]"))
                    .toList())
        .yours(
            f -> {
              double[] a = Factors.array(f.a());
              double[] b = Factors.array(f.b());
              Pool.addProduct(a, b, f.before(), f.m(), f.n(), f.p());
              return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
            })
        .expected(
            "before",
            0,
            f -> Stream.concat(f.a().stream(), f.b().stream()).mapToDouble(each -> each).toArray());
  }

  @Override
  public String goal() {
    return Twin.words();
  }
}
