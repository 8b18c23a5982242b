package org.spikelet.app.lab;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings as a table of text, two lines of at most 80 columns for each. */
final class LabTable {

  private static final String ROW = "%-28s %-12s %24s %11s%n";

  private LabTable() {}

  /** Prints it. */
  static void print(PrintWriter out, List<Finding> findings) {
    out.println();
    out.printf(ROW, "", "verdict", "effect [95 %]", "end loss");
    for (Finding finding : findings) {
      Contrast contrast = finding.contrast();
      out.printf(
          Locale.ROOT,
          ROW,
          finding.claim().name(),
          finding.verdict().word(),
          String.format(
              Locale.ROOT, "%.2f [%.2f, %.2f]", contrast.value(), contrast.low(), contrast.high()),
          finding.endLoss().isEmpty()
              ? "–"
              : String.format(Locale.ROOT, "× %.3g", finding.endLoss().getAsDouble()));
      out.println("  with, without: " + means(finding));
    }
    out.flush();
  }

  private static String means(Finding finding) {
    List<String> parts = new ArrayList<>();
    String adam = finding.subject().group() == Group.OWN ? "" : "Adam ";
    finding.adam().ifPresent(means -> parts.add(adam + words(means)));
    finding.sgd().ifPresent(means -> parts.add("SGD " + words(means)));
    parts.add("rise " + words(finding.upward()));
    return String.join("; ", parts);
  }

  private static String words(Finding.Means means) {
    return Arrays.stream(means.toArray())
        .mapToObj(mean -> String.format(Locale.ROOT, "%.2f", mean))
        .collect(Collectors.joining(", "));
  }
}
