package org.spikelet.app.tables;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file once, from its first line to its last. */
final class CsvReader {

  /** The separator is guessed from so many letters. */
  private static final int SAMPLE = 1 << 16;

  /** Excel's own first line that names the separator. */
  private static final Pattern NAMED_SEPARATOR = Pattern.compile("\"?sep=(.)\"?\\R");

  /** The library writes its number as the country does: 1,234 or 1.234. */
  private static final Pattern START_LINE = Pattern.compile("\\(startline ([^)]+)\\)");

  private final String file;
  private final TableFormat format;
  private final Problems problems;
  private final List<String> remarks = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final List<Cells> columns = new ArrayList<>();
  private final List<Integer> headersAgain = new ArrayList<>();
  private List<String> header = List.of();
  private int emptyRows;
  private int wrongLengths;
  private int linesBefore;
  private int headerLine;

  private CsvReader(Path path, TableFormat format) {
    this.file = path.toString();
    this.format = format;
    this.problems = new Problems(file);
  }

  /**
   * Reads a file. Empty lines are skipped, and so is a header that comes again.
   *
   * @throws BadInput if it cannot be read as text; what is wrong with its lines is among the
   *     table's problems
   */
  static CsvTable read(Path path, TableFormat format) {
    CsvReader reader = new CsvReader(path, format);
    try (BufferedReader text = Encoding.open(path, format.encoding())) {
      return reader.read(text);
    } catch (NoSuchFileException e) {
      throw new BadInput(path + ": there is no such file");
    } catch (AccessDeniedException e) {
      throw new BadInput(path + ": cannot be read (permission denied)");
    } catch (CharacterCodingException e) {
      throw Encoding.undecodable(path, format.encoding());
    } catch (IOException e) {
      throw Encoding.unreadable(path, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw Encoding.undecodable(path, format.encoding());
      }
      throw Encoding.unreadable(path, e.getCause());
    }
  }

  private CsvTable read(BufferedReader text) throws IOException {
    char separator = separator(text);
    CSVFormat csv =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(separator)
            .setIgnoreSurroundingSpaces(separator != ' ')
            .get();
    try (CSVParser parser = CSVParser.builder().setReader(text).setFormat(csv).get()) {
      parse(parser);
    }
    if (header.isEmpty()) {
      problems.refuse();
      throw new BadInput(file + ": the file is empty; it needs a header and rows");
    }
    return table(separator);
  }

