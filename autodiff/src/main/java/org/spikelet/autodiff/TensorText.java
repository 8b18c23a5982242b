package org.spikelet.autodiff;

/** What a tensor prints: its shape and, if there are not many, its values, nested in brackets. */
final class TensorText {

  private static final int LONGEST = 24;

  private TensorText() {}

  static String of(Shape shape, double... data) {
    StringBuilder text = new StringBuilder("Tensor(" + shape + ") ");
    if (data.length > LONGEST) {
      return text + "[" + data[0] + ", …, " + data[data.length - 1] + "]";
    }
    return data.length == 0 ? text + "[]" : nested(text, shape, 0, 0, data).toString();
  }

  private static StringBuilder nested(
      StringBuilder text, Shape shape, int axis, int offset, double... data) {
    if (axis == shape.rank()) {
      return text.append(data[offset]);
    }
    int stride = shape.sizeBetween(axis + 1, shape.rank());
    text.append('[');
    for (int i = 0; i < shape.dimension(axis); i++) {
      nested(text.append(i == 0 ? "" : ", "), shape, axis + 1, offset + i * stride, data);
    }
    return text.append(']');
  }
}
