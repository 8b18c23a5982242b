package org.spikelet.app.spikes;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.FinishedTrainings;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.OutputFolder.Document;
import org.spikelet.app.command.Version;
import org.spikelet.app.question.Comparison;
import org.spikelet.app.question.Question;
import org.spikelet.app.report.LossChart;
import org.spikelet.app.report.LossFile;
import org.spikelet.app.report.Report;
import org.spikelet.app.report.Section;
import org.spikelet.app.training.Run;
import org.spikelet.spikes.detect.SpikeSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet spikes}: trains with Adam and with SGD, counts the spikes, writes the report. */
@Command(
    name = "spikes",
    abbreviateSynopsis = true,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Trains the net 14-100-40-4 with Adam and with SGD, finds the spikes of the loss, and writes a"
          + " report.",
      "Two data sets: the flagship (heavy-tailed inputs, small batches) and its companion (normal"
          + " inputs, always the full batch)."
    })
public final class SpikesCommand implements Callable<Integer> {

  private static final String REPORT = "report.html";

  @Spec private CommandSpec spec;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each training (default: 10000 flagship, 8000 companion).")
  private Optional<Long> steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of data, weights and batches (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Rows in a batch of the flagship (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description = "Adam's learning rate (default: ${DEFAULT-VALUE}); SGD keeps 0.02 and 0.1.")
  private double learningRate;

  @Option(
      names = "--drop-last",
      description = "Leave out the last batch of an epoch if it is smaller.")
  private boolean dropLast;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "spikes-report",
      description = "Where to write report.html, PNG and CSV files (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--examine",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many spikes of each run to examine, the highest (default: ${DEFAULT-VALUE}).")
  private int examine;

  @Option(names = "--quick", description = "Far fewer steps, to see how it works.")
  private boolean quick;

  /** Made by the command line, which sets the options. */
  public SpikesCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments arguments = new Arguments(spec);
    steps.ifPresent(n -> arguments.steps("--steps", n));
    arguments.atLeast(1, "--batch-size", batchSize);
    arguments.positive("--learning-rate", learningRate);
    arguments.atLeast(0, "--examine", examine);
    try (OutputFolder folder = arguments.folder(out)) {
      run(arguments, folder);
      arguments.out().println();
      arguments.out().println("Report: " + folder.absolute().resolve(REPORT));
      arguments.out().flush();
      return 0;
    }
  }

  private void run(Arguments arguments, OutputFolder folder)
      throws IOException, InterruptedException {
    List<Comparison> comparisons = comparisons();
    FinishedTrainings finished =
        new FinishedTrainings(folder, comparisons.size() * Comparison.Side.values().length);
    folder.ifInterrupted(() -> finished.words() + " Begin anew with: " + arguments.line());
    List<Section> sections = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      sections.add(
          comparison.train(
              examine,
              run ->
                  finished.keep(
                      comparison.id() + "-" + run.name() + "-losses.csv",
                      file -> LossFile.write(file, List.of(run)))));
      if (sections.size() < comparisons.size()) {
        finished.keepToo(REPORT, report(sections)::write);
      }
    }
    print(arguments.out(), sections);
    finished.report(documents(arguments, sections));
  }

  private List<Comparison> comparisons() {
    Comparison.Settings flagship =
        chosen(quick ? Comparison.FLAGSHIP_QUICK : Comparison.FLAGSHIP).withBatchSize(batchSize);
    Comparison.Settings companion =
        chosen(quick ? Comparison.COMPANION_QUICK : Comparison.COMPANION);
    return List.of(Comparison.flagship(seed, flagship), Comparison.companion(seed, companion));
  }

  private Comparison.Settings chosen(Comparison.Settings usual) {
    Comparison.Settings chosen =
        usual.withSteps(steps.orElse(usual.steps())).withAdamRate(learningRate);
    return dropLast ? chosen.withDropLast() : chosen;
  }

  private static void print(PrintWriter out, List<Section> sections) {
    String row = "%-10s %-5s %8s %8s %18s %12s %9s%n";
    out.println();
    out.printf(row, "", "", "spikes", "visible", "largest, × median", "final loss", "time");
    for (Section section : sections) {
      for (Run run : section.runs()) {
        SpikeSummary spikes = run.spikes();
        out.printf(
            Locale.ROOT,
            row,
            section.id(),
            run.name(),
            spikes.spikes().size(),
            spikes.visible(),
            spikes.spikes().isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%.1f", spikes.largestTimesMedian()),
            run.lost() ? "diverged" : finalLoss(run),
            String.format(Locale.ROOT, "%.1f s", run.seconds()));
      }
    }
    out.flush();
  }

  private static String finalLoss(Run run) {
    return Double.isFinite(run.finalLoss())
        ? String.format(Locale.ROOT, "%.3g", run.finalLoss())
        : "not finite";
  }

  private Report report(List<Section> sections) {
    return new Report(
        Question.TITLE,
        Answer.of(sections),
        command(),
        sections,
        json -> {
          Report.headline(json, Question.HEADLINE);
          Report.explorable(json);
        });
  }

  /** Losses, report and pictures; a picture needs fonts, which may be missing. */
  private List<Document> documents(Arguments arguments, List<Section> sections) throws IOException {
    List<Document> documents = new ArrayList<>();
    for (Section section : sections) {
      documents.add(
          new Document(section.id() + "-losses.csv", file -> LossFile.write(file, section.runs())));
    }
    documents.add(new Document(REPORT, report(sections)::write));
    for (Section section : sections) {
      try {
        byte[] picture = LossChart.png(section);
        documents.add(new Document(section.id() + ".png", file -> file.write(picture)));
      } catch (RuntimeException | LinkageError | InternalError e) {
        arguments
            .err()
            .println(
                "The picture "
                    + section.id()
                    + ".png could not be drawn ("
                    + e
                    + "); are fonts installed? The report needs none.");
      }
    }
    return documents;
  }

  /** The command line that computes the same numbers again. */
  private String command() {
    List<String> words = new ArrayList<>(List.of("./spikelet", "spikes", "--seed", "" + seed));
    if (quick) {
      words.add("--quick");
    }
    steps.ifPresent(n -> words.addAll(List.of("--steps", "" + n)));
    if (batchSize != 32) {
      words.addAll(List.of("--batch-size", "" + batchSize));
    }
    if (learningRate != 1e-3) {
      words.addAll(List.of("--learning-rate", "" + learningRate));
    }
    if (examine != 3) {
      words.addAll(List.of("--examine", "" + examine));
    }
    if (dropLast) {
      words.add("--drop-last");
    }
    return String.join(" ", words);
  }
}
