package org.spikelet.spikes.diagnose;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Numbers as they stand in sentences: as many digits as are measured, and never "-0". */
final class Numbers {

  private Numbers() {}

  /** Three digits, such as 1.5, 10,000 or 1.97e-11; a number is called 0 only if it is. */
  static String of(double x) {
    if (Double.isNaN(x)) {
      return "NaN";
    }
    if (Double.isInfinite(x)) {
      return x > 0 ? "∞" : "-∞";
    }
    BigDecimal rounded = new BigDecimal(x).round(new MathContext(3, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -3 && exponent < 6) {
      BigDecimal plain = rounded.stripTrailingZeros();
      return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }
    BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent;
  }

  /** Such as "from 1 to 2"; of numbers with the same three digits, how far they lie apart, too. */
  static String fromTo(double a, double b) {
    String words = "from " + of(a) + " to " + of(b);
    return a != b && of(a).equals(of(b)) ? words + ", by " + of(b - a) : words;
  }

  /** How many times b a is; empty unless that is above 0 and finite. */
  static Optional<String> ratio(double a, double b) {
    double ratio = a / b;
    return ratio > 0 && ratio < Double.POSITIVE_INFINITY
        ? Optional.of(of(ratio))
        : Optional.empty();
  }

  /** So many decimals, where the reader compares with a limit. */
  static String fixed(double x, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", x);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }

  /** A share in whole percent. */
  static String percent(double share) {
    return Long.toString(Math.round(100 * share));
  }

  /** A chance, which is never called 0: too small for a number it is below the least. */
  static String chance(double p) {
    return p > 0 ? of(p) : "below " + of(Double.MIN_NORMAL);
  }

  /** Such as "1 spike", "2 spikes", "10,000 steps". */
  static String count(long n, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
  }

  /** Some numbers of rows, in order; of many the first eight. */
  static String list(Collection<Integer> rows) {
    String first = rows.stream().sorted().limit(8).map(String::valueOf).collect(joining(", "));
    return rows.size() <= 8 ? first : first + " and " + (rows.size() - 8) + " more";
  }
}
