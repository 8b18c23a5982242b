package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikelet.app.command.Wrapped;
import org.spikelet.app.log.TrainingLog;

/** The opinion in words, for a terminal. */
final class Text {

  private final StringBuilder text = new StringBuilder();
  private final int width;

  private Text(int width) {
    this.width = width;
  }

  static String of(Opinion opinion) {
    return of(opinion, Wrapped.WIDTH - 1);
  }

  static String of(Opinion opinion, int width) {
    Text text = new Text(width);
    text.paragraph(summary(opinion), "", "");
    opinion.signals().log().notes().forEach(note -> text.paragraph(note, "", "  "));
    Oddities.of(opinion.signals().log()).forEach(odd -> text.paragraph(odd, "", "  "));
    if (!opinion.findings().isEmpty()) {
      text.line("");
      text.paragraph(caution(opinion), "", "");
    }
    int number = 1;
    for (Finding finding : opinion.findings()) {
      text.finding(finding, number++);
    }
    text.line("");
    text.line("What this log cannot tell:");
    Blind.spots(opinion.signals()).forEach(spot -> text.paragraph(spot, "- ", "  "));
    return text.text.toString();
  }

  /** What rose, in a sentence or two. */
  static String summary(Opinion opinion) {
    TrainingLog log = opinion.signals().log();
    List<Case> cases = opinion.signals().cases();
    List<String> counts = new ArrayList<>();
    count(
        counts,
        cases.stream().filter(Case::isNan).count(),
        "stretch without a number",
        "stretches without a number");
    count(
        counts,
        cases.stream().filter(c -> isPassing(c, Rise.Kind.SPIKE)).count(),
        "spike",
        "spikes");
    count(
        counts,
        cases.stream().filter(c -> isPassing(c, Rise.Kind.SMALL)).count(),
        "small rise",
        "small rises");
    count(
        counts,
        cases.stream().filter(c -> !c.isNan() && isLasting(c)).count(),
        "rise to a level that lasts",
        "rises to a level that lasts");
    int left = opinion.signals().left();
    return String.format(
        Locale.ROOT,
        "%s in %,d loss%s of %s%s. The loss went from about %.4g to %s.",
        counts.isEmpty() ? "No spikes" : String.join(", ", counts),
        log.size(),
        log.size() == 1 ? "" : "es",
        log.file(),
        left > 0 ? String.format(Locale.ROOT, " (of %,d, the highest)", left + cases.size()) : "",
        opinion.signals().trend().first(),
        last(opinion));
  }

  private static String last(Opinion opinion) {
    double[] losses = opinion.signals().log().losses();
    double last = losses[losses.length - 1];
    return Double.isFinite(last)
        ? String.format(Locale.ROOT, "about %.4g", opinion.signals().trend().last())
        : String.valueOf(last);
  }

  private static boolean isLasting(Case one) {
    return one.shape().compareTo(Shape.LASTING) >= 0;
  }

  private static boolean isPassing(Case one, Rise.Kind kind) {
    return !one.isNan() && !isLasting(one) && one.rise().kind() == kind;
  }

  private static void count(List<String> counts, long count, String one, String more) {
    if (count > 0) {
      counts.add(String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : more));
    }
  }

  static String caution(Opinion opinion) {
    return (opinion.findings().size() == 1
            ? "One hypothesis fits"
            : "Hypotheses, that which fits best first")
        + ". A log shows what happened and not why: none of them is a cause before a second run, with the"
        + " one change and all else equal, has shown it.";
  }

  private void finding(Finding finding, int number) {
    line("");
    paragraph(finding.title() + ".", number + ". ", "   ");
    finding.evidence().forEach(evidence -> paragraph(evidence, "   - ", "     "));
    paragraph("Laboratory: " + finding.hypothesis().laboratory() + ".", "   - ", "     ");
    finding
        .separation()
        .ifPresent(
            separation -> {
              paragraph(
                  separation.other().isPresent()
                      ? "The one change that separates it from " + (number + 1) + ":"
                      : "The one change that tries it:",
                  "   ",
                  "   ");
              separation.change().lines().forEach(code -> line("       " + code));
              paragraph(separation.words(), "   ", "   ");
            });
  }

  private void paragraph(String words, String first, String others) {
    Wrapped.text(width, first, words, others.length()).lines().forEach(this::line);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
