package org.spikelet.app.lab;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings as a table of text. */
final class LabTable {

  private static final String ROW = "%-28s %-12s %22s %19s %19s %15s %9s%n";

  private LabTable() {}

  /** Prints it. */
  static void print(PrintWriter out, List<Finding> findings) {
    boolean own = findings.stream().anyMatch(each -> each.subject().group() == Group.OWN);
    out.println();
    out.printf(
        ROW,
        "",
        "verdict",
        "effect [95 %]",
        own ? "with, without" : "Adam: with, without",
        "SGD",
        "rise",
        "end loss");
    for (Finding finding : findings) {
      Contrast contrast = finding.contrast();
      out.printf(
          Locale.ROOT,
          ROW,
          finding.claim().name(),
          finding.verdict().word(),
          String.format(
              Locale.ROOT, "%.2f [%.2f, %.2f]", contrast.value(), contrast.low(), contrast.high()),
          finding.adam().map(LabTable::words).orElse("–"),
          finding.sgd().map(LabTable::words).orElse("–"),
          words(finding.upward()),
          finding.endLoss().isEmpty()
              ? "–"
              : String.format(Locale.ROOT, "× %.3g", finding.endLoss().getAsDouble()));
    }
    out.flush();
  }

  private static String words(Finding.Means means) {
    return Arrays.stream(means.toArray())
        .mapToObj(mean -> String.format(Locale.ROOT, "%.2f", mean))
        .collect(Collectors.joining(", "));
  }
}
