package org.spikelet.app.opinion;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.OutputFolder.Document;
import org.spikelet.app.log.TrainingLog;
import org.spikelet.app.report.Json;
import org.spikelet.app.report.Report;

/** The opinion as a page, and on the terminal. */
public final class OpinionReport {

  private static final String TITLE = "What does this log say?";
  private static final String REPORT = "report.html";

  private OpinionReport() {}

  /** Writes the page into a folder, and prints the words. */
  public static void write(Opinion opinion, Arguments arguments, OutputFolder folder)
      throws IOException {
    String summary =
        Text.summary(opinion)
            + (opinion.findings().isEmpty() ? "" : "\n\n" + Text.caution(opinion));
    Report report =
        new Report(
            TITLE,
            summary,
            arguments.line(),
            List.of(),
            json -> json.object("opinion", o -> fields(o, opinion)));
    arguments.out().println(Text.of(opinion));
    arguments.out().flush();
    folder.writeTogether(List.of(new Document(REPORT, report::write)));
    arguments.out().println("Report: " + folder.absolute().resolve(REPORT));
    arguments.out().flush();
  }

  private static void fields(Json json, Opinion opinion) throws IOException {
    Curve.of(opinion.signals()).writeTo(json);
    json.objects("findings", opinion.findings(), OpinionReport::finding)
        .texts("notes", notes(opinion.signals().log()))
        .texts("blind", Blind.spots(opinion.signals()));
  }

  private static List<String> notes(TrainingLog log) {
    return Stream.concat(log.notes().stream(), Oddities.of(log).stream()).toList();
  }

  private static void finding(Json json, Finding finding) throws IOException {
    json.text("title", finding.title())
        .text("laboratory", finding.hypothesis().laboratory())
        .texts("evidence", finding.evidence());
    if (finding.separation().isPresent()) {
      Separation separation = finding.separation().get();
      json.texts("lines", separation.change().lines())
          .text("outcome", separation.words())
          .flag("next", separation.other().isPresent());
    }
  }
}
