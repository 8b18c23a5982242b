package org.spikelet.app.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.FinishedTrainings;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.OutputFolder.Document;
import org.spikelet.app.command.Progress;
import org.spikelet.app.command.Version;
import org.spikelet.app.command.Wrapped;
import org.spikelet.app.log.LogFile;
import org.spikelet.app.opinion.Opinion;
import org.spikelet.app.opinion.OpinionReport;
import org.spikelet.app.options.LogOptions;
import org.spikelet.app.options.LossChoice;
import org.spikelet.app.options.NetOptions;
import org.spikelet.app.options.TableOptions;
import org.spikelet.app.options.TrainingOptions;
import org.spikelet.app.report.LossFile;
import org.spikelet.app.report.Report;
import org.spikelet.app.report.Section;
import org.spikelet.app.tables.AccountTable;
import org.spikelet.app.tables.BadInput;
import org.spikelet.app.tables.PreparedTable;
import org.spikelet.app.tables.RowNames;
import org.spikelet.app.tables.TrainingData;
import org.spikelet.app.training.Run;
import org.spikelet.app.training.StopWhenLost;
import org.spikelet.app.training.Training;
import org.spikelet.app.validation.Plant;
import org.spikelet.app.validation.Planted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet doctor}: trains on a CSV file, and names the causes of the loss's spikes. */
@Command(
    name = "doctor",
    abbreviateSynopsis = true,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Trains a net on your CSV file, finds the spikes of the loss, and replays each of the largest"
          + " with one thing changed at a time, to name its cause.",
      "Instead of --data, --plant trains on made-up data with a known cause of spikes.",
      "--log trains nothing: it reads the log of any training and gives a first opinion."
    })
public final class DoctorCommand implements Callable<Integer> {

  private static final String TITLE = "Why does this loss have spikes?";
  private static final String REPORT = "report.html";
  private static final Set<String> OF_PLANTS =
      Set.of("--plant", "--hidden", "--activation", "--seed", "--examine", "--out");

  private static final Set<String> OF_LOGS =
      Set.of("--log", "--loss", "--steps-per-epoch", "--out");

  @Spec private CommandSpec spec;

  @Mixin private TableOptions table;

  @Mixin private NetOptions net;

  @Mixin private TrainingOptions how;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of weights and batches (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--examine",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many spikes to examine, the highest (default: ${DEFAULT-VALUE}).")
  private int examine;

  @Option(
      names = "--plant",
      paramLabel = "CAUSE",
      description = "Train on made-up data with this cause of spikes: ${COMPLETION-CANDIDATES}.",
      completionCandidates = PlantNames.class)
  private Optional<String> plant;

