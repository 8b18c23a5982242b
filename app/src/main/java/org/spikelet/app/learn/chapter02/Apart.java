package org.spikelet.app.learn.chapter02;

import course.Rules;
import java.util.Arrays;
import java.util.List;
import org.spikelet.app.learn.check.Property;

/** Answers that are kept while other rules are asked. */
final class Apart {

  private Apart() {}

  /** Somebody keeps what one rule has answered, and asks again. */
  static Property<Double> property() {
    return Property.of("an array of its own for each answer", List.of(1.0, 5.0))
        .program(
            g ->
                "double[] first = Rules.plus(1, 2, N);\ndouble[] second = Rules.minus(1, 2, 7);\n"
                        .replace("N", String.valueOf(g))
                    + "Rules.times(3, 4, 2);\nRules.over(3, 4, 2);\nRules.plus(3, 4, 2);\n"
                    + "Rules.minus(3, 4, 2);\nnew double[] {first[0], first[1], second[0]}")
        .labels(g -> List.of("first[0]", "first[1]", "second[0]"))
        .yours(
            g -> {
              double[] first = Rules.plus(1, 2, g);
              double[] second = Rules.minus(1, 2, 7);
              double[] others = {
                Rules.times(3, 4, 2).length,
                Rules.over(3, 4, 2).length,
                Rules.plus(3, 4, 2).length,
                Rules.minus(3, 4, 2).length
              };
              return Arrays.stream(others).allMatch(length -> length == 2)
                  ? new double[] {first[0], first[1], second[0]}
                  : others;
            })
        .expected(g -> new double[] {g, g, 7})
        .mistake(
            "shared",
            "What was answered first has changed: all answers are in the same array. Make a new one"
                + " in each call.",
            g -> new double[] {2, -2, 2});
  }
}
