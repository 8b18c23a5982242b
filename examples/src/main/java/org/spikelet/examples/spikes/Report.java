package org.spikelet.examples.spikes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spikelet.optim.spikes.Spike;

/**
 * The report: one HTML page that needs no other file and no network.
 *
 * <p>The template, its style and its script are resources beside this class; the data go in as
 * JSON.
 */
final class Report {

  private static final String TITLE = "Why does Adam’s training loss have spikes?";

  /** Enough for a curve on a screen, at a third of the size of all digits. */
  private static final MathContext DIGITS = new MathContext(5);

  private static final List<String> NOTES =
      List.of(
          "Spike: the logarithm of the loss rises above the median of the last 200 calm steps by at"
              + " least ln 2, and by at least 6 times their scatter (1.4826 times the median absolute"
              + " deviation), until it has been back for 5 steps.",
          "Height: the logarithm of the peak over that median, in nats; 0.69 nats is a doubling, 2.3"
              + " nats a factor of 10.",
          "× the median: the peak over the median loss of the whole run. A spike is visible if that is"
              + " more than 3.",
          "Final loss: the mean of the last 100 steps.");

  private Report() {}

  static void write(
      Path file, String command, String environment, Map<Experiment, List<Run>> results)
      throws IOException {
    String page =
        resource("report.html")
            .replace("/*{{uplot.css}}*/", resource("uplot/uPlot.min.css"))
            .replace("/*{{report.css}}*/", resource("report.css"))
            .replace(
                "/*{{uplot.js}}*/",
                "/*\n" + resource("uplot/LICENSE") + "*/\n" + resource("uplot/uPlot.iife.min.js"))
            .replace("/*{{report.js}}*/", resource("report.js"))
            .replace("{{title}}", TITLE)
            // Inside a script element only "<" could end the element.
            .replace("{{data}}", json(command, environment, results).replace("<", "\\u003c"));
    Files.writeString(file, page);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Report.class.getResourceAsStream("/org/spikelet/examples/report/" + name)) {
      if (in == null) {
        throw new IOException("the resource report/" + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String json(String command, String environment, Map<Experiment, List<Run>> results)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("summary", summary(results));
      json.writeStringField("command", command);
      json.writeStringField("environment", environment);
      json.writeArrayFieldStart("notes");
      for (String note : NOTES) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("sections");
      for (Map.Entry<Experiment, List<Run>> entry : results.entrySet()) {
        json.writeStartObject();
        json.writeStringField("id", entry.getKey().id());
        json.writeStringField("title", entry.getKey().title());
        json.writeStringField("text", entry.getKey().text());
        json.writeArrayFieldStart("runs");
        for (Run run : entry.getValue()) {
          write(json, run);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Run run) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", run.contender().label);
    json.writeStringField("settings", run.settings());
    number(json, "finalLoss", run.finalLoss());
    number(json, "seconds", run.seconds());
    json.writeArrayFieldStart("losses");
    for (double loss : run.losses()) {
      number(json, loss);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("spikes");
    for (Spike spike : run.spikes().spikes()) {
      json.writeStartObject();
      json.writeNumberField("onset", spike.onset());
      json.writeNumberField("peak", spike.peak());
      json.writeNumberField("end", spike.end());
      number(json, "peakLoss", spike.peakLoss());
      number(json, "height", spike.height());
      number(json, "timesMedian", run.spikes().timesMedian(spike));
      json.writeBooleanField("visible", run.spikes().visible(spike));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    number(json, value);
  }

  /** JSON has no NaN and no infinity: they become null. */
  private static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(new BigDecimal(value).round(DIGITS));
    } else {
      json.writeNull();
    }
  }

  /** What the runs show, in a sentence for each experiment. */
  static String summary(Map<Experiment, List<Run>> results) {
    StringBuilder text = new StringBuilder();
    results.forEach(
        (experiment, runs) -> {
          text.append(text.isEmpty() ? "" : " ").append(experiment.title()).append(": ");
          for (int k = 0; k < runs.size(); k++) {
            Run run = runs.get(k);
            text.append(k == 0 ? "" : ", ")
                .append(run.contender().label)
                .append(" has ")
                .append(count(run.spikes().spikes().size(), "spike"));
            if (!run.spikes().spikes().isEmpty()) {
              text.append(" (").append(run.spikes().visible()).append(" plainly visible)");
            }
            // A run that has diverged is not smooth, however few spikes it had before.
            text.append(Double.isFinite(run.finalLoss()) ? "" : " and diverges");
          }
          text.append(" in ").append(count(experiment.settings().steps(), "step")).append('.');
        });
    return text.toString();
  }

  private static String count(long number, String noun) {
    return (number == 0 ? "no" : String.format("%,d", number))
        + " "
        + noun
        + (number == 1 ? "" : "s");
  }
}
