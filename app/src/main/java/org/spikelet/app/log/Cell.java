package org.spikelet.app.log;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as programs write them. */
final class Cell {

  private static final Set<String> MISSING = Set.of("", "null", "none", "na", "n/a", "<na>", "-");

  /** As C, Python, JavaScript, Java, Windows' runtime and people spell them. */
  private static final Map<String, Double> NOT_FINITE =
      Map.ofEntries(
          Map.entry("nan", Double.NaN),
          Map.entry("1.#qnan", Double.NaN),
          Map.entry("1.#ind", Double.NaN),
          Map.entry("1.#snan", Double.NaN),
          Map.entry("nan(ind)", Double.NaN),
          Map.entry("nan(snan)", Double.NaN),
          Map.entry("inf", Double.POSITIVE_INFINITY),
          Map.entry("infinity", Double.POSITIVE_INFINITY),
          Map.entry("1.#inf", Double.POSITIVE_INFINITY),
          Map.entry("∞", Double.POSITIVE_INFINITY));

  /** What {@code print(loss)} writes of a tensor of PyTorch, or an array of JAX. */
  private static final Pattern TENSOR =
      Pattern.compile("(?:tensor|array|np\\.(?:float|int)\\d+|Array)\\(\\[?([^,)\\]]+).*");

  /** The whole of that, within a line. */
  static final String PRINTED = "(?:tensor|[Aa]rray|np\\.\\w+)\\([^)]*\\)";

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+(?:[eE][+-]?\\d+)?");

  /** Fortran's double precision: 1.5D-03. */
  private static final Pattern FORTRAN = Pattern.compile("[+-]?\\d*\\.\\d*[dD][+-]?\\d+");

  /**
   * Thousands that cannot be taken for a decimal comma: 1,234.5. The reverse, 1.234,5, is refused:
   * beside it 1.234 would be read as a fraction.
   */
  private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2}(?:,\\d{3})+\\.\\d+");

  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,2}(?:,\\d{3})+");

  private Cell() {}

  /**
   * Returns the number that a text spells where only whole ones are: 1,234 is no fraction there.
   */
  static OptionalDouble count(String text) {
    return COUNT.matcher(text).matches() ? number(text.replace(",", "")) : number(text);
  }

  /** Returns whether nothing was logged here. */
  static boolean isMissing(String text) {
    return text.isEmpty() || MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Returns the number that a text spells, which may be NaN; empty if it spells none. */
  static OptionalDouble number(String text) {
    if (looksPlain(text)) {
      try {
        return OptionalDouble.of(Double.parseDouble(text));
      } catch (NumberFormatException e) {
        return OptionalDouble.empty();
      }
    }
    return unusual(text);
  }

  /** Digits, signs, a point and an exponent; no suffix such as the 1d that Java takes for 1. */
  private static boolean looksPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static OptionalDouble unusual(String raw) {
    String text = utf8(raw).strip().replace('\u2212', '-');
    if (text.length() > 2 && text.charAt(0) == '"' && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    boolean negative = text.startsWith("-");
    String size = negative || text.startsWith("+") ? text.substring(1) : text;
    Double special = NOT_FINITE.get(size.toLowerCase(Locale.ROOT));
    if (special != null) {
      return OptionalDouble.of(negative ? -special : special);
    }
    Matcher tensor = TENSOR.matcher(text);
    if (tensor.matches()) {
      return number(tensor.group(1).strip());
    }
    if (THOUSANDS.matcher(text).matches()) {
      return number(text.replace(",", ""));
    }
    if (FORTRAN.matcher(text).matches()) {
      return number(text.replace('d', 'e').replace('D', 'e'));
    }
    if (DECIMAL_COMMA.matcher(text).matches()) {
      return number(text.replace(',', '.'));
    }
    return !text.equals(raw) && looksPlain(text) ? number(text) : OptionalDouble.empty();
  }

  /** Files are read byte by byte, so that none is refused; names and signs may be UTF-8. */
  static String utf8(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c > 255) {
        return bytes;
      }
      if (c > 127) {
        String decoded =
            new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return decoded.indexOf('\uFFFD') < 0 ? decoded : bytes;
      }
    }
    return bytes;
  }
}
