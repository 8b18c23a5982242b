package org.spikelet.app.lab;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.spikelet.app.experiment.Measure;

/**
 * The outcome of a run as a file, so that an interrupted laboratory can go on.
 *
 * <p>A JSON object: the fingerprint of the run, its measures, end loss, steps and thinned curve,
 * and at the end the SHA-256 checksum of all bytes before that field. Every digit is kept: a result
 * read back is the result.
 */
final class OutcomeFile {

  private static final String BEFORE_CHECKSUM = ",\"checksum\":\"";
  private static final String END = "\"}";
  private static final int TAIL = BEFORE_CHECKSUM.length() + 64 + END.length();

  /**
   * What is in a file.
   *
   * @param state whether it can be used
   * @param outcome present if it can
   */
  record Content(State state, Optional<Outcome> outcome) {}

  /** Whether a file can be used. */
  enum State {
    /** It is the result of this run. */
    COMPLETE("complete"),
    /** There is none. */
    MISSING("missing"),
    /** It is whole, and the result of a run of other settings. */
    OF_ANOTHER_RUN("of runs with other settings"),
    /** It is whole, and the result of other code: the experiment's file has changed since. */
    OF_OTHER_SOURCE("of another version of the experiment's file"),
    /** It ends as earlier versions wrote it: nothing tells whether it is whole. */
    WITHOUT_CHECKSUM("without a checksum, as earlier versions wrote them"),
    /** Its checksum does not fit, or what it needs is not in it. */
    DAMAGED("damaged"),
    /** The system does not let it be read. */
    UNREADABLE("not readable");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** Returns what such files are. */
    String words() {
      return words;
    }
  }

  private OutcomeFile() {}

  static void write(OutputStream out, Fingerprint fingerprint, Outcome outcome) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("fingerprint", fingerprint.text());
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
    byte[] object = bytes.toByteArray();
    byte[] fields = Arrays.copyOf(object, object.length - 1);
    out.write(fields);
    out.write(tail(fields).getBytes(StandardCharsets.UTF_8));
  }

  /** The last field, and the end of the object. */
  private static String tail(byte[] fields) {
    return BEFORE_CHECKSUM + HexFormat.of().formatHex(sha256(fields)) + END;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  /** Reads an outcome. What cannot be used is made anew. */
  static Content read(Path file, Fingerprint fingerprint) {
    if (Files.notExists(file)) {
      return unusable(State.MISSING);
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      return unusable(State.UNREADABLE);
    }
    byte[] fields = Arrays.copyOf(bytes, Math.max(0, bytes.length - TAIL));
    String tail =
        new String(bytes, fields.length, bytes.length - fields.length, StandardCharsets.ISO_8859_1);
    if (!tail.equals(tail(fields))) {
      return unusable(tail.endsWith("\"]}") ? State.WITHOUT_CHECKSUM : State.DAMAGED);
    }
    try (JsonParser json = new JsonFactory().createParser(bytes)) {
      return read(json, fingerprint);
    } catch (IOException | IllegalArgumentException e) {
      return unusable(State.DAMAGED);
    }
  }

  private static Content unusable(State state) {
    return new Content(state, Optional.empty());
  }

  private static Content read(JsonParser json, Fingerprint fingerprint) throws IOException {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    Optional<List<Outcome.Stretch>> curve = Optional.empty();
    OptionalDouble endLoss = OptionalDouble.empty();
    Optional<String> run = Optional.empty();
    long steps = 0;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return unusable(State.DAMAGED);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "fingerprint" -> run = Optional.of(json.getText());
        case "endLoss" -> endLoss = OptionalDouble.of(Double.parseDouble(json.getText()));
        case "steps" -> steps = json.getLongValue();
        case "curve" -> curve = Optional.of(stretches(json));
        case "checksum" -> json.getText();
        default -> values.put(Measure.valueOf(name), json.getDoubleValue());
      }
    }
    if (run.isEmpty()
        || endLoss.isEmpty()
        || curve.isEmpty()
        || steps < 1
        || !values.keySet().containsAll(Measure.OF_EVERY_RUN)) {
      return unusable(State.DAMAGED);
    }
    return run.get().equals(fingerprint.text())
        ? new Content(
            State.COMPLETE,
            Optional.of(new Outcome(values, endLoss.getAsDouble(), steps, List.of(), curve.get())))
        : unusable(
            fingerprint.isOfOtherSource(run.get()) ? State.OF_OTHER_SOURCE : State.OF_ANOTHER_RUN);
  }

  private static List<Outcome.Stretch> stretches(JsonParser json) throws IOException {
    List<Outcome.Stretch> curve = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      curve.add(stretch(json.getText()));
    }
    return curve;
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
