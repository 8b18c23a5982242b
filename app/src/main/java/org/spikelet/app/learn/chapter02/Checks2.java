package org.spikelet.app.learn.chapter02;

import course.Rules;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Property;

/** Each rule against differences, with upstream derivatives other than 1. */
public final class Checks2 implements Checks {

  /** Made by the checker. */
  public Checks2() {}

  private static final double H = 1e-5;

  /** Two inputs and what reaches the output. */
  private record Binary(double a, double b, double g) {}

  /** One input and what reaches the output. */
  private record Unary(double x, double g) {}

  /** A rule of two inputs. */
  private interface BinaryRule {
    double[] back(double a, double b, double g);
  }

  /** A rule of one input. */
  private interface UnaryRule {
    double back(double x, double y, double g);
  }

  @Override
  public List<Property<?>> properties() {
    return List.of(
        binary("plus", Double::sum, Rules::plus),
        binary("minus", (a, b) -> a - b, Rules::minus),
        binary("times", (a, b) -> a * b, Rules::times),
        binary("over", (a, b) -> a / b, Rules::over),
        unary("exp", Math::exp, Rules::exp),
        unary("log", Math::log, Rules::log),
        unary("tanh", Math::tanh, Rules::tanh),
        unary("relu", x -> Math.max(x, 0), Rules::relu));
  }

  private static Property<Binary> binary(String op, DoubleBinaryOperator f, BinaryRule rule) {
    SplittableRandom random = new SplittableRandom(2);
    Stream<Binary> some =
        Stream.generate(
                () ->
                    new Binary(
                        random.nextInt(-40, 41) / 10.0,
                        random.nextInt(5, 40) / 10.0,
                        random.nextInt(-40, 41) / 10.0))
            .limit(30);
    return Property.of(
            "the rule of " + op,
            Stream.concat(Stream.of(new Binary(2, 3, 1), new Binary(2, 3, 5)), some).toList())
        .program(in -> "Rules." + op + "(" + in.a() + ", " + in.b() + ", " + in.g() + ")")
        .labels(in -> List.of("to a", "to b"))
        .yours(in -> rule.back(in.a(), in.b(), in.g()))
        .expected(
            "by differences",
            1e-6,
            in ->
                new double[] {
                  in.g() * slope(a -> f.applyAsDouble(a, in.b()), in.a()),
                  in.g() * slope(b -> f.applyAsDouble(in.a(), b), in.b())
                });
  }

  private static Property<Unary> unary(String op, DoubleUnaryOperator f, UnaryRule rule) {
    SplittableRandom random = new SplittableRandom(3);
    double least = op.equals("log") ? 0.5 : -3;
    Stream<Unary> some =
        Stream.generate(
                () ->
                    new Unary(
                        Math.round(10 * random.nextDouble(least, 3)) / 10.0 + 0.05,
                        random.nextInt(-40, 41) / 10.0))
            .limit(30);
    return Property.of(
            "the rule of " + op,
            Stream.concat(Stream.of(new Unary(2, 1), new Unary(2, 5)), some).toList())
        .program(
            in ->
                String.format(
                    Locale.ROOT,
                    "double y = %s;%nRules.%s(%s, y, %s)",
                    op.equals("relu")
                        ? "Math.max(" + in.x() + ", 0)"
                        : "Math." + op + "(" + in.x() + ")",
                    op,
                    in.x(),
                    in.g()))
        .labels(in -> List.of("to x"))
        .yours(in -> new double[] {rule.back(in.x(), f.applyAsDouble(in.x()), in.g())})
        .expected("by differences", 1e-6, in -> new double[] {in.g() * slope(f, in.x())});
  }

  private static double slope(DoubleUnaryOperator f, double x) {
    return (f.applyAsDouble(x + H) - f.applyAsDouble(x - H)) / (2 * H);
  }

  @Override
  public String goal() {
    double[] passed = Rules.times(2, 3, 1);
    return "d(2 * 3): " + passed[0] + " to the first, " + passed[1] + " to the second.\n";
  }
}