  @Mixin private LogOptions log;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "doctor-report",
      description = "Where to write the report and the losses (default: ${DEFAULT-VALUE}).")
  private Path out;

  /** Names the plants for the help. */
  static final class PlantNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    PlantNames() {
      super(Arrays.stream(Plant.values()).map(Plant::id).toList());
    }
  }

  /** Made by the command line, which sets the options. */
  public DoctorCommand() {}

  @Override
  public Integer call() throws IOException {
    Arguments arguments = new Arguments(spec);
    if (log.isGiven()) {
      return opinion(arguments);
    }
    check(arguments);
    Optional<Subject> subject =
        plant.isPresent() ? Optional.empty() : Optional.of(subject(arguments));
    Training training = subject.isPresent() ? subject.get().training() : planted(arguments);
    try (OutputFolder folder = arguments.folder(out)) {
      return run(training, subject, arguments, folder);
    }
  }

  private int opinion(Arguments arguments) throws IOException {
    checkNothingIsIgnored(arguments, OF_LOGS, "--log, which trains nothing");
    log.check(arguments);
    Opinion opinion = Opinion.of(LogFile.read(log.file(), how.lossColumn()), log.stepsPerEpoch());
    try (OutputFolder folder = arguments.folder(out)) {
      OpinionReport.write(opinion, arguments, folder);
    }
    return 0;
  }

  private int run(
      Training training, Optional<Subject> subject, Arguments arguments, OutputFolder folder)
      throws IOException {
    FinishedTrainings finished = new FinishedTrainings(folder, 1);
    folder.ifInterrupted(() -> finished.words() + " Begin anew with: " + arguments.line());
    subject.ifPresent(s -> print(arguments, account(s)));
    Run run = run(training, finished).withShifts();
    refuseLossThatIsNotFinite(run);
    Findings findings = new Findings(training, run, subject);
    print(arguments, findings.console());
    Section section =
        new Section(
            "training",
            "The training",
            "",
            List.of(run),
            subject.map(s -> s.table().rows()).orElse(RowNames.NUMBERED),
            findings.folds());
    Report report =
        new Report(TITLE, findings.summary(), arguments.line(), List.of(section), json -> {});
    finished.report(
        List.of(
            new Document("losses.csv", file -> LossFile.write(file, List.of(run))),
            new Document(REPORT, report::write)));
    arguments.out().println("Report: " + folder.absolute().resolve(REPORT));
    arguments.out().flush();
    return 0;
  }

  private static void print(Arguments arguments, String text) {
    arguments.out().println(text);
    arguments.out().println();
    arguments.out().flush();
  }

  /** What was made of the file, before it takes its time. */
  private static String account(Subject subject) {
    List<String> lines = new ArrayList<>();
    subject.table().account().remarks().forEach(remark -> lines.add(Wrapped.text(remark, 0)));
    lines.addAll(AccountTable.lines(subject.table().account()));
    return String.join("\n", lines);
  }

  private static void refuseLossThatIsNotFinite(Run run) {
    if (!Double.isFinite(run.losses()[0])) {
      throw new BadInput(
          "The loss of the very first step is "
              + run.losses()[0]
              + ", before anything was learned: the data are too large for "
              + "the loss. Look for columns of very different sizes, or leave out --no-standardize.");
    }
  }

  private void check(Arguments arguments) {
    log.checkAbsent(arguments);
    how.check(arguments);
    net.check(arguments);
    arguments.atLeast(0, "--examine", examine);
    if (plant.isEmpty() && table.isEmpty()) {
      throw arguments.wrong(
          "Nothing to train on: give --data FILE, or --plant CAUSE; or --log FILE, to read a log");
    }
    if (plant.isPresent() && !table.isEmpty()) {
      throw arguments.wrong("--data and --plant exclude each other; give one of them");
    }
    if (plant.isPresent()) {
      checkNothingIsIgnored(arguments, OF_PLANTS, "--plant, which sets its own");
    } else {
      table.check(arguments, how.loss());
    }
  }

  /** A plant has its own data, optimizer and steps: an option without effect would mislead. */
  private void checkNothingIsIgnored(Arguments arguments, Set<String> used, String with) {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!used.contains(option.longestName())) {
        throw arguments.wrong(
            option.longestName() + " has no effect with " + with + "; leave it out");
      }
    }
  }

  private Training planted(Arguments arguments) {
    String name = plant.orElseThrow();
    Plant chosen =
        Arrays.stream(Plant.values())
            .filter(p -> p.id().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    arguments.wrong(
                        "Invalid value for option '--plant': '"
                            + name
                            + "' is none of "
                            + String.join(", ", new PlantNames())));
    Planted planted =
        chosen.plant(seed, net.activation().activation(), net.hidden().toArray(Integer[]::new));
    String settings =
        String.format(
            Locale.ROOT,
            "Made-up data: %s. Hidden layers of %s, %s.",
            chosen.text(),
            net.widths(),
            net.activation());
    return new Training(
        chosen.id(), settings, planted.net(), planted.trainer(), planted.steps(), examine);
  }

  private Subject subject(Arguments arguments) {
    PreparedTable ready = table.read();
    TrainingData data = ready.data();
    how.checkBatchNorm(arguments, net, data.data().size());
    how.checkLength(arguments, data.data().size());
    Training training = how.training(data, table.words(data), net, seed, examine);
    LossChoice loss = how.loss(data);
    return new Subject(table.name(), ready, loss, training, Fit.loss(training.net(), data, loss));
  }

  private static Run run(Training training, FinishedTrainings finished) {
    try (Progress progress = new Progress("doctor", training.steps())) {
      return training.run(
          run -> finished.keep("losses.csv", file -> LossFile.write(file, List.of(run))),
          progress.of(training.name()),
          new StopWhenLost());
    }
  }
}
