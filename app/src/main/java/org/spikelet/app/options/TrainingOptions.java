package org.spikelet.app.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.tables.TrainingData;
import org.spikelet.app.training.Training;
import org.spikelet.nn.Module;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Trainer;
import picocli.CommandLine.Option;

/** The options that say how to train. */
public final class TrainingOptions {

  private static final long DEFAULT_STEPS = 5_000;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "${COMPLETION-CANDIDATES} (default: cross-entropy with --label, mse with --targets);"
              + " with --log, the column that holds the loss.",
      completionCandidates = LossNames.class)
  private Optional<String> lossName;

  private Optional<LossChoice> loss = Optional.empty();

  /** Names the losses for the help. */
  static final class LossNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    LossNames() {
      super(Arrays.stream(LossChoice.values()).map(LossChoice::toString).toList());
    }
  }

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
  private Optional<Double> learningRate;

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
  private Optional<Long> steps;

  @Option(names = "--epochs", paramLabel = "N", description = "How many epochs to train instead.")
  private Optional<Long> epochs;

  /** Made by the command line, which sets the options. */
  public TrainingOptions() {}

  /** Returns the loss that was chosen, if any; known when it was checked. */
  public Optional<LossChoice> loss() {
    return loss;
  }

  /** Returns the column of a log that was chosen, if any. */
  public Optional<String> lossColumn() {
    return lossName;
  }

  /** Refuses values that are out of range, and options that exclude each other. */
  public void check(Arguments arguments) {
    loss = lossName.map(name -> loss(arguments, name));
    arguments.atLeast(1, "--batch-size", batchSize);
    learningRate.ifPresent(rate -> arguments.positive("--learning-rate", rate));
    steps.ifPresent(n -> arguments.steps("--steps", n));
    epochs.ifPresent(n -> arguments.atLeast(1, "--epochs", n));
    if (steps.isPresent() && epochs.isPresent()) {
      throw arguments.wrong("--steps and --epochs exclude each other; give one of them");
    }
  }

  /** Refuses more epochs of so many rows than a training may have steps. */
  public void checkLength(Arguments arguments, int rows) {
    long batches = Math.max(1, dropLast ? rows / batchSize : (rows - 1) / batchSize + 1);
    epochs.ifPresent(n -> arguments.steps("--epochs", n, batches));
  }

  private static LossChoice loss(Arguments arguments, String name) {
    return Arrays.stream(LossChoice.values())
        .filter(choice -> choice.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                arguments.invalid(
                    "--loss", "must be one of " + String.join(", ", new LossNames()), name));
  }

  /** Batch normalization needs two rows: better said now than at the end of the first epoch. */
  public void checkBatchNorm(Arguments arguments, NetOptions net, int rows) {
    int last =
        batchSize >= rows ? rows : rows % batchSize == 0 || dropLast ? batchSize : rows % batchSize;
    if (net.batchNorm() && (last == 1 || batchSize == 1)) {
      throw arguments.wrong(
          "--batch-norm needs at least two rows in a batch, and with --batch-size "
              + batchSize
              + " and "
              + rows
              + " rows there is one of a single row; add --drop-last or change --batch-size");
    }
  }

  /**
   * Returns a training that has not begun.
   *
   * @param source what the rows are, in words
   * @param seed of weights and batches
   * @param examined how many spikes to examine at most
   */
  public Training training(
      TrainingData table, String source, NetOptions net, long seed, int examined) {
    SplittableRandom random = new SplittableRandom(seed);
    Module model = net.of(table.features().size(), table.outputs().size(), random);
    DataLoader loader = loader(table, random);
    Trainer trainer =
        new Trainer(
            model::forward,
            loss(table).function(),
            optimizer.of(model.parameters(), rate()),
            loader);
    long count = steps.orElse(epochs.map(n -> n * loader.batches()).orElse(DEFAULT_STEPS));
    String settings = source + ". " + net.words() + "; " + words(table, loader) + ".";
    return new Training(optimizer.toString(), settings, model, trainer, count, examined);
  }

  private DataLoader loader(TrainingData table, SplittableRandom random) {
    DataLoader loader = new DataLoader(table.data(), batchSize);
    loader = dropLast ? loader.withDropLast() : loader;
    return inOrder ? loader : loader.withShuffle(random.nextLong());
  }

  private String words(TrainingData table, DataLoader loader) {
    int rows = table.data().size();
    boolean small = batchSize < rows && rows % batchSize != 0 && !dropLast;
    return String.format(
        Locale.ROOT,
        "%s; %s at a learning rate of %s; batches of %d%s, %,d in an epoch",
        loss(table),
        optimizer,
        rate(),
        Math.min(batchSize, rows),
        small ? " and a last one of " + rows % batchSize : "",
        loader.batches());
  }

  /** Returns the loss that this table is trained with. */
  public LossChoice loss(TrainingData table) {
    return loss.orElse(table.classification() ? LossChoice.CROSS_ENTROPY : LossChoice.MSE);
  }

  private double rate() {
    return learningRate.orElse(optimizer.rate());
  }
}
