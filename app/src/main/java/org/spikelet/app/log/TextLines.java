package org.spikelet.app.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program printed, as {@code step 120: loss=0.53, lr 1e-3}; lines without it are passed
 * over.
 */
record TextLines(Source source) implements Rows {

  private static final Pattern NAMED =
      Pattern.compile(
          "([A-Za-z][\\w/.]*(?:[ -][A-Za-z]\\w*)?)\\s*(?:[=:]|\\s)\\s*\\[?\\s*"
              + "("
              + Cell.PRINTED
              + "|[-+]?(?:\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|\\.\\d+(?:[eE][-+]?\\d+)?"
              + "|(?i:nan|inf(?:inity)?)\\b))");

  @Override
  public String format() {
    return "lines of text";
  }

  /** Whether a line looks like one of these, and says a loss. */
  static boolean matches(String line) {
    return row(line, 1).names().stream().anyMatch(name -> Field.LOSS.isNamed(name));
  }

  @Override
  public void read(Predicate<Row> sink, Repairs repairs) throws IOException {
    long line = 0;
    try (BufferedReader in = source.open()) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        Row row = row(text, line);
        if (!row.names().isEmpty() && !sink.test(row)) {
          return;
        }
      }
    }
  }

  private static Row row(String text, long line) {
    List<String> names = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    Matcher matcher = NAMED.matcher(text);
    while (matcher.find()) {
      names.add(Cell.utf8(matcher.group(1)));
      cells.add(matcher.group(2));
    }
    return new Row(line, names, cells);
  }
}
