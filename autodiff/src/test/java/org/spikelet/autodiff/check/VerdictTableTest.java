package org.spikelet.autodiff.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Functions of all kinds with right and wrong rules, at 400 random points each: what the verdicts
 * are, as docs/gradient-check.md counts them.
 */
class VerdictTableTest {

  private static final int POINTS = 400;

  /** How exact the values of a function are. */
  private enum Precision {
    FULL,
    ROUNDED
  }

  private record Case(
      String name,
      DoubleUnaryOperator function,
      DoubleUnaryOperator derivative,
      ToDoubleFunction<SplittableRandom> point,
      Precision precision) {}

  private record Rule(String name, DoubleUnaryOperator change) {}

  /** The transposed rule, of a product of matrices, is in {@link PlantedBugsTest}. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("right", g -> g),
          new Rule("0", g -> 0),
          new Rule("· 0.95", g -> 0.95 * g),
          new Rule("· 1.002", g -> 1.002 * g),
          new Rule("− sign", g -> -g),
          new Rule("a term missing", g -> g - 0.01 * (1 + Math.abs(g))));

  private static Case full(
      String name,
      DoubleUnaryOperator f,
      DoubleUnaryOperator d,
      ToDoubleFunction<SplittableRandom> x) {
    return new Case(name, f, d, x, Precision.FULL);
  }

  private static Case rounded(String name, DoubleUnaryOperator f, DoubleUnaryOperator d) {
    return new Case(name, f, d, between(-2, 2), Precision.ROUNDED);
  }

  private static ToDoubleFunction<SplittableRandom> between(double low, double high) {
    return random -> random.nextDouble(low, high);
  }

  private static ToDoubleFunction<SplittableRandom> powers(double low, double high) {
    return random -> StrictMath.pow(10, random.nextDouble(low, high));
  }

  private static ToDoubleFunction<SplittableRandom> near(double centre, double low, double high) {
    return random ->
        centre + (random.nextBoolean() ? 1 : -1) * powers(low, high).applyAsDouble(random);
  }

  private static double sin(double x) {
    return StrictMath.sin(x);
  }

  private static double cos(double x) {
    return StrictMath.cos(x);
  }

  private static double step(double x) {
    return x > 0 ? 1 : 0;
  }

  static List<Case> cases() {
    return List.of(
        full("sin x", x -> sin(x), x -> cos(x), between(-2, 2)),
        full("exp x", StrictMath::exp, StrictMath::exp, between(-2, 2)),
        full("log x, 10⁻⁹ to 10⁹", StrictMath::log, x -> 1 / x, powers(-9, 9)),
        full("√x, 10⁻⁹ to 10⁹", Math::sqrt, x -> 0.5 / Math.sqrt(x), powers(-9, 9)),
        full("1/x, 10⁻¹² to 10⁻⁶", x -> 1 / x, x -> -1 / (x * x), powers(-12, -6)),
        full(
            "sin 10¹²x near 10⁻¹²",
            x -> sin(1e12 * x),
            x -> 1e12 * cos(1e12 * x),
            between(-2e-12, 2e-12)),
        full("sin 10⁶x", x -> sin(1e6 * x), x -> 1e6 * cos(1e6 * x), between(-2, 2)),
        full("sin x, 10⁶ to 10⁹", x -> sin(x), x -> cos(x), powers(6, 9)),
        full(
            "10⁹(sin + cos) 10⁻⁹x",
            x -> 1e9 * (sin(1e-9 * x) + cos(1e-9 * x)),
            x -> cos(1e-9 * x) - sin(1e-9 * x),
            between(-2, 2)),
        full(
            "√(x² + 10⁻¹⁴) near 0",
            x -> Math.sqrt(x * x + 1e-14),
            x -> x / Math.sqrt(x * x + 1e-14),
            between(-3e-7, 3e-7)),
        full("relu x", x -> Math.max(x, 0), x -> step(x), between(-2, 2)),
        full("|x| at 0", Math::abs, Math::signum, random -> 0),
        full(
            "relu(x−1) + sin x near 1",
            x -> Math.max(x - 1, 0) + sin(x),
            x -> step(x - 1) + cos(x),
            near(1, -14, -2)),
        full("x·|x| near 0", x -> x * Math.abs(x), x -> 2 * Math.abs(x), near(0, -6, -1)),
        rounded("(float) sin x", x -> (float) sin(x), x -> cos(x)),
        rounded("(float) x²", x -> (float) (x * x), x -> 2 * x),
        rounded("(float) (10⁵ + sin x)", x -> (float) (1e5 + sin(x)), x -> cos(x)),
        rounded("(sin x + 10⁸) − 10⁸", x -> (sin(x) + 1e8) - 1e8, x -> cos(x)),
        rounded("(sin x + 10¹²) − 10¹²", x -> (sin(x) + 1e12) - 1e12, x -> cos(x)),
        rounded("(exp x + 10⁴) − 10⁴", x -> (StrictMath.exp(x) + 1e4) - 1e4, StrictMath::exp));
  }

  @TestFactory
  Stream<DynamicTest> verdicts() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(Case c) {
    Map<Verdict.Kind, Integer> right = counts(c, RULES.get(0));
    assertThat(right.get(Verdict.Kind.WRONG) + right.get(Verdict.Kind.OUTSIDE_KINK)).isZero();
    if (c.precision() == Precision.FULL) {
      assertThat(right.get(Verdict.Kind.CANNOT_TELL)).isLessThanOrEqualTo(POINTS / 100);
    }
    RULES.stream().skip(1).forEach(rule -> counts(c, rule));
  }

  /** Counts verdicts; fails if a clearly wrong value is called right. */
  private static Map<Verdict.Kind, Integer> counts(Case c, Rule rule) {
    SplittableRandom random = new SplittableRandom(7);
    Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
    Arrays.stream(Verdict.Kind.values()).forEach(kind -> counts.put(kind, 0));
    for (int i = 0; i < POINTS; i++) {
      double x = c.point().applyAsDouble(random);
      DoubleUnaryOperator d = v -> rule.change().applyAsDouble(c.derivative().applyAsDouble(v));
      Verdict.Kind kind = Judged.at(c.function(), d, x).kind();
      counts.merge(kind, 1, Integer::sum);
      double slope = c.derivative().applyAsDouble(x);
      if (Math.abs(d.applyAsDouble(x) - slope) >= 10 * (1e-7 + 1e-6 * Math.abs(slope))) {
        assertThat(kind)
            .as("%s, %s, %s", c.name(), rule.name(), x)
            .isNotEqualTo(Verdict.Kind.RIGHT);
      }
    }
    return counts;
  }

  /** Prints the table of docs/gradient-check.md. */
  public static void main(String[] arguments) {
    StringBuilder text = new StringBuilder("| function |");
    RULES.forEach(rule -> text.append(' ').append(rule.name()).append(" |"));
    text.append("\n|---|").append("---|".repeat(RULES.size())).append('\n');
    for (Case c : cases()) {
      text.append("| ").append(c.name()).append(" |");
      for (Rule rule : RULES) {
        Map<Verdict.Kind, Integer> n = counts(c, rule);
        int kinks = n.get(Verdict.Kind.INSIDE_KINK);
        int wrong = n.get(Verdict.Kind.WRONG) + n.get(Verdict.Kind.OUTSIDE_KINK);
        text.append(
            String.format(
                Locale.ROOT,
                " %d%s / %d / %d |",
                n.get(Verdict.Kind.RIGHT),
                kinks > 0 ? " + " + kinks + " kinks" : "",
                wrong,
                n.get(Verdict.Kind.CANNOT_TELL)));
      }
      text.append('\n');
    }
    System.out.print(text);
  }
}
