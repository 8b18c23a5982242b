package org.spikelet.show;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts and numbers as JSON that may stand within a script element. */
final class Json {

  /** More than a screen needs, at half the length of all digits. */
  private static final MathContext DIGITS = new MathContext(7);

  private static final double WHOLE = 1e9;

  private Json() {}

  static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(entry.getKey().toString()) + ":" + of(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Double number) {
      return number(number);
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : text(value.toString());
  }

  /** JSON has no NaN and no infinity: they become texts. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "\"NaN\"" : value > 0 ? "\"∞\"" : "\"−∞\"";
    }
    if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
      return Long.toString((long) value);
    }
    return new BigDecimal(value).round(DIGITS).toString();
  }

  /** Neither "<" nor "&" could end or change the element; nor could a line end within the text. */
  private static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '&' && c < '\u2028';
      boolean mathematics = c > '\u2029' && !Character.isSurrogate(c) && c < '\uff00';
      json.append(plain || mathematics ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return json.append('"').toString();
  }
}
