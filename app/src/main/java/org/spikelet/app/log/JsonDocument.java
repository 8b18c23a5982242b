package org.spikelet.app.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.spikelet.app.log.Repairs.Kind;

/**
 * A document of JSON: {@code trainer_state.json} of transformers, with its rows in {@code
 * log_history}; an array of objects; an object of arrays, as of Keras's history; or rows of wall
 * time, step and value, as TensorBoard gives them.
 */
record JsonDocument(Source source) implements Rows {

  private static final List<String> TENSORBOARD = List.of("Wall time", "Step", "Value");

  @Override
  public String format() {
    return "a document of JSON";
  }

  @Override
  public void read(Predicate<Row> sink, Repairs repairs) throws IOException {
    try (BufferedReader in = source.open();
        JsonParser parser = JsonRow.JSON.createParser(in)) {
      try {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
          array(parser, sink);
        } else if (first == JsonToken.START_OBJECT) {
          object(parser, sink);
        }
      } catch (JsonProcessingException e) {
        repairs.count(Kind.CUT, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
      }
    }
  }

  /** Rows, if they are in here; false if the sink wants no more. */
  private boolean array(JsonParser parser, Predicate<Row> sink) throws IOException {
    for (JsonToken item = parser.nextToken();
        item != JsonToken.END_ARRAY && item != null;
        item = parser.nextToken()) {
      boolean more = true;
      if (item == JsonToken.START_OBJECT) {
        more = sink.test(JsonRow.read(parser, parser.currentLocation().getLineNr()));
      } else if (item == JsonToken.START_ARRAY) {
        List<String> cells = scalars(parser);
        more = cells.size() != 3 || sink.test(row(parser, TENSORBOARD, cells));
      }
      if (!more) {
        return false;
      }
    }
    return true;
  }

  private static Row row(JsonParser parser, List<String> names, List<String> cells) {
    return new Row(parser.currentLocation().getLineNr(), names, cells);
  }

  /** Arrays of objects are rows; arrays of numbers are columns, kept until the end. */
  private void object(JsonParser parser, Predicate<Row> sink) throws IOException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    long line = parser.currentLocation().getLineNr();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = Cell.utf8(parser.currentName());
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_ARRAY && name.equals("log_history")) {
        if (!array(parser, sink)) {
          return;
        }
      } else if (value == JsonToken.START_ARRAY) {
        List<String> cells = scalars(parser);
        if (!cells.isEmpty()) {
          columns.put(name, cells);
        }
      } else if (value == JsonToken.START_OBJECT) {
        // As {"history": {"loss": […]}}.
        object(parser, sink);
      }
    }
    int size = columns.values().stream().mapToInt(List::size).max().orElse(0);
    List<String> names = List.copyOf(columns.keySet());
    for (int i = 0; i < size; i++) {
      List<String> cells = new ArrayList<>();
      for (List<String> column : columns.values()) {
        cells.add(i < column.size() ? column.get(i) : "");
      }
      if (!sink.test(new Row(line, names, cells))) {
        return;
      }
    }
  }

  private static List<String> scalars(JsonParser parser) throws IOException {
    List<String> cells = new ArrayList<>();
    for (JsonToken item = parser.nextToken();
        item != JsonToken.END_ARRAY && item != null;
        item = parser.nextToken()) {
      if (item.isStructStart()) {
        parser.skipChildren();
      } else {
        cells.add(item == JsonToken.VALUE_NULL ? "" : parser.getText());
      }
    }
    return cells;
  }
}
