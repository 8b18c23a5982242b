package org.spikelet.app.tables;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header, and where each row stands in it.
 *
 * @param file its name, for errors
 * @param header the names of the columns
 * @param rows the rows, each as long as the header
 */
public record CsvTable(String file, List<String> header, List<Row> rows) {

  /** Copies the lists. */
  public CsvTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param line the line of the file it ends at, from 1
   * @param values one for each column
   */
  public record Row(long line, List<String> values) {}

  /**
   * Reads a file, UTF-8, with a header in its first line. Empty lines are skipped.
   *
   * @throws BadInput if it cannot be read, a row is longer or shorter than the header, or a name
   *     stands twice in the header
   */
  public static CsvTable read(Path path, char separator) {
    String file = path.toString();
    CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(separator).setTrim(true).get();
    List<Row> rows = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(path, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.builder().setReader(text).setFormat(format).get()) {
      for (CSVRecord row : parser) {
        rows.add(new Row(line(parser), row.toList()));
      }
    } catch (NoSuchFileException e) {
      throw new BadInput(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new BadInput(file + ": the text is not UTF-8; convert it first");
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read (" + e.getMessage() + ")");
    } catch (UncheckedIOException e) {
      throw new BadInput(
          e.getCause() instanceof CharacterCodingException
              ? file + ": the text is not UTF-8; convert it first"
              : file + ": cannot be read (" + e.getCause().getMessage() + ")");
    }
    if (rows.isEmpty()) {
      throw new BadInput(file + ": the file is empty; it needs a header and rows");
    }
    List<String> header = new ArrayList<>(rows.remove(0).values());
    // Some programs begin a file with a byte order mark.
    header.set(0, header.get(0).replaceFirst("^\uFEFF", ""));
    CsvTable table = new CsvTable(file, header, rows);
    table.check(separator);
    return table;
  }

  /** The parser has read up to here; the end of the file ends a line too. */
  private static long line(CSVParser parser) {
    return parser.getCurrentLineNumber();
  }

  private void check(char separator) {
    if (header.size() == 1 && separator == ',' && header.get(0).matches(".*[;\t].*")) {
      throw new BadInput(
          file
              + ":1: the header is one column, '"
              + header.get(0)
              + "'; is it separated otherwise? Say so with --separator");
    }
    Set<String> names = new HashSet<>();
    for (String name : header) {
      if (name.isEmpty()) {
        throw new BadInput(file + ":1: a column has no name");
      }
      if (!names.add(name)) {
        throw new BadInput(file + ":1: two columns are named '" + name + "'");
      }
    }
    for (Row row : rows) {
      if (row.values().size() != header.size()) {
        throw new BadInput(
            at(row)
                + ": the row has "
                + row.values().size()
                + (row.values().size() == 1 ? " value" : " values")
                + ", the header names "
                + header.size()
                + " columns");
      }
    }
  }

  /** Returns file and line of a row. */
  public String at(Row row) {
    return file + ":" + row.line();
  }

  /**
   * Returns the position of a column.
   *
   * @param option the option that named it
   * @throws BadInput if there is none of this name
   */
  public int column(String name, String option) {
    int position = header.indexOf(name);
    if (position < 0) {
      throw new BadInput(
          option
              + ": "
              + file
              + " has no column '"
              + name
              + "'; its columns are "
              + String.join(", ", header));
    }
    return position;
  }

  /**
   * Returns a value as a number.
   *
   * @throws BadInput if it is missing, not a number, or not finite
   */
  public double number(Row row, int column) {
    String value = row.values().get(column);
    String where = at(row) + ": column '" + header.get(column) + "': ";
    if (value.isEmpty() || value.equalsIgnoreCase("NA") || value.equalsIgnoreCase("null")) {
      throw new BadInput(
          where
              + "the value is missing ('"
              + value
              + "'); fill it in, leave out the row, or leave out the column with --ignore");
    }
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new BadInput(
          where + "'" + value + "' is not a number; leave out the column with --ignore");
    }
    if (!Double.isFinite(number)) {
      throw new BadInput(
          where + "the value is " + value + "; training needs finite numbers, leave out the row");
    }
    return number;
  }
}
