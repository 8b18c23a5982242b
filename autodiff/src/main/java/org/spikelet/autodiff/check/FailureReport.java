package org.spikelet.autodiff.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The text about derivatives that do not pass: the worst ones, and why for the worst. */
final class FailureReport {

  private static final int LONGEST = 10;

  private FailureReport() {}

  /**
   * Describes the rejected verdicts, the wrong ones first.
   *
   * @param count how many derivatives were checked
   * @param check which check it was, such as "order 1, element by element"
   */
  static AssertionError of(
      Subject subject,
      String check,
      List<Verdict> rejected,
      int count,
      double[] u,
      Tolerance tolerance) {
    Comparator<Verdict> order = Comparator.comparing(v -> v.kind() == Verdict.Kind.CANNOT_TELL);
    List<Verdict> worst = new ArrayList<>(rejected);
    worst.sort(order.thenComparing(Comparator.comparingDouble(Verdict::excess).reversed()));
    Reading reading = Reading.of(worst.get(0), u, tolerance);
    worst.set(0, reading.verdict());
    long unknown = worst.stream().filter(v -> v.kind() == Verdict.Kind.CANNOT_TELL).count();
    long small = worst.stream().filter(v -> v.kind() == Verdict.Kind.RIGHT).count();
    long kinks = worst.stream().filter(v -> v.kind() == Verdict.Kind.INSIDE_KINK).count();
    long wrong = worst.size() - unknown - small - kinks;
    StringBuilder text = new StringBuilder(subject.name()).append(": ");
    List<String> parts = new ArrayList<>();
    add(parts, wrong, count, "%d of %d derivatives are wrong");
    add(parts, kinks, count, "%d of %d derivatives are at kinks");
    add(parts, small, count, "%d of %d derivatives are too small for the tolerance");
    add(parts, unknown, count, "%d of %d cannot be told right or wrong");
    text.append(String.join(", ", parts));
    text.append(say(" (%s)\n", check));
    worst.stream().limit(LONGEST).forEach(verdict -> text.append(row(verdict)));
    if (worst.size() > LONGEST) {
      text.append(say("  … and %d more\n", worst.size() - LONGEST));
    }
    Line line = worst.get(0).line();
    text.append("  ").append(line.label()).append(" at other steps:\n");
    text.append(reading.text());
    return new AssertionError(text.toString());
  }

  private static void add(List<String> parts, long some, int count, String words) {
    if (some > 0) {
      parts.add(say(words, some, count));
    }
  }

  private static String row(Verdict v) {
    Estimate e = v.estimate();
    String numeric =
        e.kinked()
            ? say("kink with slopes %.6g to %.6g ± %.2g", e.low(), e.high(), e.bound())
            : say("numeric %.12g ± %.2g", e.middle(), e.spread());
    return say(
        "  %s: analytic %.12g, %s, error %.3g, allowed %.3g\n",
        v.line().label(), v.analytic(), numeric, v.error(), v.allowed());
  }

  static String say(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
