package org.spikelet.optim.file;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** What stands before the numbers of a section: words, and the names and shapes of the tensors. */
record Head(String name, String kind, String settings, Map<String, Shape> shapes) {

  static Head of(Section section) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    section.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return new Head(section.name(), section.kind(), section.settings(), shapes);
  }

  Section with(Map<String, Tensor> tensors) {
    return new Section(name, kind, settings, tensors);
  }

  /** Name, kind, settings, number of tensors; of each tensor its name, rank and dimensions. */
  byte[] encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, name);
    text(out, kind);
    text(out, settings);
    number(out, shapes.size());
    shapes.forEach(
        (tensor, shape) -> {
          text(out, tensor);
          number(out, shape.rank());
          for (int dimension : shape.dimensions()) {
            number(out, dimension);
          }
        });
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the bytes are no head
   */
  static Head decoded(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      String name = text(in);
      String kind = text(in);
      String settings = text(in);
      Map<String, Shape> shapes = new LinkedHashMap<>();
      for (int left = in.getInt(); left > 0; left--) {
        String tensor = text(in);
        if (shapes.put(tensor, shape(in)) != null) {
          throw new IllegalArgumentException("it names the tensor '" + tensor + "' twice");
        }
      }
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("it has " + in.remaining() + " bytes too many");
      }
      return new Head(name, kind, settings, shapes);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it tells of more bytes than it has", e);
    }
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[length(in, 1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Shape shape(ByteBuffer in) {
    int[] dimensions = new int[length(in, 4)];
    for (int axis = 0; axis < dimensions.length; axis++) {
      dimensions[axis] = in.getInt();
    }
    return Shape.of(dimensions);
  }

  /** A count of things of so many bytes each, which must be there. */
  private static int length(ByteBuffer in, int size) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining() / size) {
      throw new BufferUnderflowException();
    }
    return length;
  }
}
