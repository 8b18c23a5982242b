package org.spikelet.app.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.spikelet.app.log.Repairs.Kind;
import org.spikelet.app.tables.BadInput;

/**
 * Rows of cells under a header. A line is a row: so one that is cut off, or that another program
 * wrote in its own way, spoils no other.
 */
final class CsvRows implements Rows {

  private static final String SEPARATORS = ",;\t|";

  /** Any number of spaces, as of columns that are aligned. */
  private static final char SPACES = ' ';

  /** Over so many lines a text in quotes may go. */
  private static final int MOST_LINES = 50;

  private final Source source;
  private final List<String> header;
  private final long headerLine;
  private final char separator;

  private CsvRows(Source source, List<String> header, long headerLine, char separator) {
    this.source = source;
    this.header = header;
    this.headerLine = headerLine;
    this.separator = separator;
  }

  /**
   * Finds the header at the beginning of a text: its first line; where that is a comment, the first
   * line behind the comments or, if numbers stand there, the last of them, as NumPy writes it.
   */
  static CsvRows of(Source source, String text) {
    CsvRows last = null;
    long number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      boolean comment = line.charAt(0) == '#';
      CsvRows rows = of(source, line, number);
      if (last == null || comment || !rows.holdsNumbers()) {
        last = rows;
      }
      if (!comment) {
        break;
      }
    }
    return Objects.requireNonNull(last, "a text that is not blank");
  }

  private boolean holdsNumbers() {
    return header.stream().anyMatch(name -> Cell.number(name).isPresent());
  }

  /** Takes a header apart by the separator that makes the most columns of it. */
  private static CsvRows of(Source source, String headerLine, long number) {
    char best = SPACES;
    for (int i = 0; i < SEPARATORS.length(); i++) {
      char separator = SEPARATORS.charAt(i);
      if (count(headerLine, separator) > (best == SPACES ? 0 : count(headerLine, best))) {
        best = separator;
      }
    }
    return new CsvRows(source, names(split(headerLine, best)), number, best);
  }

  private static long count(String line, char separator) {
    return line.chars().filter(c -> c == separator).count();
  }

  /** A comment's sign before the first name is none of it, as NumPy writes headers. */
  private static List<String> names(List<String> cells) {
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      names.add(Cell.utf8(cell.strip()));
    }
    names.set(0, names.get(0).replaceFirst("^#\\s*", ""));
    if (names.get(0).isEmpty() && names.size() > 1 && count(String.join("", cells), '#') > 0) {
      names.remove(0);
    }
    return List.copyOf(names);
  }

  List<String> header() {
    return header;
  }

  long headerLine() {
    return headerLine;
  }

  /** Of two columns of one name nothing says which is meant. */
  void refuseTwice(String file, Columns columns) {
    for (String name : columns.names().values()) {
      int first = header.indexOf(name);
      int last = header.lastIndexOf(name);
      if (first != last) {
        throw new BadInput(
            String.format(
                Locale.ROOT,
                "%s:%d: the columns %d and %d are both named '%s'; rename the one that is not meant",
                file,
                headerLine,
                first + 1,
                last + 1,
                name));
      }
    }
  }

  @Override
  public String format() {
    return "columns separated by "
        + switch (separator) {
          case ',' -> "commas";
          case ';' -> "semicolons";
          case '\t' -> "tabs";
          case '|' -> "bars";
          default -> "spaces";
        };
  }

  @Override
  public void read(Predicate<Row> sink, Repairs repairs) throws IOException {
    List<String> names = header;
    try (LinesAhead in = new LinesAhead(source.open())) {
      for (String text = in.next(); text != null; text = in.next()) {
        long line = in.number();
        if (text.isBlank() || line <= headerLine || text.charAt(0) == '#') {
          continue;
        }
        List<String> cells = split(text, separator);
        if (isHeader(cells)) {
          names = names(cells);
          repairs.count(Kind.HEADER_AGAIN, line);
          cells = List.of();
        } else if (cells.size() != names.size()) {
          cells = overLines(text, names.size(), in);
          if (cells.isEmpty()) {
            cells = otherwise(text, names.size());
            repairs.count(
                !cells.isEmpty()
                    ? Kind.OTHER_SEPARATOR
                    : in.peek(0) == null ? Kind.CUT : Kind.UNREADABLE,
                line);
          }
        }
        if (!cells.isEmpty() && !sink.test(new Row(line, names, cells))) {
          return;
        }
      }
    }
  }

  /** A second program, or a second run, may write other columns into the same file. */
  private boolean isHeader(List<String> cells) {
    String first = cells.get(0).strip();
    if (first.isEmpty() || !Character.isLetter(first.charAt(0))) {
      return false;
    }
    return (Cell.utf8(first).equals(header.get(0))
            || new HashSet<>(header).containsAll(names(cells)))
        && cells.stream().noneMatch(cell -> Cell.number(cell.strip()).isPresent());
  }

  /** A text in quotes may go over lines: joined to the closing quote, if that makes a whole row. */
  private List<String> overLines(String text, int size, LinesAhead in) throws IOException {
    if (count(text, '"') % 2 == 0) {
      return List.of();
    }
    StringBuilder joined = new StringBuilder(text);
    for (int more = 0; more < MOST_LINES && in.peek(more) != null; more++) {
      joined.append('\n').append(in.peek(more));
      if (in.peek(more).indexOf('"') >= 0) {
        List<String> cells = quoted(joined.toString(), separator);
        if (cells.size() == size) {
          in.drop(more + 1);
          return cells;
        }
      }
    }
    return List.of();
  }

  /** By another separator, if it gives as many cells; else nothing. */
  private List<String> otherwise(String text, int size) {
    for (int i = 0; i <= SEPARATORS.length(); i++) {
      char other = i < SEPARATORS.length() ? SEPARATORS.charAt(i) : SPACES;
      if (other != separator) {
        List<String> cells = split(text, other);
        if (cells.size() == size && size > 1) {
          return cells;
        }
      }
    }
    // A separator after the last cell.
    List<String> cells = split(text, separator);
    boolean trailing = cells.size() == size + 1 && cells.get(size).isBlank();
    return trailing ? cells.subList(0, size) : List.of();
  }

  private static List<String> split(String line, char separator) {
    if (line.indexOf('"') >= 0) {
      return quoted(line, separator);
    }
    List<String> cells = new ArrayList<>();
    if (separator == SPACES) {
      for (String cell : line.strip().split("\\s+", -1)) {
        cells.add(cell);
      }
      return cells;
    }
    int from = 0;
    for (int to = line.indexOf(separator); to >= 0; to = line.indexOf(separator, from)) {
      cells.add(line.substring(from, to));
      from = to + 1;
    }
    cells.add(line.substring(from));
    return cells;
  }

  private static List<String> quoted(String line, char separator) {
    CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(separator).get();
    try (CSVParser parser = CSVParser.parse(line, format)) {
      for (CSVRecord cells : parser) {
        return cells.toList();
      }
    } catch (IOException | UncheckedIOException e) {
      // A quote that is not closed: a line cut off.
    }
    return List.of("");
  }
}
