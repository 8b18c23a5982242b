package org.spikelet.examples.spikes;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.spikelet.examples.Main;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.History;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.spikes.SpikeSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spikelet spikes}: trains with Adam and with SGD, counts the spikes, writes the report. */
@Command(
    name = "spikes",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Trains the net 14-100-40-4 with Adam and with SGD, finds the spikes of the loss, and writes a"
          + " report.",
      "Two data sets: the flagship (heavy-tailed inputs, small batches) and its companion (normal"
          + " inputs, always the full batch)."
    })
public final class SpikesCommand implements Callable<Integer> {

  private static final long FLAGSHIP_STEPS = 10_000;
  private static final long COMPANION_STEPS = 8_000;
  private static final long QUICK_FLAGSHIP_STEPS = 2_000;
  private static final long QUICK_COMPANION_STEPS = 800;

  @Spec private CommandSpec spec;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each training (default: 10000 flagship, 8000 companion).")
  private Long steps;

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

  @Option(names = "--quick", description = "Far fewer steps, to see how it works.")
  private boolean quick;

  /** Made by the command line, which sets the options. */
  public SpikesCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(steps == null || steps >= 1, "--steps", "must be at least 1", steps);
    check(batchSize >= 1, "--batch-size", "must be at least 1", batchSize);
    check(
        learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
        "--learning-rate",
        "must be positive and finite",
        learningRate);
    OutputFolder folder = openFolder();

    Map<Experiment, List<Run>> results = new LinkedHashMap<>();
    for (Experiment experiment : experiments()) {
      results.put(experiment, train(experiment));
    }
    print(results);
    Path report = write(folder, results);
    out().println();
    out().println("Report: " + report.toAbsolutePath().normalize());
    return 0;
  }

  private void check(boolean valid, String option, String rule, Object value) {
    if (!valid) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': " + rule + ", got " + value);
    }
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

  private List<Experiment> experiments() {
    long flagshipSteps = steps != null ? steps : quick ? QUICK_FLAGSHIP_STEPS : FLAGSHIP_STEPS;
    long companionSteps = steps != null ? steps : quick ? QUICK_COMPANION_STEPS : COMPANION_STEPS;
    return List.of(
        Experiment.flagship(
            seed, new Experiment.Settings(flagshipSteps, batchSize, dropLast, learningRate, 0.02)),
        Experiment.companion(
            seed,
            new Experiment.Settings(
                companionSteps, Integer.MAX_VALUE, dropLast, learningRate, 0.1)));
  }

  /** Trains with both optimizers at once, each on a thread of its own: they share nothing. */
  private static List<Run> train(Experiment experiment) throws InterruptedException {
    Experiment.Contender[] contenders = Experiment.Contender.values();
    ExecutorService threads = Executors.newFixedThreadPool(contenders.length);
    try (Progress progress =
        new Progress(experiment.id(), contenders.length * experiment.settings().steps())) {
      List<Future<Run>> futures = new ArrayList<>();
      for (Experiment.Contender contender : contenders) {
        TrainingListener bar = progress.of(contender.label);
        futures.add(threads.submit(() -> train(experiment, contender, bar)));
      }
      List<Run> runs = new ArrayList<>();
      for (Future<Run> future : futures) {
        runs.add(future.get());
      }
      return runs;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Run train(
      Experiment experiment, Experiment.Contender contender, TrainingListener bar) {
    Module net = experiment.net();
    History history = new History();
    long start = System.nanoTime();
    new Trainer(
            net::forward,
            Losses::meanSquaredError,
            experiment.optimizer(contender).apply(net.parameters()),
            experiment.loader())
        .listen(history)
        .listen(bar)
        .run(experiment.settings().steps());
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Run(contender, experiment.describe(contender), history.losses(), seconds);
  }

  private void print(Map<Experiment, List<Run>> results) {
    String row = "%-10s %-5s %8s %8s %18s %12s %9s%n";
    out().println();
    out()
        .printf(
            Locale.ROOT,
            row,
            "",
            "",
            "spikes",
            "visible",
            "largest, × median",
            "final loss",
            "time");
    results.forEach(
        (experiment, runs) -> {
          for (Run run : runs) {
            SpikeSummary spikes = run.spikes();
            out()
                .printf(
                    Locale.ROOT,
                    row,
                    experiment.id(),
                    run.contender().label,
                    spikes.spikes().size(),
                    spikes.visible(),
                    spikes.spikes().isEmpty()
                        ? "–"
                        : String.format(Locale.ROOT, "%.1f", spikes.largestTimesMedian()),
                    Double.isFinite(run.finalLoss())
                        ? String.format(Locale.ROOT, "%.3g", run.finalLoss())
                        : "diverged",
                    String.format(Locale.ROOT, "%.1f s", run.seconds()));
          }
        });
    out().flush();
  }

  /** Writes the losses and the report first: the pictures need fonts, which may be missing. */
  private Path write(OutputFolder folder, Map<Experiment, List<Run>> results) throws IOException {
    for (Map.Entry<Experiment, List<Run>> entry : results.entrySet()) {
      folder.write(
          entry.getKey().id() + "-losses.csv", file -> LossFile.write(file, entry.getValue()));
    }
    Path report =
        folder.write(
            "report.html", file -> Report.write(file, command(), Main.environment(), results));
    for (Map.Entry<Experiment, List<Run>> entry : results.entrySet()) {
      Experiment experiment = entry.getKey();
      try {
        folder.write(
            experiment.id() + ".png", file -> LossChart.write(file, experiment, entry.getValue()));
      } catch (RuntimeException | LinkageError | InternalError e) {
        spec.commandLine()
            .getErr()
            .println(
                "The picture "
                    + experiment.id()
                    + ".png could not be drawn ("
                    + e
                    + "); are fonts installed? The report needs none.");
      }
    }
    return report;
  }

  /** The command line that computes the same numbers again. */
  private String command() {
    List<String> words = new ArrayList<>(List.of("./spikelet", "spikes", "--seed", "" + seed));
    if (quick) {
      words.add("--quick");
    }
    if (steps != null) {
      words.addAll(List.of("--steps", "" + steps));
    }
    if (batchSize != 32) {
      words.addAll(List.of("--batch-size", "" + batchSize));
    }
    if (learningRate != 1e-3) {
      words.addAll(List.of("--learning-rate", "" + learningRate));
    }
    if (dropLast) {
      words.add("--drop-last");
    }
    return String.join(" ", words);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
