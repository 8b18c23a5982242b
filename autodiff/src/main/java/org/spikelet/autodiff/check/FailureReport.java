package org.spikelet.autodiff.check;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The text about derivatives that are wrong: the worst ones, and a sweep of steps for the worst.
 */
final class FailureReport {

  private static final int LONGEST = 10;

  private FailureReport() {}

  /**
   * Describes the rejected verdicts, worst first.
   *
   * @param count how many derivatives were checked
   * @param check which check it was, such as "order 1, element by element"
   */
  static AssertionError of(
      Subject subject, String check, List<Verdict> rejected, int count, double[] u) {
    List<Verdict> worst =
        rejected.stream().sorted(Comparator.comparingDouble(Verdict::excess).reversed()).toList();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d of %d derivatives are wrong (%s)\n",
            subject.name(),
            rejected.size(),
            count,
            check));
    worst.stream().limit(LONGEST).forEach(verdict -> text.append(row(verdict)));
    if (worst.size() > LONGEST) {
      text.append(String.format(Locale.ROOT, "  … and %d more\n", worst.size() - LONGEST));
    }
    Sweep sweep = new Sweep(worst.get(0), u);
    text.append("  ").append(worst.get(0).line().label()).append(" at other steps:\n");
    text.append(sweep.table()).append(sweep.reading());
    return new AssertionError(text.toString());
  }

  private static String row(Verdict v) {
    String values =
        String.format(
            Locale.ROOT,
            "  %s: analytic %.12g, numeric %.12g, error %.3g, allowed %.3g, h %.3g",
            v.line().label(),
            v.analytic(),
            v.numeric(),
            v.error(),
            v.allowed(),
            v.step());
    String kink =
        String.format(
            Locale.ROOT, ", kink with slopes %.6g to %.6g", v.kink().low(), v.kink().high());
    return values + (v.kink().exists() ? kink : "") + "\n";
  }
}
