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

  private static final String UPSTREAM =
      "This is the operation's own derivative. The result moves g times as much as the output"
          + " does: multiply by g.";
  private static final String DIVIDED = "You divide by g. The chain rule multiplies by it.";
  private static final String SIGN = "The sign is turned round.";

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
        binary("plus", Double::sum, Rules::plus, (a, b, g) -> two(g, g)),
        binary("minus", (a, b) -> a - b, Rules::minus, (a, b, g) -> two(g, -g))
            .mistake(
                "b-backwards",
                "If b grows by one, a - b falls by one: b gets -g.",
                in -> two(in.g(), in.g())),
        binary("times", (a, b) -> a * b, Rules::times, (a, b, g) -> two(g * b, g * a))
            .mistake(
                "zero",
                "Where a or b is 0 this is 0 / 0. What a passes on needs no division: the product"
                    + " moves by b.",
                in -> two(in.g() * in.a() * in.b() / in.a(), in.g() * in.a() * in.b() / in.b())),
        over(),
        unary("exp", Math::exp, Rules::exp, (x, y, g) -> g * y)
            .mistake(
                "input",
                "You multiply by the input x. The derivative is the output y.",
                in -> one(in.g() * in.x())),
        unary("log", Math::log, Rules::log, (x, y, g) -> g / x)
            .mistake(
                "output",
                "You divide by the output y. The derivative is 1 / x, with the input.",
                in -> one(in.g() / Math.log(in.x())))
            .mistake(
                "inverse",
                "You multiply by x. The derivative is 1 / x: divide by it.",
                in -> one(in.g() * in.x())),
        tanh(),
        unary("relu", x -> Math.max(x, 0), Rules::relu, (x, y, g) -> x > 0 ? g : 0)
            .mistake(
                "output",
                "You pass on the output y, which is x where x is positive. What passes is g.",
                in -> one(Math.max(in.x(), 0)))
            .mistake(
                "output",
                "You multiply by the output y. The slope of relu is 1 where x is positive.",
                in -> one(in.g() * Math.max(in.x(), 0)))
            .mistake(
                "everywhere",
                "You pass g everywhere. Where x is negative the output does not move.",
                in -> one(in.g())),
        corner(),
        Apart.property());
  }

  private static Property<Binary> over() {
    return binary("over", (a, b) -> a / b, Rules::over, (a, b, g) -> two(g / b, -g * a / (b * b)))
        .mistake(
            "second-sign",
            "If b grows, a / b comes nearer to 0: the derivative in b has a minus.",
            in -> two(in.g() / in.b(), in.g() * in.a() / (in.b() * in.b())))
        .mistake(
            "square",
            "You divide by b once. The derivative in b has b * b below.",
            in -> two(in.g() / in.b(), -in.g() * in.a() / in.b()))
        .mistake(
            "precedence",
            "In Java '/ b * b' divides by b and then multiplies by it. Write '/ (b * b)'.",
            in -> two(in.g() / in.b(), -in.g() * in.a()))
        .mistake(
            "inverse",
            "You multiply by b in what reaches a. a / b moves by 1 / b when a moves by one.",
            in -> two(in.g() * in.b(), -in.g() * in.a() / (in.b() * in.b())));
  }

  private static Property<Unary> tanh() {
    return unary("tanh", Math::tanh, Rules::tanh, (x, y, g) -> g * (1 - y * y))
        .mistake(
            "input",
            "You take 1 - x * x, with the input. It is 1 - y * y, with the output.",
            in -> one(in.g() * (1 - in.x() * in.x())))
        .mistake(
            "square",
            "You take 1 - y. It is 1 - y * y.",
            in -> one(in.g() * (1 - Math.tanh(in.x()))))
        .mistake(
            "precedence",
            "In Java 'g * 1 - y * y' multiplies before it subtracts. Write 'g * (1 - y * y)'.",
            in -> one(in.g() - Math.tanh(in.x()) * Math.tanh(in.x())));
  }

  private static Property<Binary> binary(
      String op, DoubleBinaryOperator f, BinaryRule yours, BinaryRule right) {
    SplittableRandom random = new SplittableRandom(2);
    Stream<Binary> some =
        Stream.generate(
                () ->
                    new Binary(
                        random.nextInt(-40, 41) / 10.0,
                        random.nextInt(5, 40) / (random.nextBoolean() ? 10.0 : -10.0),
                        random.nextInt(-40, 41) / 10.0))
            .limit(30);
    return Property.of(
            "the rule of " + op,
            Stream.of(Stream.of(new Binary(2, 3, 1), new Binary(2, 3, 5)), some, zeros(op).stream())
                .flatMap(each -> each)
                .toList())
        .program(in -> "Rules." + op + "(" + in.a() + ", " + in.b() + ", " + in.g() + ")")
        .labels(in -> List.of("to a", "to b"))
        .yours(in -> yours.back(in.a(), in.b(), in.g()))
        .expected(
            "by differences",
            1e-6,
            in ->
                two(
                    in.g() * slope(a -> f.applyAsDouble(a, in.b()), in.a()),
                    in.g() * slope(b -> f.applyAsDouble(in.a(), b), in.b())))
        .mistake("upstream", UPSTREAM, in -> right.back(in.a(), in.b(), 1))
        .mistake("divided", DIVIDED, in -> right.back(in.a(), in.b(), 1 / in.g()))
        .mistake("sign", SIGN, in -> right.back(in.a(), in.b(), -in.g()))
        .mistake(
            "swapped",
            "What you pass to a is for b, and what you pass to b is for a.",
            in -> {
              double[] passed = right.back(in.a(), in.b(), in.g());
              return two(passed[1], passed[0]);
            });
  }

  /** Where a rule that divides by an input which is only a factor ends in 0 / 0. */
  private static List<Binary> zeros(String op) {
    Binary first = new Binary(0, 3, 5);
    return op.equals("over") ? List.of(first) : List.of(first, new Binary(2, 0, 5));
  }

  private static Property<Unary> unary(
      String op, DoubleUnaryOperator f, UnaryRule yours, UnaryRule right) {
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
        .yours(in -> one(yours.back(in.x(), f.applyAsDouble(in.x()), in.g())))
        .expected("by differences", 1e-6, in -> one(in.g() * slope(f, in.x())))
        .mistake("upstream", UPSTREAM, in -> one(right.back(in.x(), f.applyAsDouble(in.x()), 1)))
        .mistake(
            "divided", DIVIDED, in -> one(right.back(in.x(), f.applyAsDouble(in.x()), 1 / in.g())))
        .mistake("sign", SIGN, in -> one(right.back(in.x(), f.applyAsDouble(in.x()), -in.g())));
  }

  /** Differences see half of the slopes of both sides there; the usual convention is 0. */
  private static Property<Double> corner() {
    return Property.of("relu at 0", List.of(1.0, 5.0, -2.0))
        .program(g -> "Rules.relu(0, 0, " + g + ")")
        .labels(g -> List.of("to x"))
        .yours(g -> one(Rules.relu(0, 0, g)))
        .expected("as is usual", 0, g -> one(0))
        .mistake(
            "corner",
            "At 0 itself there is no slope, and by convention nothing passes: write > for >=.",
            g -> one(g));
  }

  private static double slope(DoubleUnaryOperator f, double x) {
    return (f.applyAsDouble(x + H) - f.applyAsDouble(x - H)) / (2 * H);
  }

  private static double[] one(double number) {
    return new double[] {number};
  }

  private static double[] two(double a, double b) {
    return new double[] {a, b};
  }

  /** The chain of the text: each rule gets what the one behind it has passed on. */
  @Override
  public String goal() {
    double a = 0.5;
    double b = 0.2;
    double x = 1.5;
    double p = a * x;
    double s = p + b;
    double y = Math.tanh(s);
    double toS = Rules.tanh(s, y, 1);
    double[] toP = Rules.plus(p, b, toS);
    double[] toA = Rules.times(a, x, toP[0]);
    DoubleUnaryOperator ofA = t -> Math.tanh(t * x + b);
    DoubleUnaryOperator ofB = t -> Math.tanh(a * x + t);
    DoubleUnaryOperator ofX = t -> Math.tanh(a * t + b);
    return "A neuron, y = tanh(a * x + b), at a = 0.5, x = 1.5, b = 0.2. Your rules,\n"
        + "from the end to the beginning, each given what the last one has passed on:\n\n"
        + "  y = tanh(s)   1 has reached y\n"
        + row("s = p + b", toS, "s")
        + row("p = a * x", toP[0], "p")
        + "\n                       by your rules   by differences\n"
        + line("dy/da", toA[0], slope(ofA, a))
        + line("dy/dx", toA[1], slope(ofX, x))
        + line("dy/db", toP[1], slope(ofB, b))
        + "\n  Three operations, which know nothing of each other but the number g.\n";
  }

  private static String row(String op, double g, String to) {
    return String.format(Locale.ROOT, "  %-13s %.6f has reached %s%n", op, g, to);
  }

  private static String line(String name, double rules, double differences) {
    return String.format(
        Locale.ROOT, "  %s                   %.7f        %.7f%n", name, rules, differences);
  }
}
