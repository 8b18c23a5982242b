package org.spikelet.app.doctor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers in sentences. */
final class Numbers {

  private static final MathContext DIGITS = new MathContext(3);

  private Numbers() {}

  /** Three digits, with commas between thousands. */
  static String of(double x) {
    double size = Math.abs(x);
    if (size != 0 && (size < 1e-3 || size >= 1e12)) {
      return String.format(Locale.ROOT, "%.2e", x);
    }
    BigDecimal rounded = new BigDecimal(x).round(DIGITS).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
