package org.spikelet.app.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one object of JSON as a row; what is nested in it gets names such as metrics/loss. */
final class JsonRow {

  /** As Python writes JSON, and as it prints a dictionary. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  private final List<String> names = new ArrayList<>();
  private final List<String> cells = new ArrayList<>();

  private JsonRow() {}

  /** Reads on behind an object's opening brace, to its closing one. */
  static Rows.Row read(JsonParser parser, long line) throws IOException {
    JsonRow row = new JsonRow();
    row.object(parser, "");
    return new Rows.Row(line, row.names, row.cells);
  }

  private void object(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = prefix + Cell.utf8(parser.currentName());
      JsonToken value = parser.nextToken();
      if (value == null) {
        throw new IOException("cut off");
      } else if (value == JsonToken.START_OBJECT) {
        object(parser, name + "/");
      } else if (value == JsonToken.START_ARRAY && BatchIds.isNamed(name)) {
        names.add(name);
        cells.add(array(parser));
      } else if (value == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else {
        names.add(name);
        cells.add(parser.getText());
      }
    }
  }

  private static String array(JsonParser parser) throws IOException {
    StringBuilder text = new StringBuilder();
    for (JsonToken item = parser.nextToken();
        item != JsonToken.END_ARRAY && item != null;
        item = parser.nextToken()) {
      if (item.isScalarValue()) {
        text.append(text.isEmpty() ? "" : " ").append(parser.getText());
      }
    }
    return text.toString();
  }
}
