package org.spikelet.app.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.Wrapped;
import org.spikelet.app.question.Comparison;
import org.spikelet.app.question.Question;
import org.spikelet.app.report.Report;
import org.spikelet.app.report.Section;

/** One call of the laboratory: what is kept, what is made, and what is said of it. */
final class LabRun {

  private static final String REPORT = "report.html";
  private static final int EXAMINED = 3;

  /** With fewer a verdict is provisional. */
  private static final int FEW_SEEDS = 5;

  /** Of many runs only the first few are named. */
  private static final int NAMED = 3;

  /** How it begins. */
  enum Start {
    /** All runs are made. */
    ANEW,
    /** Those that are kept are taken over. */
    RESUME
  }

  /**
   * What was chosen.
   *
   * @param out the folder
   * @param settings seeds and steps
   * @param start whether results are taken over
   * @param shard which part of the runs, if not all
   * @param threads how many runs at once
   * @param words the same in words
   */
  record Choices(
      Path out,
      Plan.Settings settings,
      Start start,
      Optional<Shard> shard,
      int threads,
      Words words) {}

  /**
   * The options that the numbers depend on.
   *
   * @param which experiments
   * @param only of them these claims; all if there are none
   * @param settings those that belong to every claim
   */
  record Words(List<String> which, List<String> only, List<String> settings) {

    /** The command for some claims. */
    String command(List<String> claims) {
      Stream<String> named =
          claims.isEmpty() ? Stream.of() : Stream.of("--only", String.join(",", claims));
      return Arguments.line(
          Stream.of(Stream.of("lab"), which.stream(), named, settings.stream())
              .flatMap(words -> words)
              .toList());
    }
  }

  private final Arguments arguments;
  private final Choices choices;
  private final ReaderCode code;
  private final Watch watch;
  private final long began = System.nanoTime();
  private volatile Optional<Laboratory> laboratory = Optional.empty();

  LabRun(Arguments arguments, Choices choices, ReaderCode code, Watch watch) {
    this.arguments = arguments;
    this.choices = choices;
    this.code = code;
    this.watch = watch;
  }

  /** Makes the runs, and prints and writes what came out. */
  int go(OutputFolder folder, List<Case> cases) throws IOException, InterruptedException {
    Plan plan = new Plan(cases, choices.settings);
    List<Job> all = plan.jobs();
    List<Job> jobs = choices.shard.map(shard -> shard.of(all)).orElse(all);
    KeptOutcomes kept = new KeptOutcomes(choices.out);
    Map<Job, Outcome> known = choices.start == Start.RESUME ? kept.of(jobs) : Map.of();
    kept.sayWhatIsMadeAnew(System.err, jobs.size());
    if (choices.start == Start.ANEW) {
      sayWhatIsReplaced(kept.exist(jobs));
    }
    if (choices.start == Start.RESUME && choices.shard.isEmpty() && kept.shards() > 0) {
      checkShards(kept.shards(), all, known);
    }
    OutputFolder runs = choices.shard.isPresent() ? folder : folder.inner(KeptOutcomes.RUNS);
    Laboratory made = new Laboratory(runs, jobs, known, code, watch);
    laboratory = Optional.of(made);
    folder.ifInterrupted(this::interrupted);
    Map<Job, Outcome> outcomes = made.run(choices.threads);
    if (choices.shard.isPresent()) {
      sayShard(choices.shard.get(), made);
    } else {
      report(folder, plan, outcomes, made);
    }
    arguments.out().printf(Locale.ROOT, "%n%.0f s%n", (System.nanoTime() - began) / 1e9);
    arguments.out().flush();
    return 0;
  }

  private void sayWhatIsReplaced(boolean runs) {
    Path folder = choices.out.toAbsolutePath().normalize();
    if (runs) {
      System.err.println(
          Wrapped.message(
              "'%s' holds runs of an earlier call. They are made anew, and its report is replaced; to take them over, stop this and add --resume."
                  .formatted(folder)));
    } else if (Files.exists(folder.resolve("report.html"))) {
      System.err.println(
          Wrapped.message(
              "'%s' holds the report of another call, which is replaced; to keep it, stop this and choose another --out."
                  .formatted(folder)));
    }
  }

  /** Words for somebody who pressed Ctrl-C, or whose code ended the program. */
  String interrupted() {
    String words =
        laboratory.map(Laboratory::kept).orElse("No run is finished.")
            + " Go on with: "
            + again(choices.shard);
    Optional<String> exit = code.exitCall();
    if (exit.isPresent()) {
      System.err.printf(
          "%n%s ended the program, by System.exit; throw an exception instead. %s%n",
          exit.get(), words);
      System.err.flush();
      // Else the exit code would be the file's, perhaps that of success.
      Runtime.getRuntime().halt(1);
    }
    return words;
  }

