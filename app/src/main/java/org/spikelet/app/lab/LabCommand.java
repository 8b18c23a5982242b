package org.spikelet.app.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.spikelet.app.Main;
import org.spikelet.app.report.OutputFolder;
import org.spikelet.app.report.Report;
import org.spikelet.app.report.Section;
import org.spikelet.app.spikes.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spikelet lab}: tests every answer to the question by experiment. */
@Command(
    name = "lab",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Tests every answer to the question, and what is known of the mechanism and the remedies, by"
          + " controlled experiments over several seeds, and writes a report with the verdicts.",
      "Interrupted, it keeps the runs that are finished; --resume goes on."
    })
public final class LabCommand implements Callable<Integer> {

  private static final String TITLE = "Why does Adam’s training loss have spikes?";
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
  private Integer seeds;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "At most so many steps in each run (default: those of the experiment).")
  private Long steps;

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
  private Integer threads;

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
    check(seeds == null || seeds >= 1, "--seeds", "must be at least 1", seeds);
    check(steps == null || steps >= 1, "--steps", "must be at least 1", steps);
    check(threads == null || threads >= 1, "--threads", "must be at least 1", threads);
    if (list) {
      Claims.ALL.forEach(claim -> out().printf("%-28s %s%n", claim.name(), claim.words()));
      out().flush();
      return 0;
    }
    List<Claim> claims = chosen();
    OutputFolder folder = openFolder(out);
    OutputFolder runs = openFolder(out.resolve("runs"));
    long start = System.nanoTime();
    int count = seeds != null ? seeds : quick ? QUICK_SEEDS : SEEDS;
    Laboratory laboratory =
        new Laboratory(
            runs,
            count,
            quick,
            most(),
            resume,
            threads != null ? threads : Runtime.getRuntime().availableProcessors());
    Map<Arm, List<Outcome>> outcomes = run(laboratory, claims);
    List<Finding> findings = claims.stream().map(claim -> Finding.of(claim, outcomes)).toList();
    print(findings);
    List<Section> curves = only.isEmpty() ? curves() : List.of();
    LabReport report = new LabReport(findings, outcomes, options());
    Path page =
        folder.write(
            "report.html",
            new Report(TITLE, report.answer(), command(), curves, report::writeTo)::write);
    out().println();
    out().println("Report: " + page.toAbsolutePath().normalize());
    out().printf(Locale.ROOT, "%n%.0f s%n", (System.nanoTime() - start) / 1e9);
    out().flush();
    return 0;
  }

  private long most() {
    return steps != null ? steps : Long.MAX_VALUE;
  }

  /** The two curves of the question, each with its largest spikes examined. */
  private List<Section> curves() throws InterruptedException {
    return List.of(
        Experiment.flagship(1, Experiment.flagshipSettings(quick).atMost(most())).train(EXAMINED),
        Experiment.companion(1, Experiment.companionSettings(quick).atMost(most()))
            .train(EXAMINED));
  }

  /** A signal to stop ends the process: the hook says then what is kept. */
  private Map<Arm, List<Outcome>> run(Laboratory laboratory, List<Claim> claims)
      throws IOException, InterruptedException {
    Thread hook =
        new Thread(
            () ->
                System.err.printf(
                    "%nInterrupted. %s Go on with: %s --out %s --resume%n",
                    laboratory.kept(), command(), out));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return laboratory.run(claims);
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private List<Claim> chosen() {
    for (String name : only) {
      check(
          Claims.ALL.stream().anyMatch(claim -> claim.name().equals(name)),
          "--only",
          "no experiment has this name; --list names them",
          "'" + name + "'");
    }
    return only.isEmpty()
        ? quick ? Claims.QUICK : Claims.ALL
        : Claims.ALL.stream().filter(claim -> only.contains(claim.name())).toList();
  }

  private void check(boolean valid, String option, String rule, Object value) {
    if (!valid) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': " + rule + ", got " + value);
    }
  }

  private OutputFolder openFolder(Path path) {
    try {
      return OutputFolder.open(path);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--out': cannot write into the folder '"
              + path
              + "' ("
              + e.getClass().getSimpleName()
              + "); choose one that you may write to",
          e);
    }
  }

  private void print(List<Finding> findings) {
    String row = "%-28s %-12s %22s %19s %19s %9s%n";
    out().println();
    out().printf(row, "", "verdict", "effect [95 %]", "Adam: with, without", "SGD", "end loss");
    for (Finding finding : findings) {
      out()
          .printf(
              Locale.ROOT,
              row,
              finding.claim().name(),
              finding.verdict().word(),
              String.format(
                  Locale.ROOT,
                  "%.2f [%.2f, %.2f]",
                  finding.effect().value(),
                  finding.effect().low(),
                  finding.effect().high()),
              finding.adam().map(LabCommand::words).orElse("–"),
              finding.sgd().map(LabCommand::words).orElse("–"),
              finding.endLoss().isEmpty()
                  ? "–"
                  : String.format(Locale.ROOT, "× %.3g", finding.endLoss().getAsDouble()));
    }
    out().flush();
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
    return (seeds == null ? "" : " --seeds " + seeds)
        + (steps == null ? "" : " --steps " + steps)
        + (quick ? " --quick" : "");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