  private void parse(CSVParser parser) throws IOException {
    try {
      for (CSVRecord row : parser) {
        add(row.toList(), Math.toIntExact(parser.getCurrentLineNumber()) + linesBefore);
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof CSVException)) {
        throw e;
      }
      quotes(String.valueOf(e.getCause().getMessage()), parser.getCurrentLineNumber());
    }
  }

  /** What is wrong with the quotation marks; behind it nothing can be read. */
  private void quotes(String message, long line) {
    Matcher start = START_LINE.matcher(message);
    if (start.find()) {
      problems.line(
          Integer.parseInt(start.group(1).replaceAll("\\P{Nd}", "")) + linesBefore,
          "a quotation mark opens a cell that is never closed; close it, or double it if it belongs"
              + " to the text");
    } else {
      problems.line(
          line + linesBefore,
          "a cell goes on after its closing quotation mark; double the marks that belong to the"
              + " text, as in \"a 3\"\" pipe\"");
    }
  }

  private char separator(BufferedReader text) throws IOException {
    text.mark(SAMPLE + 1);
    char[] sample = new char[SAMPLE];
    int length = 0;
    for (int n = 0; n >= 0 && length < SAMPLE; length += Math.max(0, n)) {
      n = text.read(sample, length, SAMPLE - length);
    }
    text.reset();
    String beginning = new String(sample, 0, length);
    Matcher named = NAMED_SEPARATOR.matcher(beginning);
    if (named.lookingAt()) {
      text.readLine();
      linesBefore = 1;
    }
    if (format.separator().isPresent()) {
      return format.separator().get();
    }
    char guess = linesBefore == 1 ? named.group(1).charAt(0) : Separator.guess(beginning);
    if (guess != ',') {
      remarks.add(
          "Columns are separated by "
              + Separator.words(guess)
              + " (guessed; --separator says otherwise).");
    }
    return guess;
  }

  private void add(List<String> values, int lastLine) {
    int line = lastLine - values.stream().mapToInt(CsvReader::breaks).sum();
    List<String> cells = values.stream().map(CsvReader::trimmed).toList();
    if (header.isEmpty()) {
      headerLine = line;
      begin(cells);
      if (format.firstLine() == TableFormat.FirstLine.NAMES) {
        return;
      }
    } else if (cells.equals(header)) {
      headersAgain.add(line);
      return;
    }
    if (cells.stream().allMatch(String::isEmpty)) {
      emptyRows++;
      return;
    }
    int width = header.size();
    if (cells.size() < width || !cells.stream().skip(width).allMatch(String::isEmpty)) {
      wrongLengths++;
      problems.line(
          line,
          String.format(
              Locale.ROOT,
              "the row has %d value%s, the header names %d column%s",
              cells.size(),
              cells.size() == 1 ? "" : "s",
              width,
              width == 1 ? "" : "s"));
      return;
    }
    lines.add(line);
    for (int k = 0; k < width; k++) {
      columns.get(k).add(cells.get(k));
    }
  }

  private void begin(List<String> cells) {
    boolean names = format.firstLine() == TableFormat.FirstLine.NAMES;
    List<String> all = new ArrayList<>();
    for (int k = 0; k < cells.size(); k++) {
      all.add(names ? cells.get(k) : "c" + (k + 1));
      columns.add(new Cells());
    }
    header = all;
  }

  private static int breaks(String cell) {
    int count = 0;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      count += c == '\n' || (c == '\r' && !cell.startsWith("\n", i + 1)) ? 1 : 0;
    }
    return count;
  }

  /** Without white space at the ends, be it one that does not break. */
  private static String trimmed(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && isSpace(cell.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(cell.charAt(to - 1))) {
      to--;
    }
    return cell.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private CsvTable table(char separator) {
    List<String> names = new ArrayList<>();
    Set<String> unnamed = new HashSet<>();
    List<Cells> kept = new ArrayList<>();
    for (int k = 0; k < header.size(); k++) {
      if (header.get(k).isEmpty() && columns.get(k).blank()) {
        continue; // many programs end each line with a separator
      }
      if (header.get(k).isEmpty()) {
        unnamed.add("c" + (k + 1));
      }
      names.add(header.get(k).isEmpty() ? "c" + (k + 1) : ColumnNames.oneLine(header.get(k)));
      kept.add(columns.get(k));
    }
    checkHeader(names, separator);
    Numerals numerals = numerals(separator, kept);
    if (emptyRows > 0) {
      remarks.add(counted(emptyRows, "row") + " without any value left out.");
    }
    if (!headersAgain.isEmpty()) {
      remarks.add("The header comes again, left out: " + RowNames.lines(headersAgain) + ".");
    }
    return new CsvTable(file, names, unnamed, kept, lines, numerals, remarks, problems);
  }

  private static String counted(int n, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
  }

  private void checkHeader(List<String> names, char separator) {
    if (format.firstLine() == TableFormat.FirstLine.NAMES) {
      HeaderChecks.check(names, headerLine, problems);
      HeaderChecks.doubt(names).ifPresent(remarks::add);
    }
    if (wrongLengths > lines.size()) {
      problems.cure(
          "most rows have another length than the header: is there a title or a comment above it, or another"
              + " separator (--separator)?");
    } else {
      HeaderChecks.checkParted(names, separator, headerLine, problems);
    }
  }

  private Numerals numerals(char separator, List<Cells> cells) {
    if (format.decimal().isPresent()) {
      return new Numerals(format.decimal().get(), format.thousands());
    }
    if (format.thousands().isPresent()) {
      return new Numerals(format.thousands().get() == '.' ? ',' : '.', format.thousands());
    }
    Optional<Character> guess = DecimalMark.guess(separator, cells);
    if (guess.isEmpty()) {
      problems.file(
          "in numbers such as 1,234 or 1.234 the mark may be decimal or part thousands: say --decimal"
              + " or --thousands, with ',' or '.'");
      return new Numerals('.', Optional.of(',')); // so that they are not refused once more
    }
    if (guess.get() == ',') {
      remarks.add("Decimal commas, as in 1,5 (guessed; --decimal says otherwise).");
    }
    return new Numerals(guess.get(), Optional.empty());
  }
}
