package org.spikelet.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;

/** Writes JSON for the report, with as many digits as a screen can show. */
public final class Json {

  /** Enough for a curve on a screen, at a third of the size of all digits. */
  private static final MathContext DIGITS = new MathContext(5);

  /** Writes some of a JSON document. */
  @FunctionalInterface
  public interface Part {
    /** Writes it. */
    void writeTo(Json json) throws IOException;
  }

  private final JsonGenerator generator;

  private Json(JsonGenerator generator) {
    this.generator = generator;
  }

  /** Returns an object as text, made of the fields that the part writes. */
  public static String object(Part fields) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      new Json(generator).objectOf(fields);
    }
    return text.toString();
  }

  private void objectOf(Part fields) throws IOException {
    generator.writeStartObject();
    fields.writeTo(this);
    generator.writeEndObject();
  }

  /** A field that holds text. */
  public Json text(String name, String value) throws IOException {
    generator.writeStringField(name, value);
    return this;
  }

  /** A field that holds texts. */
  public Json texts(String name, Collection<String> values) throws IOException {
    generator.writeArrayFieldStart(name);
    for (String value : values) {
      generator.writeString(value);
    }
    generator.writeEndArray();
    return this;
  }

  /** A field that is true or false. */
  public Json flag(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
    return this;
  }

  /** A field that holds a whole number. */
  public Json count(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
    return this;
  }

  /** A field that holds a number; null if it is not finite. */
  public Json number(String name, double value) throws IOException {
    generator.writeFieldName(name);
    number(value);
    return this;
  }

  /** A field that holds numbers. */
  public Json numbers(String name, double... values) throws IOException {
    generator.writeArrayFieldStart(name);
    for (double value : values) {
      number(value);
    }
    generator.writeEndArray();
    return this;
  }

  /** A field that holds numbers. */
  public Json numbers(String name, Collection<? extends Number> values) throws IOException {
    return numbers(name, values.stream().mapToDouble(Number::doubleValue).toArray());
  }

  /** A field that holds an object. */
  public Json object(String name, Part fields) throws IOException {
    generator.writeFieldName(name);
    objectOf(fields);
    return this;
  }

  /** Writes an item of an array. */
  @FunctionalInterface
  public interface Item<T> {
    /** Writes its fields. */
    void writeTo(Json json, T item) throws IOException;
  }

  /** A field that holds objects, one for each item. */
  public <T> Json objects(String name, Collection<T> items, Item<? super T> fields)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (T item : items) {
      objectOf(json -> fields.writeTo(json, item));
    }
    generator.writeEndArray();
    return this;
  }

  /** JSON has no NaN and no infinity: they become null. */
  private void number(double value) throws IOException {
    if (!Double.isFinite(value)) {
      generator.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      generator.writeNumber((long) value);
    } else {
      generator.writeNumber(new BigDecimal(value).round(DIGITS));
    }
  }
}
