package org.spikelet.testing.oracle;

import java.util.Arrays;
import java.util.List;

/** Exact doubles as text that Java and Python both read: 0x1.8p0, inf, -inf, nan. */
final class Doubles {

  private Doubles() {}

  static List<String> write(double... values) {
    return Arrays.stream(values).mapToObj(Doubles::write).toList();
  }

  static String write(double value) {
    return Double.toHexString(value).replace("Infinity", "inf").replace("NaN", "nan");
  }

  static double[] read(List<String> values) {
    return values.stream().mapToDouble(Doubles::read).toArray();
  }

  static double read(String value) {
    return Double.parseDouble(value.replace("inf", "Infinity").replace("nan", "NaN"));
  }
}
