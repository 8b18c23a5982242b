package org.spikelet.app.lab;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings as a table of text, two lines of at most 80 columns for each. */
final class LabTable {

  private static final String ROW = "%-28s %-12s %24s %11s%n";
  private static final String MEANS = "  %-26s %-17s %-17s %s%n";

  private LabTable() {}

  /** Prints it. */
  static void print(PrintWriter out, List<Finding> findings) {
    boolean own = findings.stream().anyMatch(each -> each.subject().group() == Group.OWN);
    String spikes = own ? "with, without:" : "spikes with, without it:";
    out.println();
    out.printf(ROW, "", "verdict", "effect [95 %]", "end loss");
    out.printf(MEANS, spikes, own ? "runs" : "Adam", "SGD", "rise");
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
      out.printf(
          MEANS,
          "",
          finding.adam().map(LabTable::words).orElse("–"),
          finding.sgd().map(LabTable::words).orElse("–"),
          words(finding.upward()));
    }
    out.flush();
  }

  private static String words(Finding.Means means) {
    return Arrays.stream(means.toArray())
        .mapToObj(mean -> String.format(Locale.ROOT, "%.2f", mean))
        .collect(Collectors.joining(", "));
  }
}
