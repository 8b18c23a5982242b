package org.spikelet.nn.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.spikelet.autodiff.Tensor;

/**
 * What stands at the head of a safetensors file: for each tensor its type, its shape, and from
 * where to where its bytes reach.
 */
record Header(Map<String, Entry> entries, Map<String, String> metadata) {

  private static final String METADATA = "__metadata__";

  /** A name may be as long as a header. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /**
   * One tensor.
   *
   * @param from the first byte, counted from the end of the header
   * @param to the byte after the last
   */
  record Entry(String type, List<Long> shape, long from, long to) {}

  /**
   * Returns the JSON of tensors of doubles, with spaces up to a multiple of some length.
   *
   * @throws IllegalArgumentException if a text cannot be read again: all of them at once
   */
  static byte[] json(
      Map<String, ? extends Tensor> tensors, Map<String, String> metadata, int multiple)
      throws IOException {
    check(tensors.keySet(), metadata);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      if (!metadata.isEmpty()) {
        out.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          out.writeStringField(entry.getKey(), entry.getValue());
        }
        out.writeEndObject();
      }
      long from = 0;
      for (Map.Entry<String, ? extends Tensor> entry : tensors.entrySet()) {
        out.writeObjectFieldStart(entry.getKey());
        out.writeStringField("dtype", ElementType.F64.name());
        out.writeFieldName("shape");
        int[] shape = entry.getValue().shape().dimensions();
        out.writeArray(shape, 0, shape.length);
        out.writeFieldName("data_offsets");
        long to = from + 8L * entry.getValue().size();
        out.writeArray(new long[] {from, to}, 0, 2);
        out.writeEndObject();
        from = to;
      }
      out.writeEndObject();
    }
    while (json.size() % multiple != 0) {
      json.write(' ');
    }
    return json.toByteArray();
  }

  private static void check(Set<String> names, Map<String, String> metadata) {
    List<String> problems = new ArrayList<>();
    names.forEach(name -> check("the name of a tensor", name, problems));
    metadata.forEach(
        (key, words) -> {
          check("a key of the metadata", key, problems);
          check("the metadata of '" + key + "'", words, problems);
        });
    if (names.contains(METADATA)) {
      problems.add("the name of a tensor must not be " + METADATA + ", which is the format's own");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("write: " + String.join("\n  ", problems));
    }
  }

  private static void check(String what, String text, List<String> problems) {
    Objects.requireNonNull(text, what + " must not be null");
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      problems.add(what + " has half a surrogate pair, which is no character: '" + text + "'");
    }
  }

  /**
   * Reads the JSON.
   *
   * @param start where it begins in the file, for messages
   * @throws IOException if it is no such header; the message says at which byte
   */
  static Header parse(byte[] json, int start) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "the header must be an object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(METADATA)) {
          readMetadata(parser, metadata);
        } else {
          entries.put(name, entry(parser, name));
        }
      }
      if (parser.nextToken() != null) {
        throw wrong(parser, "the header goes on after its end");
      }
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation(); // null where a limit is passed
      long at = start + (place == null ? 0 : Math.max(0, place.getByteOffset()));
      throw new IOException("byte " + at + ": the header is no JSON: " + e.getOriginalMessage(), e);
    } catch (Malformed e) {
      throw new IOException("byte " + (start + e.at) + ": " + e.getMessage(), e);
    }
    return new Header(entries, metadata);
  }

  private static void readMetadata(JsonParser parser, Map<String, String> into) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(parser, parser.currentToken(), JsonToken.START_OBJECT, "metadata must be an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, "metadata must be strings");
      into.put(key, parser.getText());
    }
  }

  private static Entry entry(JsonParser parser, String name) throws IOException {
    String what = "tensor '" + name + "' ";
    expect(parser, parser.currentToken(), JsonToken.START_OBJECT, what + "must be an object");
    String type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(parser, value, JsonToken.VALUE_STRING, what + "needs a word for its dtype");
          type = parser.getText();
        }
        case "shape" -> shape = counts(parser, what + "needs whole numbers for its shape");
        case "data_offsets" -> offsets = counts(parser, what + "needs two data_offsets");
        default -> parser.skipChildren(); // of a later version; the Python package skips it, too
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw wrong(parser, what + "needs dtype, shape and two data_offsets");
    }
    return new Entry(type, List.copyOf(shape), offsets.get(0), offsets.get(1));
  }

  private static List<Long> counts(JsonParser parser, String rule) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_ARRAY, rule);
    List<Long> counts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT, rule);
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || parser.getLongValue() < 0) {
        throw wrong(parser, rule);
      }
      counts.add(parser.getLongValue());
    }
    return counts;
  }

  private static void expect(JsonParser parser, JsonToken is, JsonToken expected, String rule)
      throws Malformed {
    if (is != expected) {
      throw wrong(parser, rule);
    }
  }

  private static Malformed wrong(JsonParser parser, String rule) {
    return new Malformed(rule, Math.max(0, parser.currentTokenLocation().getByteOffset()));
  }

  /** JSON, but no header. */
  private static final class Malformed extends IOException {
    private static final long serialVersionUID = 1;
    private final long at;

    Malformed(String rule, long at) {
      super(rule);
      this.at = at;
    }
  }
}
