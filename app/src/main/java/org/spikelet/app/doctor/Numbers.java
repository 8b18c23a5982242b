package org.spikelet.app.doctor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers in sentences. */
final class Numbers {

  private static final int DIGITS = 3;

  /** So many a double has. */
  private static final int MOST = 15;

  private Numbers() {}

  /** Three digits, with commas between thousands. */
  static String of(double x) {
    return of(x, DIGITS);
  }

  /** Of numbers that differ by so much: three digits, or as many as show two digits of this. */
  static String among(double deviation, double x) {
    double digits = Math.floor(Math.log10(Math.abs(x))) - Math.floor(Math.log10(deviation)) + 2;
    return of(x, digits > DIGITS ? (int) Math.min(MOST, digits) : DIGITS);
  }

  private static String of(double x, int digits) {
    double size = Math.abs(x);
    if (size != 0 && (size < 1e-3 || size >= 1e12)) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", x);
    }
    BigDecimal rounded = new BigDecimal(x).round(new MathContext(digits)).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
