package org.spikelet.app.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.Version;
import org.spikelet.app.question.Comparison;
import org.spikelet.app.question.Question;
import org.spikelet.app.report.Report;
import org.spikelet.app.report.Section;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet lab}: tests every answer to the question by experiment. */
@Command(
    name = "lab",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Tests every answer to the question, and what is known of the mechanism and the remedies, by"
          + " controlled experiments over several seeds, and writes a report with the verdicts.",
      "Interrupted, it keeps the runs that are finished; --resume goes on."
    })
public final class LabCommand implements Callable<Integer> {

  private static final String REPORT = "report.html";
  private static final int SEEDS = 10;
  private static final int EXAMINED = 3;
  private static final int QUICK_SEEDS = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only the experiments of these names; --list names them.")
  private List<String> only = List.of();

  @Option(names = "--list", description = "Name the experiments and stop.")
  private boolean list;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each training, with the seeds 1 to N (default: 10, with --quick 2).")
  private Optional<Integer> seeds;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "At most so many steps in each run (default: those of the experiment).")
  private Optional<Long> steps;

  @Option(
      names = "--quick",
      description = "Shorter runs, fewer seeds, no remedies at full batch: to see how it works.")
  private boolean quick;

  @Option(names = "--resume", description = "Keep what is finished in the folder, and go on.")
  private boolean resume;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Runs at once (default: one for each core). The results do not depend on it.")
  private Optional<Integer> threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "lab-report",
      description = "Where to write the report and the runs (default: ${DEFAULT-VALUE}).")
  private Path out;

  /** Made by the command line, which sets the options. */
  public LabCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments arguments = new Arguments(spec);
    seeds.ifPresent(n -> arguments.atLeast(1, "--seeds", n));
    steps.ifPresent(n -> arguments.steps("--steps", n));
    threads.ifPresent(n -> arguments.atLeast(1, "--threads", n));
    if (list) {
      Claims.ALL.forEach(
          claim -> arguments.out().printf("%-28s %s%n", claim.name(), claim.words()));
      arguments.out().flush();
      return 0;
    }
    List<Claim> claims = chosen(arguments);
    try (OutputFolder folder = arguments.folder(out)) {
      run(arguments, folder, claims);
    }
    return 0;
  }

  private void run(Arguments arguments, OutputFolder folder, List<Claim> claims)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Laboratory laboratory =
        new Laboratory(
            folder.inner("runs"),
            seeds.orElse(quick ? QUICK_SEEDS : SEEDS),
            setup -> Math.min(most(), quick ? setup.quickSteps() : setup.steps()),
            threads.orElse(Runtime.getRuntime().availableProcessors()));
    folder.ifInterrupted(
        () -> laboratory.kept() + " Go on with: " + arguments.line() + (resume ? "" : " --resume"));
    Map<Recipe, List<Outcome>> outcomes =
        resume ? laboratory.resume(claims) : laboratory.run(claims);
    List<Finding> findings = claims.stream().map(claim -> Finding.of(claim, outcomes)).toList();
    print(arguments.out(), findings);
    LabReport part = new LabReport(findings, outcomes, options());
    List<Section> curves = only.isEmpty() ? curves() : List.of();
    Report report =
        new Report(
            Question.TITLE,
            part.answer(),
            command(),
            curves,
            json -> {
              Report.explorable(json);
              part.writeTo(json);
            });
    write(folder, report, laboratory);
    arguments.out().println();
    arguments.out().println("Report: " + folder.absolute().resolve(REPORT));
    arguments.out().printf(Locale.ROOT, "%n%.0f s%n", (System.nanoTime() - start) / 1e9);
    arguments.out().flush();
  }

  private static void write(OutputFolder folder, Report report, Laboratory laboratory)
      throws IOException {
    try {
      folder.write(REPORT, report::write);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + " " + laboratory.kept() + " Go on with --resume.", e);
    }
  }

  private long most() {
    return steps.orElse(Long.MAX_VALUE);
  }

  /** The two curves of the question, each with its largest spikes examined. */
  private List<Section> curves() throws InterruptedException {
    Comparison.Settings flagship = quick ? Comparison.FLAGSHIP_QUICK : Comparison.FLAGSHIP;
    Comparison.Settings companion = quick ? Comparison.COMPANION_QUICK : Comparison.COMPANION;
    return List.of(
        Comparison.flagship(1, flagship.withAtMost(most())).train(EXAMINED, run -> {}),
        Comparison.companion(1, companion.withAtMost(most())).train(EXAMINED, run -> {}));
  }

  private List<Claim> chosen(Arguments arguments) {
    for (String name : only) {
      if (Claims.ALL.stream().noneMatch(claim -> claim.name().equals(name))) {
        throw arguments.invalid(
            "--only", "no experiment has this name; --list names them", "'" + name + "'");
      }
    }
    return only.isEmpty()
        ? quick ? Claims.QUICK : Claims.ALL
        : Claims.ALL.stream().filter(claim -> only.contains(claim.name())).toList();
  }

  private static void print(PrintWriter out, List<Finding> findings) {
    String row = "%-28s %-12s %22s %19s %19s %15s %9s%n";
    out.println();
    out.printf(
        row, "", "verdict", "effect [95 %]", "Adam: with, without", "SGD", "rise", "end loss");
    for (Finding finding : findings) {
      Contrast contrast = finding.contrast();
      out.printf(
          Locale.ROOT,
          row,
          finding.claim().name(),
          finding.verdict().word(),
          String.format(
              Locale.ROOT, "%.2f [%.2f, %.2f]", contrast.value(), contrast.low(), contrast.high()),
          finding.adam().map(LabCommand::words).orElse("–"),
          finding.sgd().map(LabCommand::words).orElse("–"),
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

  /** The command line that computes the same numbers again. */
  private String command() {
    List<String> words = new ArrayList<>(List.of("./spikelet", "lab"));
    if (!only.isEmpty()) {
      words.addAll(List.of("--only", String.join(",", only)));
    }
    return String.join(" ", words) + options();
  }

  /** The options that belong to every experiment. */
  private String options() {
    return seeds.map(n -> " --seeds " + n).orElse("")
        + steps.map(n -> " --steps " + n).orElse("")
        + (quick ? " --quick" : "");
  }
}
