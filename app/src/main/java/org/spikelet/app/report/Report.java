package org.spikelet.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.spikelet.app.command.Version;
import org.spikelet.app.tables.RowNames;
import org.spikelet.app.training.Run;
import org.spikelet.spikes.detect.Spike;

/**
 * The report: one HTML page that needs no other file and no network.
 *
 * <p>The template, its style and its scripts are resources; the data go in as JSON.
 *
 * @param title the heading
 * @param summary paragraphs, parted by empty lines
 * @param command the command line that makes this report again
 * @param sections curves
 * @param more further fields of the data
 */
public record Report(
    String title, String summary, String command, List<Section> sections, Json.Part more) {

  private static final List<String> SCRIPTS =
      List.of(
          "base.js",
          "terms.js",
          "plots.js",
          "parabola.js",
          "explore.js",
          "ledger.js",
          "chart.js",
          "claims.js",
          "opinion.js",
          "page.js");

  private static final List<String> NOTES =
      List.of(
          "Spike: the logarithm of the loss rises above the median of the last 200 calm steps by at"
              + " least ln 2, and by at least 6 times their scatter (1.4826 times the median absolute"
              + " deviation), or the loss is not finite; until it has been back for 5 steps. A rise that"
              + " lasts over 300 steps is a new level and no spike; the doctor counts it all the same, since it"
              + " has a cause as well.",
          "Height: the logarithm of the peak over that median, in nats; 0.69 nats is a doubling, 2.3"
              + " nats a factor of 10.");

  /** What a table of runs has. */
  private static final List<String> RUN_NOTES =
      List.of(
          "× the median: the peak over the median loss of the whole run. A spike is visible if that is"
              + " more than 3.",
          "Final loss: the mean of the last 100 steps.");

  /** Opens the page with a picture of the mechanism that is moved by hand; one of the fields. */
  public static void explorable(Json json) throws IOException {
    json.flag("explorable", true);
  }

  /** Puts one sentence under the title, in bold: the answer; one of the fields. */
  public static void headline(Json json, String sentence) throws IOException {
    json.text("headline", sentence);
  }

  /** Says above all else what must be known of the figures, such as that there are few. */
  public static void banner(Json json, String words) throws IOException {
    json.text("banner", words);
  }

  /** Writes the page. */
  public void write(OutputStream out) throws IOException {
    StringBuilder scripts = new StringBuilder();
    for (String script : SCRIPTS) {
      scripts.append(resource(script)).append('\n');
    }
    String page =
        resource("report.html")
            .replace("/*{{uplot.css}}*/", resource("uplot/uPlot.min.css"))
            .replace("/*{{report.css}}*/", resource("report.css"))
            .replace(
                "/*{{uplot.js}}*/",
                "/*\n" + resource("uplot/LICENSE") + "*/\n" + resource("uplot/uPlot.iife.min.js"))
            .replace("/*{{scripts}}*/", scripts)
            .replace("{{title}}", title.replace("&", "&amp;").replace("<", "&lt;"))
            // Inside a script element only "<" could end the element.
            .replace("{{data}}", json().replace("<", "\\u003c"));
    out.write(page.getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Report.class.getResourceAsStream("/org/spikelet/app/report/" + name)) {
      if (in == null) {
        throw new IOException("the resource report/" + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String json() throws IOException {
    return Json.object(
        json -> {
          json.text("summary", summary)
              .text("command", command)
              .text("environment", Version.environment())
              .texts("notes", notes())
              .objects("sections", sections, Report::section);
          more.writeTo(json);
        });
  }

  private List<String> notes() {
    return Stream.of(NOTES, sections.isEmpty() ? List.<String>of() : RUN_NOTES)
        .flatMap(List::stream)
        .toList();
  }

  private static void section(Json json, Section section) throws IOException {
    json.text("id", section.id())
        .text("title", section.title())
        .text("text", section.text())
        .objects("runs", section.runs(), (item, run) -> run(item, run, section.rows()))
        .objects("folds", section.folds(), Report::fold);
  }

  private static void fold(Json json, Fold fold) throws IOException {
    json.text("title", fold.title())
        .texts("texts", fold.texts())
        .objects("table", fold.table(), (item, cells) -> item.texts("cells", cells));
  }

  private static void run(Json json, Run run, RowNames rows) throws IOException {
    json.text("name", run.name())
        .text("settings", run.settings())
        .number("finalLoss", run.finalLoss())
        .number("seconds", run.seconds())
        .flag("examined", run.examination().isPresent())
        .numbers("losses", run.losses())
        .objects("spikes", run.spikes().spikes(), (item, spike) -> spike(item, run, spike, rows));
  }

  private static void spike(Json json, Run run, Spike spike, RowNames rows) throws IOException {
    json.count("onset", spike.onset())
        .count("peak", spike.peak())
        .count("end", spike.end())
        .number("peakLoss", spike.peakLoss())
        .number("usual", spike.usual().median())
        .number("height", spike.height())
        .number("timesMedian", run.spikes().timesMedian(spike))
        .flag("visible", run.spikes().visible(spike));
    if (run.diagnosis(spike).isPresent()) {
      json.object("entry", entry -> DiagnosisJson.write(entry, run.diagnosis(spike).get(), rows));
    }
  }
}
