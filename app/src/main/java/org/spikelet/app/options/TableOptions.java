package org.spikelet.app.options;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.tables.BadInput;
import org.spikelet.app.tables.MissingChoice;
import org.spikelet.app.tables.PreparedTable;
import org.spikelet.app.tables.Roles;
import org.spikelet.app.tables.Rules;
import org.spikelet.app.tables.Scaling;
import org.spikelet.app.tables.TableFormat;
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
      description = "Regression: the columns with the numbers to predict, a comma between them.")
  private List<String> targets = List.of();

  @Option(
      names = "--ignore",
      paramLabel = "COLUMNS",
      description =
          "Columns to leave out. All others are inputs. A name that holds a comma is found, too.")
  private List<String> ignore = List.of();

  @Option(
      names = "--categorical",
      paramLabel = "COLUMNS",
      description = "Columns whose numbers are but names of categories, such as postcodes.")
  private List<String> categorical = List.of();

  @Option(
      names = "--max-categories",
      paramLabel = "N",
      defaultValue = "" + Rules.MAX_CATEGORIES,
      description =
          "How many different values a column of text may have (default: ${DEFAULT-VALUE}). Each"
              + " becomes an input, 0 or 1; a column in which most differ, like names, is left out.")
  private int maxCategories;

  @Option(
      names = "--missing",
      paramLabel = "WHAT",
      defaultValue = "mean",
      description =
          "Missing cells: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, as scikit-learn's"
              + " SimpleImputer and OneHotEncoder do: a number gets the column's mean, a text a value"
              + " of its own). drop leaves out the row, as is always done where label or target is"
              + " missing. Missing is an empty cell or, in any case of letters, ?, NA, N/A, n.a.,"
              + " #N/A, <NA>, NaN, -NaN, null, None, '.' or '-'.")
  private MissingChoice missing;

  @Option(
      names = "--missing-values",
      paramLabel = "TEXTS",
      split = ",",
      description = "What else marks a missing cell, such as -999, however written, or unknown.")
  private List<String> missingValues = List.of();

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      converter = CharacterOption.class,
      description = "Between the columns; \\t or tab, space (default: found out).")
  private Optional<Character> separator;

  @Option(
      names = "--decimal",
      paramLabel = "CHAR",
      converter = CharacterOption.class,
      description = "The decimal mark (default: found out).")
  private Optional<Character> decimal;

  @Option(
      names = "--thousands",
      paramLabel = "CHAR",
      converter = CharacterOption.class,
      description = "Between groups of three digits (default: nothing).")
  private Optional<Character> thousands;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "Of the text, such as windows-1252 (default: UTF-8, or what a byte-order mark says).")
  private Optional<Charset> encoding;

  @Option(names = "--no-header", description = "The first line is data; columns are c1, c2, …")
  private boolean noHeader;

  @Option(
      names = "--no-standardize",
      description =
          "Leave the numbers as they are; else inputs and targets get mean 0 and deviation 1.")
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
    arguments.atLeast(1, "--max-categories", maxCategories);
    checkMarks(arguments);
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

  /** One mark cannot mean two things. */
  private void checkMarks(Arguments arguments) {
    decimal
        .filter(mark -> mark != '.' && mark != ',')
        .ifPresent(
            mark -> {
              throw arguments.invalid("--decimal", "must be a point or a comma", mark);
            });
    thousands
        .filter(mark -> Character.isLetterOrDigit(mark) || mark == '+' || mark == '-')
        .ifPresent(
            mark -> {
              throw arguments.invalid("--thousands", "must be a mark, such as a comma", mark);
            });
    if (decimal.isPresent() && decimal.equals(thousands)) {
      throw arguments.wrong("--decimal and --thousands are the same; they must differ");
    }
  }

  /**
   * Reads the file and takes its columns apart.
   *
   * @throws BadInput if it cannot be trained on
   */
  public PreparedTable read() {
    return PreparedTable.read(
        data.orElseThrow(),
        new TableFormat(
            separator,
            decimal,
            thousands,
            encoding,
            noHeader ? TableFormat.FirstLine.DATA : TableFormat.FirstLine.NAMES),
        new Roles(label, targets, ignore, categorical),
        new Rules(missing, missingValues, maxCategories, raw ? Scaling.NONE : Scaling.STANDARD));
  }

  /** Returns the name of the file. */
  public String name() {
    return String.valueOf(data.orElseThrow().getFileName());
  }

  /** Describes what was read. */
  public String words(TrainingData read) {
    return String.format(
        Locale.ROOT,
        "%s: %,d rows, %d inputs, %s%s",
        name(),
        read.data().size(),
        read.features().size(),
        read.classification()
            ? read.outputs().size() + " classes"
            : "targets " + String.join(", ", read.outputs()),
        raw ? "" : ", numbers standardized");
  }
}
