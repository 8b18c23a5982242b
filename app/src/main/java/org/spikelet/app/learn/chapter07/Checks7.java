package org.spikelet.app.learn.chapter07;

import course.Differences;
import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Plot;
import org.spikelet.app.learn.check.Property;

/** The pieces of a check by differences. */
public final class Checks7 implements Checks {

  /** The cube root of the gap between 1 and the next number. */
  private static final double ROOT = Math.cbrt(Math.ulp(1.0));

  /** To compare numbers that are all far below 1. */
  private static final double MILLION = 1e6;

  /** Made by the checker. */
  public Checks7() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(step(), numeric(), analytic(), mixed(), Two.agree());
  }

  private static Property<Double> step() {
    return Property.of("the step", List.of(0.0, 1.0, 0.001, 1000.0, -1e6))
        .program(x -> "1e6 * Differences.step(" + x + ")")
        .labels(x -> List.of("a million steps"))
        .yours(x -> one(MILLION * Differences.step(x)))
        .expected(x -> steps(ROOT * Math.max(1, Math.abs(x))))
        .mistake(
            "fixed",
            "The step is the same for all x. Beside a large number so small a step is lost in"
                + " its last digits: let it grow with |x|.",
            x -> steps(ROOT))
        .mistake(
            "only-proportional",
            "The step is in proportion to |x| everywhere, and so it is 0 at 0. It grows only"
                + " where |x| is more than 1: Math.max(1, Math.abs(x)).",
            x -> steps(ROOT * Math.abs(x)))
        .mistake(
            "sign",
            "The sign of x is not to count: take Math.abs(x).",
            x -> steps(ROOT * Math.max(1, x)))
        .mistake(
            "square-root",
            "This is the square root. It is right for a step to one side; for central differences"
                + " it is the cube root, Math.cbrt.",
            x -> steps(Math.sqrt(Math.ulp(1.0)) * Math.max(1, Math.abs(x))))
        .mistake(
            "no-root",
            "The cube root is missing: with so small a step nothing is left but rounding.",
            x -> steps(Math.ulp(1.0) * Math.max(1, Math.abs(x))))
        .mistake(
            "whole-numbers",
            "1 / 3 is 0 in Java, and what is left is max(1, |x|): write 1.0 / 3, or Math.cbrt.",
            x -> steps(Math.max(1, Math.abs(x))))
        .mistake(
            "min",
            "The step grows where |x| is small. Take the larger of 1 and |x|, with Math.max.",
            x -> steps(ROOT * Math.min(1, Math.abs(x))));
  }

  private static double[] steps(double step) {
    return one(MILLION * step);
  }

  private static Property<Cubes> numeric() {
    return slope("the slope by differences", "numeric")
        .yours(c -> one(c.numeric()))
        .expected(c -> numeric(c, -1, 1, 2))
        .mistake(
            "one-sided",
            "You measure to the right only, from x. Take x + h·d and x - h·d, over 2 * h.",
            c -> numeric(c, 0, 1, 1))
        .mistake(
            "one-sided",
            "You measure to the left only, up to x. Take x + h·d and x - h·d, over 2 * h.",
            c -> numeric(c, -1, 0, 1))
        .mistake(
            "distance",
            "The two places are 2 * h apart, and you divide by h: the slope is twice too large.",
            c -> numeric(c, -1, 1, 1))
        .mistake(
            "precedence",
            "In Java '/ 2 * h' divides by 2 and then multiplies by h. Write '/ (2 * h)'.",
            c -> one(numeric(c, -1, 1, 2)[0] * c.h() * c.h()))
        .mistake(
            "sign",
            "The sign is turned round: it is the value at x + h·d less that at x - h·d.",
            c -> one(-numeric(c, -1, 1, 2)[0]))
        .mistake(
            "not-divided",
            "This is how far it rises. The slope is that, over the distance 2 * h.",
            c -> one(2 * c.h() * numeric(c, -1, 1, 2)[0]))
        .mistake(
            "direction",
            "You move every number by h. Each moves by h times its number of d.",
            c ->
                one(
                    c.sum(
                        i ->
                            c.w(i)
                                * (Math.pow(c.x(i) + c.h(), 3) - Math.pow(c.x(i) - c.h(), 3))
                                / (2 * c.h()))))
        .mistake(
            "weights",
            "The outputs are added without their weights. weighted(f, ..., w) takes w for them.",
            c -> one(c.sum(i -> c.rise(i, -1, 1) / (2 * c.h()))));
  }

  /** Over some distance in steps. */
  private static double[] numeric(Cubes c, double from, double to, double distance) {
    return one(c.sum(i -> c.w(i) * c.rise(i, from, to) / (distance * c.h())));
  }

  private static Property<Cubes> analytic() {
    return slope("the slope by the rules", "analytic")
        .yours(c -> one(c.analytic()))
        .expected(c -> one(c.sum(i -> c.w(i) * c.d(i) * gradient(c, i))))
        .mistake(
            "direction",
            "You add up the gradient. The slope in the direction d is the sum of the gradient's"
                + " numbers, each times its number of d.",
            c -> one(c.sum(i -> c.w(i) * gradient(c, i))))
        .mistake(
            "weights",
            "The weights are left out: the output is f times w, number by number, and then the"
                + " sum.",
            c -> one(c.sum(i -> c.d(i) * gradient(c, i))))
        .mistake(
            "first-only",
            "You take the first number only. Add up all of them, with sumTo(1, 1).",
            c -> one(c.w(0) * c.d(0) * gradient(c, 0)))
        .mistake(
            "weights-twice",
            "The weights count twice: once in the output, and once more with d.",
            c -> one(c.sum(i -> c.w(i) * c.w(i) * c.d(i) * gradient(c, i))))
        .mistake(
            "value",
            "This is the value of the function, weighted. It is the gradient that is asked for.",
            c -> one(c.sum(i -> c.w(i) * Math.pow(c.x(i), 3))));
  }

  /** The product of x with itself: each output depends on several numbers of x. */
  private record Mixed(Matrix x, Matrix d, Matrix w) {

    static Variable square(Variable x) {
      return x.matmul(x);
    }

    private static Matrix product(Matrix a, Matrix b) {
      return Graph.product(a, b);
    }

    double slope() {
      Matrix moves = product(d, x).zip(product(x, d), Double::sum);
      return sum(moves, w);
    }

    double weightsAtTheEnd() {
      Matrix ones = Matrix.filled(2, 2, 1);
      Matrix back = x.transpose();
      Matrix gradient = product(ones, back).zip(product(back, ones), Double::sum);
      return sum(gradient.zip(w, (a, b) -> a * b), d);
    }

    private static double sum(Matrix a, Matrix b) {
      return a.zip(b, (p, q) -> p * q).sumTo(1, 1).at(0, 0);
    }

    String text() {
      return "Matrix x = "
          + Matrices.java(x)
          + ";\nMatrix d = "
          + Matrices.java(d)
          + ";\nMatrix w = "
          + Matrices.java(w)
          + ";\ndouble numeric = Differences.numeric(t -> t.matmul(t), x, d, w, 0.5);\n"
          + "double analytic = Differences.analytic(t -> t.matmul(t), x, d, w);\n"
          + "new double[] {numeric, analytic}";
    }
  }

  private static Property<Mixed> mixed() {
    SplittableRandom random = new SplittableRandom(71);
    return Property.of(
            "both, where outputs depend on several numbers",
            IntStream.range(0, 3)
                .mapToObj(
                    i ->
                        new Mixed(
                            Matrices.draw(2, 2, random),
                            Matrices.draw(2, 2, random),
                            Matrices.draw(2, 2, random)))
                .toList())
        .program(Mixed::text)
        .labels(m -> List.of("numeric", "analytic"))
        .yours(
            m ->
                new double[] {
                  Differences.numeric(Mixed::square, m.x(), m.d(), m.w(), 0.5),
                  Differences.analytic(Mixed::square, m.x(), m.d(), m.w())
                })
        .expected(m -> new double[] {m.slope(), m.slope()})
        .mistake(
            "weights-at-the-end",
            "In analytic the weights are those of the outputs: f(x) times w is what has a gradient."
                + " Times the gradient is the same only where each output has an input of its own.",
            m -> new double[] {m.slope(), m.weightsAtTheEnd()});
  }

  private static double gradient(Cubes c, int i) {
    return 3 * c.x(i) * c.x(i);
  }

  private static Property<Cubes> slope(String name, String method) {
    return Property.of(name, Cubes.all())
        .program(c -> c.text(method))
        .labels(c -> List.of("slope"));
  }

  private static double[] one(double number) {
    return new double[] {number};
  }

  /** The error of the slope of the exponential function at 1, by the step, both in logarithms. */
  @Override
  public String goal() {
    Matrix one = Matrix.of(1, 1, 1);
    DoubleUnaryOperator central =
        k -> Math.abs(Differences.numeric(Variable::exp, one, one, one, Math.pow(10, k)) - Math.E);
    DoubleUnaryOperator oneSided =
        k -> Math.abs((Math.exp(1 + Math.pow(10, k)) - Math.E) / Math.pow(10, k) - Math.E);
    double yours = Math.log10(Differences.step(1));
    Plot plot = new Plot(-14, 0, -13, 1);
    IntStream.rangeClosed(-13, 1).forEach(y -> plot.point('|', yours, y));
    plot.curve('o', k -> Math.log10(oneSided.applyAsDouble(k)));
    plot.curve('*', k -> Math.log10(central.applyAsDouble(k)));
    return "The error of a measured slope, by the step, both as powers of ten: to one side"
        + "\n(o) and to both, by your code (*). The line (|) is the step that you chose.\n\n"
        + plot
        + String.format(
            Locale.ROOT,
            "%n  At your step, %.2g, the slope of e^x at 1 is off by %.1e.%n",
            Differences.step(1),
            central.applyAsDouble(yours));
  }
}
