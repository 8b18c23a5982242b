package org.spikelet.app.doctor;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.spikelet.app.Main;
import org.spikelet.app.report.LossFile;
import org.spikelet.app.report.OutputFolder;
import org.spikelet.app.report.Progress;
import org.spikelet.app.report.Report;
import org.spikelet.app.report.Run;
import org.spikelet.app.report.Section;
import org.spikelet.app.report.Training;
import org.spikelet.app.spikes.Plant;
import org.spikelet.nn.Module;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.diagnose.Diagnosis;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spikelet doctor}: trains on a CSV file, and names the causes of the loss's spikes. */
@Command(
    name = "doctor",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Trains a net on your CSV file, finds the spikes of the loss, and replays each of the largest"
          + " with one thing changed at a time, to name its cause.",
      "Instead of --data, --plant trains on made-up data with a known cause of spikes."
    })
public final class DoctorCommand implements Callable<Integer> {

  private static final long DEFAULT_STEPS = 5_000;
  private static final Set<String> OF_PLANTS =
      Set.of("--plant", "--hidden", "--activation", "--seed", "--examine", "--out");

  @Spec private CommandSpec spec;

  @Mixin private TableOptions table;

  @Mixin private NetOptions net;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "${COMPLETION-CANDIDATES} (default: cross-entropy with --label, mse with --targets).")
  private LossChoice loss;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "adam",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OptimizerChoice optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Default: 0.001; 0.01 for sgd, momentum and adagrad.")
  private Double learningRate;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Rows in a batch (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--drop-last",
      description = "Leave out the last batch of an epoch if it is smaller.")
  private boolean dropLast;

  @Option(names = "--no-shuffle", description = "Batches in the order of the rows.")
  private boolean inOrder;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How many steps to train (default: 5000).")
  private Long steps;

  @Option(names = "--epochs", paramLabel = "N", description = "How many epochs to train instead.")
  private Long epochs;

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
  private String plant;

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
    checkOptions();
    Training training = plant != null ? planted() : training();
    OutputFolder folder = openFolder();
    Run run = run(training);
    if (!Double.isFinite(run.losses()[0])) {
      throw new BadInput(
          "The loss of the very first step is "
              + run.losses()[0]
              + ", before anything was learned: the data are too large for "
              + "the loss. Look for columns of very different sizes, or leave out --no-standardize.");
    }
    String words = words(run);
    out().println(words);
    out().println();
    folder.write("losses.csv", file -> LossFile.write(file, List.of(run)));
    Section section = new Section("training", "The training", training.settings(), List.of(run));
    Path report =
        folder.write(
            "report.html",
            new Report(
                    "Why does this loss have spikes?", words, command(), List.of(section), j -> {})
                ::write);
    out().println("Report: " + report.toAbsolutePath().normalize());
    out().flush();
    return 0;
  }

  private void checkOptions() {
    check(batchSize >= 1, "--batch-size", "must be at least 1", batchSize);
    check(
        learningRate == null || (learningRate > 0 && learningRate < Double.POSITIVE_INFINITY),
        "--learning-rate",
        "must be positive and finite",
        learningRate);
    check(
        net.hidden().stream().allMatch(width -> width >= 1),
        "--hidden",
        "must be at least 1",
        net.hidden());
    check(net.dropout() >= 0 && net.dropout() < 1, "--dropout", "must be in [0, 1)", net.dropout());
    check(steps == null || steps >= 1, "--steps", "must be at least 1", steps);
    check(epochs == null || epochs >= 1, "--epochs", "must be at least 1", epochs);
    check(examine >= 0, "--examine", "must be at least 0", examine);
    if (steps != null && epochs != null) {
      throw wrong("--steps and --epochs exclude each other; give one of them");
    }
    if ((plant == null) == table.isEmpty()) {
      throw wrong(
          plant == null
              ? "Nothing to train on: give --data FILE, or --plant CAUSE"
              : "--data and --plant exclude each other; give one of them");
    }
    if (plant != null) {
      checkNothingIsIgnored();
    } else {
      table
          .contradiction(Optional.ofNullable(loss))
          .ifPresent(
              words -> {
                throw wrong(words);
              });
    }
  }

  /** A plant has its own data, optimizer and steps: an option without effect would mislead. */
  private void checkNothingIsIgnored() {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!OF_PLANTS.contains(option.longestName())) {
        throw wrong(
            option.longestName() + " has no effect with --plant, which sets its own; leave it out");
      }
    }
  }

  private void check(boolean valid, String option, String rule, Object value) {
    if (!valid) {
      throw wrong("Invalid value for option '" + option + "': " + rule + ", got " + value);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private OutputFolder openFolder() {
    try {
      return OutputFolder.open(out);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--out': cannot write into the folder '"
              + out
              + "' ("
              + e.getClass().getSimpleName()
              + "); choose one that you may write to",
          e);
    }
  }

  private Training planted() {
    Plant chosen =
        Arrays.stream(Plant.values())
            .filter(p -> p.id().equals(plant))
            .findFirst()
            .orElseThrow(
                () ->
                    wrong(
                        "Invalid value for option '--plant': '"
                            + plant
                            + "' is none of "
                            + String.join(", ", new PlantNames())));
    Plant.Planted planted =
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

  private Training training() {
    TrainingData ready = table.read();
    int rows = ready.data().size();
    LossChoice chosenLoss =
        loss != null ? loss : ready.classification() ? LossChoice.CROSS_ENTROPY : LossChoice.MSE;
    double rate = learningRate != null ? learningRate : optimizer.rate();
    SplittableRandom random = new SplittableRandom(seed);
    Module model = net.of(ready.features().size(), ready.outputs().size(), random);
    DataLoader loader = new DataLoader(ready.data(), batchSize);
    loader = dropLast ? loader.withDropLast() : loader;
    loader = inOrder ? loader : loader.withShuffle(random.nextLong());
    checkBatchNorm(rows);
    Trainer trainer =
        new Trainer(
            model::forward, chosenLoss.function(), optimizer.of(model.parameters(), rate), loader);
    long count = steps != null ? steps : epochs != null ? epochs * loader.batches() : DEFAULT_STEPS;
    String settings =
        String.format(
            Locale.ROOT,
            "%s. %s; %s; %s at a learning rate of %s; batches of %d%s, %,d in an epoch.",
            table.words(ready),
            net.words(),
            chosenLoss,
            optimizer,
            rate,
            Math.min(batchSize, rows),
            rows % batchSize == 0 || batchSize >= rows || dropLast
                ? ""
                : " and a last one of " + rows % batchSize,
            loader.batches());
    return new Training(optimizer.toString(), settings, model, trainer, count, examine);
  }

  /** Batch normalization needs two rows: better said now than at the end of the first epoch. */
  private void checkBatchNorm(int rows) {
    int last =
        batchSize >= rows ? rows : rows % batchSize == 0 || dropLast ? batchSize : rows % batchSize;
    if (net.batchNorm() && (last == 1 || batchSize == 1)) {
      throw wrong(
          "--batch-norm needs at least two rows in a batch, and with --batch-size "
              + batchSize
              + " and "
              + rows
              + " rows there is one of a single row; add --drop-last or change --batch-size");
    }
  }

  private static Run run(Training training) {
    try (Progress progress = new Progress("doctor", training.steps())) {
      return training.run(progress.of(training.name()), true);
    }
  }

  /** What was found: a line for each examined spike. */
  private static String words(Run run) {
    int count = run.spikes().spikes().size();
    StringBuilder text = new StringBuilder();
    text.append(
        count == 0
            ? String.format(
                Locale.ROOT,
                "No spikes in %,d steps: the loss never rose by ln 2 and six times its scatter above"
                    + " the median of the last 200 steps. It went from %.3g to %.3g.",
                run.losses().length,
                run.losses()[0],
                run.finalLoss())
            : String.format(
                Locale.ROOT,
                "%,d %s in %,d steps; the final loss is %.3g.",
                count,
                count == 1 ? "spike" : "spikes",
                run.losses().length,
                run.finalLoss()));
    for (Diagnosis diagnosis :
        run.examination().map(examination -> examination.diagnoses()).orElse(List.of())) {
      text.append("\n\n").append(diagnosis.words());
    }
    return text.toString();
  }

  /** The command line that computes the same numbers again. */
  private String command() {
    return "./spikelet "
        + spec.commandLine().getParseResult().originalArgs().stream()
            .map(arg -> arg.matches("[\\w./,=:+-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
