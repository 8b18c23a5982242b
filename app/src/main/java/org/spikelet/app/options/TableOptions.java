package org.spikelet.app.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.tables.BadInput;
import org.spikelet.app.tables.CsvTable;
import org.spikelet.app.tables.TrainingData;
import picocli.CommandLine.Option;

/** The options that say what to train on. */
public final class TableOptions {

  @Option(names = "--data", paramLabel = "FILE", description = "A CSV file with a header.")
  private Optional<Path> data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Classification: the column with the classes.")
  private Optional<String> label;

  @Option(
      names = "--targets",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Regression: the columns with the numbers to predict.")
  private List<String> targets = List.of();

  @Option(
      names = "--ignore",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Columns to leave out. All others are inputs.")
  private List<String> ignore = List.of();

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      defaultValue = ",",
      description = "Between the columns (default: ${DEFAULT-VALUE}).")
  private char separator;

  @Option(
      names = "--no-standardize",
      description = "Leave the inputs as they are; else each gets mean 0 and deviation 1.")
  private boolean raw;

  /** Made by the command line, which sets the options. */
  public TableOptions() {}

  /** Returns whether there is no file. */
  public boolean isEmpty() {
    return data.isEmpty();
  }

  /** Refuses options that do not go together, or not with the loss. */
  public void check(Arguments arguments, Optional<LossChoice> loss) {
    boolean classification = label.isPresent();
    if (classification != targets.isEmpty()) {
      throw arguments.wrong(
          classification
              ? "--label and --targets exclude each other; give one of them"
              : "What is to be predicted? Give --label COLUMN for classes, or --targets COLUMNS for"
                  + " numbers");
    }
    loss.filter(chosen -> chosen.classification() != classification)
        .ifPresent(
            chosen -> {
              throw arguments.wrong(
                  "--loss "
                      + chosen
                      + (classification
                          ? " needs numbers: give --targets COLUMNS in place of --label"
                          : " needs classes: give --label COLUMN in place of --targets"));
            });
  }

  /**
   * Reads the file and takes its columns apart.
   *
   * @throws BadInput if it cannot be trained on
   */
  public TrainingData read() {
    TrainingData read =
        TrainingData.of(CsvTable.read(data.orElseThrow(), separator), label, targets, ignore);
    return raw ? read : read.standardized();
  }

  /** Describes what was read. */
  public String words(TrainingData read) {
    return String.format(
        Locale.ROOT,
        "%s: %,d rows, %d inputs%s, %s",
        data.orElseThrow().getFileName(),
        read.data().size(),
        read.features().size(),
        raw ? "" : " (standardized)",
        read.classification()
            ? read.outputs().size() + " classes"
            : "targets " + String.join(", ", read.outputs()));
  }
}
