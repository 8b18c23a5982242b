package org.spikelet.app.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.spikelet.app.log.Repairs.Kind;

/**
 * An object of JSON, or a dictionary as Python prints it, on each line; other text is passed over.
 */
record JsonLines(Source source) implements Rows {

  @Override
  public String format() {
    return "JSON lines";
  }

  @Override
  public void read(Predicate<Row> sink, Repairs repairs) throws IOException {
    long line = 0;
    try (BufferedReader in = source.open()) {
      String text = in.readLine();
      String next = text == null ? null : in.readLine();
      for (; text != null; text = next, next = next == null ? null : in.readLine()) {
        line++;
        int brace = text.indexOf('{');
        if (brace < 0) {
          continue;
        }
        Optional<Row> row = row(text.substring(brace), line);
        if (row.isEmpty()) {
          repairs.count(next == null ? Kind.CUT : Kind.UNREADABLE, line);
        } else if (!sink.test(row.get())) {
          return;
        }
      }
    }
  }

  /** An array that holds the objects has commas behind them. */
  static Optional<Row> row(String text, long line) {
    String plain = text.indexOf('\'') < 0 ? text : python(text);
    try (JsonParser parser = JsonRow.JSON.createParser(plain)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? Optional.of(JsonRow.read(parser, line))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The values that Python spells in its own way. */
  private static String python(String text) {
    return text.replaceAll(": nan\\b", ": NaN")
        .replaceAll(": (-?)inf\\b", ": $1Infinity")
        .replaceAll(": None\\b", ": null")
        .replaceAll(": True\\b", ": true")
        .replaceAll(": False\\b", ": false")
        .replaceAll(": (" + Cell.PRINTED + ")", ": '$1'");
  }
}
