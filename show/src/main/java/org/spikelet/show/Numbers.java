package org.spikelet.show;

import java.util.Locale;

/** Numbers as a person reads them. */
final class Numbers {

  private static final double SMALL = 1e-3;
  private static final double LARGE = 1e5;

  private Numbers() {}

  /** Returns a number with four digits, and no more than it needs. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < LARGE) {
      return Long.toString((long) value).replace('-', '−');
    }
    String text =
        String.format(Locale.ROOT, size < SMALL || size >= LARGE ? "%.3e" : "%.4g", value);
    return text.replaceAll("\\.?0+(?=e|$)", "")
        .replace("e-0", "e-")
        .replace("e+0", "e")
        .replace("e+", "e")
        .replace('-', '−');
  }
}
