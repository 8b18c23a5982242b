package org.spikelet.app.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what to train on. */
final class TableOptions {

  @Option(names = "--data", paramLabel = "FILE", description = "A CSV file with a header.")
  private Path data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Classification: the column with the classes.")
  private String label;

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
  TableOptions() {}

  /** Returns whether there is no file. */
  boolean isEmpty() {
    return data == null;
  }

  /** Returns what is wrong with the options together, if anything. */
  Optional<String> contradiction(Optional<LossChoice> loss) {
    boolean classification = label != null;
    if (classification != targets.isEmpty()) {
      return Optional.of(
          classification
              ? "--label and --targets exclude each other; give one of them"
              : "What is to be predicted? Give --label COLUMN for classes, or --targets COLUMNS for"
                  + " numbers");
    }
    return loss.filter(chosen -> chosen.classification() != classification)
        .map(
            chosen ->
                "--loss "
                    + chosen
                    + (classification
                        ? " needs numbers: give --targets COLUMNS in place of --label"
                        : " needs classes: give --label COLUMN in place of --targets"));
  }

  /**
   * Reads the file and takes its columns apart.
   *
   * @throws BadInput if it cannot be trained on
   */
  TrainingData read() {
    TrainingData read =
        TrainingData.of(
            CsvTable.read(data, separator), Optional.ofNullable(label), targets, ignore);
    return raw ? read : read.standardized();
  }

  /** Describes what was read. */
  String words(TrainingData read) {
    return String.format(
        Locale.ROOT,
        "%s: %,d rows, %d inputs%s, %s",
        data.getFileName(),
        read.data().size(),
        read.features().size(),
        raw ? "" : " (standardized)",
        read.classification()
            ? read.outputs().size() + " classes"
            : "targets " + String.join(", ", read.outputs()));
  }
}
