package org.spikelet.app.learn.chapter07;

import course.Differences;
import java.util.List;
import org.spikelet.app.learn.check.Property;

/** Two numbers to be compared. */
record Two(double a, double b) {

  private String text() {
    return "Differences.agree(" + java(a) + ", " + java(b) + ")";
  }

  private static String java(double number) {
    return Double.isNaN(number)
        ? "Double.NaN"
        : Double.isInfinite(number)
            ? "Double." + (number > 0 ? "POSITIVE" : "NEGATIVE") + "_INFINITY"
            : "" + number;
  }

  private double[] differBy(double tolerance) {
    return truth(Math.abs(a - b) <= tolerance);
  }

  /** Whether they differ by at most this, and it is a number. */
  private double[] differByFinite(double tolerance) {
    return truth(Math.abs(a - b) <= tolerance && Double.isFinite(tolerance));
  }

  private double smaller() {
    return Math.min(Math.abs(a), Math.abs(b));
  }

  private double larger() {
    return Math.max(Math.abs(a), Math.abs(b));
  }

  /** Returns what must hold for some. */
  static Property<Two> agree() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    return Property.of(
            "what agrees",
            List.of(
                new Two(1, 1),
                new Two(1, 2),
                new Two(2, 1),
                new Two(3, -3),
                new Two(0, 1e-9),
                new Two(0, 1e-6),
                new Two(1e-9, 1e-3),
                new Two(1e9, 1e9 + 1),
                new Two(-1e9, -1e9 - 1),
                new Two(1e9, 1.1e9),
                new Two(nan, nan),
                new Two(1, nan),
                new Two(nan, 1),
                new Two(1, infinite),
                new Two(infinite, 1),
                new Two(infinite, infinite),
                new Two(-infinite, infinite),
                new Two(-infinite, -infinite)))
        .program(Two::text)
        .labels(t -> List.of("true is 1"))
        .yours(t -> truth(Differences.agree(t.a(), t.b())))
        .expected(t -> t.differByFinite(1e-6 * Math.max(1, t.smaller())))
        .mistake(
            "absolute",
            "The tolerance is the same for all numbers. Of a slope of 1e9 not even the rounding"
                + " is below 1e-6: let it grow with the numbers.",
            t -> t.differBy(1e-6))
        .mistake(
            "relative",
            "The tolerance is in proportion to the numbers, and so beside 0 nothing agrees. Let"
                + " it be at least 1e-6: Math.max(1, ...).",
            t -> t.differBy(1e-6 * t.smaller()))
        .mistake(
            "infinite",
            "With the larger of the two an infinite number agrees with every other, for the"
                + " tolerance is infinite, too. Take the smaller.",
            t -> t.differBy(1e-6 * Math.max(1, t.larger())))
        .mistake(
            "nan",
            "What is not a number agrees here with everything. Each comparison with NaN is false,"
                + " so ask whether the difference is <= the tolerance, not whether it is >.",
            t -> truth(!(Math.abs(t.a() - t.b()) > 1e-6 * Math.max(1, t.smaller()))))
        .mistake(
            "sign",
            "a - b is negative where a is the smaller one: take Math.abs(a - b).",
            t -> truth(t.a() - t.b() <= 1e-6 * Math.max(1, t.smaller())))
        .mistake(
            "at-most",
            "Numbers that differ by just the tolerance agree: at most is <=.",
            t -> truth(Math.abs(t.a() - t.b()) < 1e-6 * Math.max(1, t.smaller())))
        .mistake(
            "infinite",
            "An infinite a agrees here with every b, for the tolerance is infinite, too. Take the"
                + " smaller of |a| and |b|.",
            t -> t.differBy(1e-6 * Math.max(1, Math.abs(t.a()))))
        .mistake(
            "both-infinite",
            "Minus infinity agrees here with infinity: the smaller of the two sizes is infinite, and"
                + " so is the tolerance. Say no where it is.",
            t -> t.differBy(1e-6 * Math.max(1, t.smaller())))
        .mistake(
            "sizes",
            "The size of -1e9 is 1e9: take Math.abs of both before you take the smaller.",
            t -> t.differBy(1e-6 * Math.max(1, Math.min(t.a(), t.b()))))
        .mistake("equal", "Only equal numbers agree. Rounding alone sets them apart.", Two::same)
        .mistake("turned-round", "It is the other way round.", t -> truth(same(t)[0] == 0));
  }

  private static double[] same(Two t) {
    return truth(t.a() == t.b());
  }

  private static double[] truth(boolean is) {
    return new double[] {is ? 1 : 0};
  }
}
