package org.spikelet.app.lab;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of a run as a file, so that an interrupted laboratory can go on.
 *
 * <p>A JSON object: the fingerprint of the run, its measures, end loss, steps and thinned curve.
 * Every digit is kept: a result read back is the result.
 */
final class OutcomeFile {

  private OutcomeFile() {}

  static void write(Path file, String fingerprint, Outcome outcome) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("fingerprint", fingerprint);
      for (Map.Entry<Measure, Double> value : outcome.values().entrySet()) {
        json.writeNumberField(value.getKey().name(), value.getValue());
      }
      // JSON has no infinity.
      json.writeStringField("endLoss", Double.toString(outcome.endLoss()));
      json.writeNumberField("steps", outcome.steps());
      json.writeArrayFieldStart("curve");
      for (Outcome.Stretch stretch : outcome.curve()) {
        json.writeString(stretch.least() + " " + stretch.largest());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /**
   * Reads an outcome; empty if there is no file, it belongs to another run, or it is damaged: the
   * run is then made anew.
   */
  static Optional<Outcome> read(Path file, String fingerprint) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      return read(json, fingerprint);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Outcome> read(JsonParser json, String fingerprint) throws IOException {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    List<Outcome.Stretch> curve = new ArrayList<>();
    double endLoss = Double.NaN;
    long steps = 0;
    boolean same = false;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return Optional.empty();
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "fingerprint" -> same = json.getText().equals(fingerprint);
        case "endLoss" -> endLoss = Double.parseDouble(json.getText());
        case "steps" -> steps = json.getLongValue();
        case "curve" -> {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            curve.add(stretch(json.getText()));
          }
        }
        default -> values.put(Measure.valueOf(name), json.getDoubleValue());
      }
    }
    return same && steps > 0
        ? Optional.of(new Outcome(values, endLoss, steps, List.of(), curve))
        : Optional.empty();
  }

  /** Two numbers with a blank between them. */
  private static Outcome.Stretch stretch(String text) {
    int blank = text.indexOf(' ');
    if (blank < 0) {
      throw new IllegalArgumentException("a stretch has a least and a largest loss, got " + text);
    }
    return new Outcome.Stretch(
        Double.parseDouble(text.substring(0, blank)),
        Double.parseDouble(text.substring(blank + 1)));
  }
}
