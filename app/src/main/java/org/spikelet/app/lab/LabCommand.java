package org.spikelet.app.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.Version;
import org.spikelet.app.command.Wrapped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet lab}: tests claims by experiment, those of the question or a reader's own. */
@Command(
    name = "lab",
    abbreviateSynopsis = true,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Tests every answer to the question, and what is known of the mechanism and the remedies, by"
          + " controlled experiments over several seeds, and writes a report with the verdicts.",
      "With --experiment it tests claims of your own: docs/experiments.md.",
      "Interrupted, it keeps the runs that are finished; --resume goes on."
    })
public final class LabCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--experiment",
      paramLabel = "FILE",
      split = ",",
      description = "Test the claims of a Java file of your own instead.")
  private List<Path> experiments = List.of();

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
      description =
          "Runs of each training, with the seeds 1 to N (default: those of the experiment, mostly 10; with --quick 2).")
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

  @Option(
      names = "--resume",
      description = "Keep what is finished in the folder, and go on; joins shards.")
  private boolean resume;

  @Option(
      names = "--shard",
      paramLabel = "K/N",
      converter = Shard.Converter.class,
      description =
          "Only the K-th of N parts of the runs, for a process or a machine of its own; all may have"
              + " the same folder.")
  private Optional<Shard> shard;

  @Option(
      names = "--run-limit",
      paramLabel = "MINUTES",
      description = "Stop if a single run takes longer (default: no limit).")
  private Optional<Double> runLimit;

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
    runLimit.ifPresent(minutes -> arguments.positive("--run-limit", minutes));
    PrintWriter out = arguments.out(); // to standard output, whatever that is below
    if (experiments.isEmpty()) {
      return ours(arguments, out);
    }
    PrintStream standard = System.out;
    // What a reader's file prints is not part of the table.
    System.setOut(System.err);
    try {
      return own(arguments, out);
    } finally {
      System.setOut(standard);
    }
  }

  private int ours(Arguments arguments, PrintWriter out) throws IOException, InterruptedException {
    if (list) {
      return print(out, Claims.ALL);
    }
    List<Case> cases =
        only.isEmpty() ? (quick ? Claims.QUICK : Claims.ALL) : named(arguments, Claims.ALL);
    ReaderCode none = new ReaderCode(List.of());
    try (OutputFolder folder = folder(arguments)) {
      LabRun run = new LabRun(arguments, choices(), none, watch(none));
      return run.go(folder, cases);
    }
  }

  private int own(Arguments arguments, PrintWriter out) throws IOException, InterruptedException {
    ReaderCode code = ReaderCode.compile(experiments);
    Watch watch = watch(code);
    if (list) {
      return print(out, code.cases(watch, settings()));
    }
    // Before any code of the file is run, which may end the program.
    try (OutputFolder folder = folder(arguments)) {
      LabRun run = new LabRun(arguments, choices(), code, watch);
      folder.ifInterrupted(run::interrupted);
      List<Case> cases = code.cases(watch, settings());
      return run.go(folder, only.isEmpty() ? cases : named(arguments, cases));
    }
  }

  private OutputFolder folder(Arguments arguments) throws IOException {
    return arguments.folder(shard.map(part -> out.resolve(part.folder())).orElse(out));
  }

  private Watch watch(ReaderCode code) {
    return new Watch(
        System::nanoTime,
        runLimit.map(minutes -> Duration.ofMillis(Math.round(minutes * 60_000))),
        code::place);
  }

  private static int print(PrintWriter out, List<Case> cases) {
    for (Case each : cases) {
      out.println(
          Wrapped.text(String.format("%-28s ", each.claim().name()), each.claim().words(), 29));
    }
    out.flush();
    return 0;
  }

  private List<Case> named(Arguments arguments, List<Case> all) {
    for (String name : only) {
      if (all.stream().noneMatch(each -> each.claim().name().equals(name))) {
        throw arguments.invalid("--only", "must be a name that --list shows", "'" + name + "'");
      }
    }
    return all.stream().filter(each -> only.contains(each.claim().name())).toList();
  }

  private LabRun.Choices choices() {
    return new LabRun.Choices(
        out,
        settings(),
        resume ? LabRun.Start.RESUME : LabRun.Start.ANEW,
        shard,
        threads.orElse(Runtime.getRuntime().availableProcessors()),
        words());
  }

  private Plan.Settings settings() {
    return new Plan.Settings(
        seeds, steps.orElse(Long.MAX_VALUE), quick ? Plan.Length.QUICK : Plan.Length.FULL);
  }

  /** The command line that computes the same numbers again. */
  private LabRun.Words words() {
    List<String> which = new ArrayList<>();
    experiments.forEach(file -> which.addAll(List.of("--experiment", file.toString())));
    List<String> settings = new ArrayList<>();
    seeds.ifPresent(n -> settings.addAll(List.of("--seeds", n.toString())));
    steps.ifPresent(n -> settings.addAll(List.of("--steps", n.toString())));
    if (quick) {
      settings.add("--quick");
    }
    return new LabRun.Words(which, only, settings);
  }
}