  /** The command as it was given, to go on with. */
  private String again(Optional<Shard> shard) {
    List<String> words = new ArrayList<>();
    boolean value = false;
    for (String word : arguments.given()) {
      boolean option = word.equals("--shard");
      if (!value && !option && !word.startsWith("--shard=") && !word.equals("--resume")) {
        words.add(word);
      }
      value = option;
    }
    shard.ifPresent(part -> words.addAll(List.of("--shard", part.words())));
    words.add("--resume");
    return Arguments.line(words);
  }

  private void sayShard(Shard shard, Laboratory made) {
    PrintWriter print = arguments.out();
    print.printf("%nShard %s: %s%n", shard.words(), made.kept());
    print.printf("When all shards are finished: %s%n", again(Optional.empty()));
  }

  /** What a shard has not made yet is left to it: it may be at work. */
  private void checkShards(int count, List<Job> all, Map<Job, Outcome> known) {
    List<Job> missing = all.stream().filter(job -> !known.containsKey(job)).toList();
    if (missing.isEmpty()) {
      return;
    }
    StringBuilder words = new StringBuilder();
    words.append(
        String.format(
            "%d of %d runs are missing in '%s', so there is no table yet. Make them with:",
            missing.size(), all.size(), choices.out.toAbsolutePath().normalize()));
    for (int index = 1; index <= count; index++) {
      Shard shard = new Shard(index, count);
      List<Job> of = shard.of(all).stream().filter(missing::contains).toList();
      if (!of.isEmpty()) {
        words.append(
            String.format(
                "%n%n  %s%n    %d %s: %s",
                again(Optional.of(shard)),
                of.size(),
                of.size() == 1 ? "run" : "runs",
                of.stream().limit(NAMED).map(Job::words).collect(Collectors.joining("; "))
                    + (of.size() > NAMED ? "; ..." : "")));
      }
    }
    throw new IllegalStateException(words.toString());
  }

  private void report(OutputFolder folder, Plan plan, Map<Job, Outcome> outcomes, Laboratory made)
      throws IOException, InterruptedException {
    List<Finding> findings = plan.findings(outcomes);
    LabTable.print(arguments.out(), findings);
    LabReport part =
        new LabReport(
            findings,
            plan.bySeries(outcomes),
            claim -> choices.words.command(List.of(claim.name())));
    boolean ours = code.files().isEmpty();
    List<Section> curves = ours && choices.words.only().isEmpty() ? curves() : List.of();
    Report report =
        new Report(
            ours ? Question.TITLE : code.title(),
            part.answer(),
            choices.words.command(choices.words.only()),
            curves,
            json -> {
              if (ours) {
                Report.headline(json, Question.HEADLINE);
                Report.explorable(json);
              }
              if (provisional(findings)) {
                Report.banner(json, banner(findings));
              }
              part.writeTo(json);
            });
    try {
      folder.write(REPORT, report::write);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + " " + made.kept() + " Go on with --resume.", e);
    }
    arguments.out().println();
    arguments.out().println("Report: " + folder.absolute().resolve(REPORT));
  }

  private boolean provisional(List<Finding> findings) {
    return choices.settings.length() == Plan.Length.QUICK || seeds(findings) < FEW_SEEDS;
  }

  private String banner(List<Finding> findings) {
    long seeds = seeds(findings);
    String runs = seeds + (seeds == 1 ? " seed" : " seeds");
    boolean quick = choices.settings.length() == Plan.Length.QUICK;
    return (quick ? "Quick: shorter runs, and " + runs : "Only " + runs)
        + ". The verdicts are provisional.";
  }

  private static long seeds(List<Finding> findings) {
    return findings.stream().mapToLong(Finding::seeds).min().orElse(0);
  }

  /** The two curves of the question, each with its largest spikes examined. */
  private List<Section> curves() throws InterruptedException {
    boolean quick = choices.settings.length() == Plan.Length.QUICK;
    long most = choices.settings.most();
    Comparison.Settings flagship = quick ? Comparison.FLAGSHIP_QUICK : Comparison.FLAGSHIP;
    Comparison.Settings companion = quick ? Comparison.COMPANION_QUICK : Comparison.COMPANION;
    return List.of(
        Comparison.flagship(1, flagship.withAtMost(most)).train(EXAMINED, run -> {}),
        Comparison.companion(1, companion.withAtMost(most)).train(EXAMINED, run -> {}));
  }
}
