package org.spikelet.app.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spikelet.app.log.Columns.Census;
import org.spikelet.app.log.Repairs.Kind;
import org.spikelet.app.tables.BadInput;

/**
 * Reads a log of whatever made it. The format is found by the content: columns under a header, JSON
 * lines, a document of JSON, or lines of text with {@code name=value} in them.
 *
 * <p>The file is read twice as a stream, the first time only its beginning, to learn the names;
 * what is kept is the numbers of at most five columns.
 */
public final class LogFile {

  private static final int BEGINNING = 1 << 16;
  private static final int CENSUS = 20_000;

  /** One line in so many may be unreadable: a log is written by programs that get killed. */
  private static final int TOLERATED = 10;

  private LogFile() {}

  /**
   * Reads a file.
   *
   * @param loss the column with the loss; found by its name if empty
   * @throws BadInput if it cannot be read, or holds no loss, or several
   */
  public static TrainingLog read(Path path, Optional<String> loss) {
    String file = path.toString();
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new BadInput(
          file
              + ": this is no file but a pipe or a device, and a log is read more than once; write it"
              + " to a file first");
    }
    try {
      return read(path, file, loss);
    } catch (NoSuchFileException e) {
      throw new BadInput(file + ": there is no such file");
    } catch (IOException e) {
      throw new BadInput(
          file
              + (Files.isDirectory(path)
                  ? ": this is a folder; give the log in it, such as metrics.csv"
                  : ": cannot be read (" + e.getMessage() + ")"));
    }
  }

  private static TrainingLog read(Path path, String file, Optional<String> loss)
      throws IOException {
    Source source = Source.of(path);
    Rows rows = rows(file, source);
    Census census = new Census();
    Repairs repairs = new Repairs();
    rows.read(
        row -> {
          census.add(row);
          return census.rows() < CENSUS;
        },
        repairs);
    refuseUnreadable(file, repairs, census.rows(), rows);
    if (census.rows() == 0) {
      throw new BadInput(
          file + ": there is no row of numbers in it; was the run stopped before its first step?");
    }
    Columns columns = Columns.of(file, census, loss);
    if (rows instanceof CsvRows csv) {
      csv.refuseTwice(file, columns);
    }
    repairs.clear();
    LogBuilder builder = new LogBuilder(file, columns, repairs);
    rows.read(builder::add, repairs);
    double[][] read = builder.columns();
    refuseUnreadable(file, repairs, builder.size(), rows);
    String name = columns.names().get(Field.LOSS);
    if (builder.size() == 0) {
      throw new BadInput(file + ": the column '" + name + "' holds no number");
    }
    List<String> notes = new ArrayList<>();
    notes.add(words(rows, columns, builder.size()));
    if (!columns.others().isEmpty()) {
      notes.add(
          "Other columns that hold a loss, for --loss: "
              + String.join(", ", columns.others())
              + ".");
    }
    StepOrder.arrange(read, notes);
    notes.addAll(repairs.words());
    if (!(rows instanceof JsonDocument) && !source.endsWithLine()) {
      notes.add(
          "The last line has no line end: if the run was killed there, a number at its end may be cut"
              + " off, as 5.3 from 5.3e-05.");
    }
    Optional<BatchIds> ids =
        columns.ids().map(column -> new BatchIds(rows, column, read[read.length - 1]));
    return new TrainingLog(path.getFileName().toString(), name, read, notes, ids);
  }

  private static Rows rows(String file, Source source) throws IOException {
    String text = source.beginning(BEGINNING);
    if (text.isBlank()) {
      throw new BadInput(file + ": the file is empty; a log needs a line for each step");
    }
    if (text.startsWith("\u001f\u008b") || text.indexOf('\0') >= 0) {
      throw new BadInput(
          file
              + ": this is no text. A log is a CSV file, JSON lines, or trainer_state.json;"
              + " unpack a .gz first, and export TensorBoard's event files as CSV");
    }
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow().strip();
    if (text.strip().matches("(?s)(\\{|\\[\\s*[\\[{]).*")) {
      boolean lines = JsonLines.row(first, 1).isPresent() && text.strip().indexOf('\n') > 0;
      return lines ? new JsonLines(source) : new JsonDocument(source);
    }
    return columnsOrText(file, source, text);
  }

  private static Rows columnsOrText(String file, Source source, String text) throws IOException {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(200).toList();
    CsvRows columns = CsvRows.of(source, text);
    boolean header = columns.header().stream().noneMatch(name -> Cell.number(name).isPresent());
    boolean named = columns.header().stream().anyMatch(LogFile::isKnown);
    String first = text.lines().skip(columns.headerLine() - 1).findFirst().orElseThrow();
    if (header && named && !TextLines.matches(first)) {
      return columns;
    }
    if (lines.stream().anyMatch(LogFile::hasLossInJson)) {
      return new JsonLines(source);
    }
    if (lines.stream().anyMatch(TextLines::matches)) {
      return new TextLines(source);
    }
    if (!header) {
      throw new BadInput(
          file
              + ":"
              + columns.headerLine()
              + ": this line holds numbers and no names, so nothing says which column is the loss; put a"
              + " header such as step,loss above it");
    }
    return columns;
  }

  private static boolean hasLossInJson(String line) {
    int brace = line.indexOf('{');
    return brace >= 0
        && JsonLines.row(line.substring(brace), 1)
            .filter(row -> row.names().stream().anyMatch(Field.LOSS::isNamed))
            .isPresent();
  }

  private static boolean isKnown(String name) {
    return Field.LOSS.isNamed(name) || Field.STEP.isNamed(name) || Field.EPOCH.isNamed(name);
  }

  private static void refuseUnreadable(String file, Repairs repairs, long read, Rows rows) {
    for (Kind kind : List.of(Kind.UNREADABLE, Kind.NOT_A_NUMBER, Kind.BAD_STEP)) {
      long bad = repairs.count(kind);
      if (bad * TOLERATED > read + bad) {
        String what =
            switch (kind) {
              case NOT_A_NUMBER -> "the loss is no number";
              case BAD_STEP ->
                  "the step is no number below 10^15 (a time in nanoseconds is none; leave that column"
                      + " out, and the losses are numbered)";
              default -> "does not have as many cells as the header has names";
            };
        throw new BadInput(
            String.format(
                Locale.ROOT,
                "%s:%d: %s, and so in %,d of %,d lines; read as %s%s",
                file,
                repairs.first(kind),
                kind == Kind.UNREADABLE && !(rows instanceof CsvRows) ? "is no JSON" : what,
                bad,
                read + bad,
                rows.format(),
                rows instanceof CsvRows csv ? " under a header in line " + csv.headerLine() : ""));
      }
    }
  }

  /** Such as: 2,000 losses from 'loss' … */
  private static String words(Rows rows, Columns columns, int size) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d loss%s from the column '%s' (%s)",
                size,
                size == 1 ? "" : "es",
                columns.names().get(Field.LOSS),
                rows.format()));
    columns
        .names()
        .forEach(
            (field, name) -> {
              if (field != Field.LOSS) {
                text.append("; ").append(field.words()).append(" from '").append(name).append('\'');
              }
            });
    columns
        .ids()
        .ifPresent(ids -> text.append("; rows of the batch from '").append(ids).append('\''));
    return text.append('.').toString();
  }
}
