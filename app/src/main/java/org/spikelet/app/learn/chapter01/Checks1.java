package org.spikelet.app.learn.chapter01;

import course.Slope;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Plot;
import org.spikelet.app.learn.check.Property;

/** Measured slopes, on functions whose slopes are known. */
public final class Checks1 implements Checks {

  private static final String LEFT =
      "You moved x[i] in the caller's array and left it at the left place. Whoever measures next"
          + " starts from a wrong x: put it back, or move a copy (x.clone()).";

  private static final String BRACKETS =
      "In Java '/' goes before '-': you divide the left value alone. Put the difference in brackets:"
          + " '(... - ...) / (2 * h)'.";

  /** Made by the checker. */
  public Checks1() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(
        slope("the slope of a straight line", lines()),
        slope("the slope of a parabola, with a wide step", parabolas()),
        Cube.property(),
        partial(),
        Cube.ofSeveral(),
        untouched());
  }

  /** c·x² + b·x + a, measured at x with the step h. */
  private record Parabola(int a, int b, int c, int x, double h) {

    double at(double t) {
      return a + t * (b + t * c);
    }

    /** Central differences are exact for it. */
    double slope() {
      return b + 2.0 * c * x;
    }

    String text() {
      List<String> terms =
          Stream.of(
                  c == 0 ? "" : c == 1 ? "x * x" : c + " * x * x",
                  b == 0 ? "" : b == 1 ? "x" : b + " * x",
                  a == 0 ? "" : String.valueOf(a))
              .filter(term -> !term.isEmpty())
              .toList();
      return "DoubleUnaryOperator f = x -> "
          + String.join(" + ", terms)
          + ";\nSlope.at(f, "
          + x
          + ", "
          + h
          + ")";
    }
  }

  private static List<Parabola> lines() {
    return List.of(
        new Parabola(0, 1, 0, 0, 0.5),
        new Parabola(0, 1, 0, 1, 0.5),
        new Parabola(0, 3, 0, 2, 0.25),
        new Parabola(5, 2, 0, 3, 0.125),
        new Parabola(-4, -7, 0, -2, 0.25));
  }

  private static List<Parabola> parabolas() {
    SplittableRandom random = new SplittableRandom(1);
    Stream<Parabola> some =
        IntStream.range(2, 20)
            .mapToObj(
                n ->
                    new Parabola(
                        random.nextInt(-n, n),
                        random.nextInt(-n, n),
                        n,
                        random.nextInt(-n, n),
                        0.5));
    return Stream.concat(Stream.of(new Parabola(0, 0, 1, 1, 0.5)), some).toList();
  }

  private static Property<Parabola> slope(String name, List<Parabola> inputs) {
    return Property.of(name, inputs)
        .program(Parabola::text)
        .labels(p -> List.of("slope at " + p.x()))
        .yours(p -> one(Slope.at(p::at, p.x(), p.h())))
        .expected(p -> one(p.slope()))
        .mistake(
            "one-sided",
            "You measure from x to x + h. That leans to one side: for a curve the result is off in"
                + " proportion to h. Measure from x - h to x + h.",
            p -> one((p.at(p.x() + p.h()) - p.at(p.x())) / p.h()))
        .mistake(
            "one-sided",
            "You measure from x - h to x. That leans to one side: for a curve the result is off in"
                + " proportion to h. Measure from x - h to x + h.",
            p -> one((p.at(p.x()) - p.at(p.x() - p.h())) / p.h()))
        .mistake(
            "distance",
            "The two places are 2 * h apart, and you divide by h: the result is twice the slope.",
            p -> one(2 * p.slope()))
        .mistake(
            "precedence",
            "In Java '/ 2 * h' divides by 2 and then multiplies by h. Write '/ (2 * h)'.",
            p -> one(p.slope() * p.h() * p.h()))
        .mistake(
            "brackets", BRACKETS, p -> one(p.at(p.x() + p.h()) - p.at(p.x() - p.h()) / (2 * p.h())))
        .mistake(
            "halved",
            "You divide by 2. The distance between the two places is 2 * h.",
            p -> one(p.slope() * p.h()))
        .mistake(
            "sign",
            "The sign is turned round: it is the right value less the left one.",
            p -> one(-p.slope()))
        .mistake(
            "not-divided",
            "This is how far f rises between the two places. The slope is that, divided by the"
                + " distance between them.",
            p -> one(2 * p.h() * p.slope()));
  }

  /** Σ (k + 1)·xₖ² at a place, to be measured in the i-th input. */
  private record Bowl(List<Double> x, int i, double h) {

    static double at(double... x) {
      return IntStream.range(0, x.length).mapToDouble(k -> (k + 1) * x[k] * x[k]).sum();
    }

    double slope(int k) {
      return 2 * (k + 1) * x.get(k);
    }

    double[] place() {
      return x.stream().mapToDouble(each -> each).toArray();
    }

    String text() {
      String formula =
          String.join(
              " + ",
              IntStream.range(0, x.size())
                  .mapToObj(k -> (k + 1) + " * x[" + k + "] * x[" + k + "]")
                  .toList());
      String numbers = String.join(", ", x.stream().map(String::valueOf).toList());
      return "ToDoubleFunction<double[]> f = x -> "
          + formula
          + ";\ndouble[] x = {"
          + numbers
          + "};\nSlope.partial(f, x, "
          + i
          + ", "
          + h
          + ")";
    }

    double measured(double... at) {
      ToDoubleFunction<double[]> f = Bowl::at;
      return Slope.partial(f, at, i, h);
    }
  }

  private static List<Bowl> bowls() {
    SplittableRandom random = new SplittableRandom(2);
    Stream<Bowl> some =
        IntStream.range(2, 6)
            .boxed()
            .flatMap(
                n -> {
                  List<Double> x = random.ints(n, 1, 10).mapToObj(each -> (double) each).toList();
                  return IntStream.range(0, n).mapToObj(i -> new Bowl(x, i, 0.5));
                });
    // With 0.7 and 0.1, x + h - 2·h + h is not x.
    return Stream.of(
            Stream.of(new Bowl(List.of(1.0), 0, 0.5)),
            some,
            Stream.of(new Bowl(List.of(0.7), 0, 0.1), new Bowl(List.of(0.3, -0.7), 1, 0.1)))
        .flatMap(each -> each)
        .toList();
  }

  private static Property<Bowl> partial() {
    return Property.of("the slope in one of several inputs", bowls())
        .program(Bowl::text)
        .labels(bowl -> List.of("slope in x[" + bowl.i() + "]"))
        .yours(bowl -> one(bowl.measured(bowl.place())))
        .expected(bowl -> one(bowl.slope(bowl.i())))
        .mistake(
            "moves-all",
            "You move all inputs at once, and so add up all their slopes. Move x[i] alone.",
            bowl -> one(IntStream.range(0, bowl.x().size()).mapToDouble(bowl::slope).sum()))
        .mistake("first-input", "You move x[0], whatever i is.", bowl -> one(bowl.slope(0)))
        .mistake(
            "left-from-the-right",
            "The left place is a step from the right one, so it is x[i] itself. From x[i] + h it is"
                + " two steps to x[i] - h.",
            bowl -> one((moved(bowl, bowl.h()) - moved(bowl, 0)) / (2 * bowl.h())))
        .mistake(
            "one-sided",
            "You measure from x[i] to x[i] + h. Measure from x[i] - h to x[i] + h.",
            bowl -> one((moved(bowl, bowl.h()) - moved(bowl, 0)) / bowl.h()))
        .mistake(
            "one-sided",
            "You measure from x[i] - h to x[i]. Measure from x[i] - h to x[i] + h.",
            bowl -> one((moved(bowl, 0) - moved(bowl, -bowl.h())) / bowl.h()))
        .mistake(
            "brackets",
            BRACKETS,
            bowl -> one(moved(bowl, bowl.h()) - moved(bowl, -bowl.h()) / (2 * bowl.h())));
  }

  private static double moved(Bowl bowl, double h) {
    double[] x = bowl.place();
    x[bowl.i()] += h;
    return Bowl.at(x);
  }

  private static Property<Bowl> untouched() {
    Function<Bowl, double[]> after =
        bowl -> {
          double[] x = bowl.place();
          bowl.measured(x);
          return x;
        };
    return Property.of("the caller's array is as it was", bowls())
        .program(bowl -> bowl.text() + ";\nx")
        .labels(bowl -> IntStream.range(0, bowl.x().size()).mapToObj(k -> "x[" + k + "]").toList())
        .yours(after)
        .expected("before", 0, Bowl::place)
        .mistake("not-restored", LEFT, bowl -> shifted(bowl, -bowl.h()))
        .mistake("not-restored", LEFT, Checks1::leftOfRight)
        .mistake(
            "not-restored",
            "You moved x[i] in the caller's array and left it at the right place. Whoever measures"
                + " next starts from a wrong x: put it back, or move a copy (x.clone()).",
            bowl -> shifted(bowl, bowl.h()))
        .mistake(
            "not-quite-restored",
            "x + h - 2·h + h need not be x: each sum is rounded. Keep the old number and put that"
                + " back, or move a copy (x.clone()).",
            bowl -> {
              double[] x = leftOfRight(bowl);
              x[bowl.i()] += bowl.h();
              return x;
            });
  }

  /** A step to the right, and from there two to the left; each sum is rounded. */
  private static double[] leftOfRight(Bowl bowl) {
    double[] x = shifted(bowl, bowl.h());
    x[bowl.i()] -= 2 * bowl.h();
    return x;
  }

  private static double[] shifted(Bowl bowl, double h) {
    double[] x = bowl.place();
    x[bowl.i()] += h;
    return x;
  }

  @Override
  public String goal() {
    DoubleUnaryOperator slope = x -> Slope.at(Math::sin, x, 1e-4);
    double worst =
        IntStream.rangeClosed(-30, 30)
            .mapToDouble(i -> Math.abs(slope.applyAsDouble(i / 10.0) - Math.cos(i / 10.0)))
            .max()
            .orElseThrow();
    return "The sine (s), and its slope as your code measures it (*):\n\n"
        + new Plot(-3, 3, -1.1, 1.1).curve('s', Math::sin).curve('*', slope)
        + String.format(
            Locale.ROOT,
            "%n  Nobody told it about the cosine, and it is nowhere off by more than %.1e.%n",
            worst);
  }

  private static double[] one(double number) {
    return new double[] {number};
  }
}
