package org.spikelet.app.learn.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An input on which a property does not hold.
 *
 * @param program the input as a program to paste
 * @param labels what the numbers are
 * @param answer the learner's
 * @param source where the right numbers are from
 * @param right the right numbers
 */
record Failure(
    String program,
    List<String> labels,
    Answer answer,
    String source,
    Answer right,
    Optional<Hint> hint) {

  private static final MathContext DIGITS = new MathContext(10);

  /** What to say about a mistake that was recognized. */
  record Hint(String name, String text) {}

  /** Returns the learner's and the right numbers side by side; no lines if there are no such. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    if (answer.thrown().isPresent()) {
      return lines;
    }
    if (answer.size() != right.size()) {
      lines.add("Yours are " + answer.size() + " numbers, and should be " + right.size() + ".");
      return lines;
    }
    int wide = labels.stream().mapToInt(String::length).max().orElse(0);
    String format = "%-" + Math.max(wide, 1) + "s  %18s  %18s%s";
    lines.add(String.format(Locale.ROOT, format, "", "yours", source, ""));
    for (int i = 0; i < right.size(); i++) {
      String mark = answer.number(i) == right.number(i) || same(i) ? "" : "  <-";
      lines.add(
          String.format(
              Locale.ROOT,
              format,
              labels.get(i),
              shown(answer.number(i)),
              shown(right.number(i)),
              mark));
    }
    return lines;
  }

  private boolean same(int i) {
    return shown(answer.number(i)).equals(shown(right.number(i)));
  }

  private static String shown(double number) {
    if (!Double.isFinite(number) || number == 0) {
      return number == 0 ? "0" : Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    boolean hasRoom = rounded.precision() - rounded.scale() <= DIGITS.getPrecision();
    // Without trailing zeros 30 is 3E+1.
    return rounded
        .setScale(hasRoom ? Math.max(rounded.scale(), 0) : rounded.scale())
        .toString()
        .replace("E+", "E");
  }
}
