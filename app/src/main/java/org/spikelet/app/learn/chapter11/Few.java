package org.spikelet.app.learn.chapter11;

import course.Curvature;
import java.util.List;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Property;

/** So few products that the eigenvalue is not reached yet: each of them shows. */
record Few(Valley valley, int products) {

  private static final int MANY = 100;

  static Property<Few> property() {
    return Property.of(
            "... after one, two and three products",
            Valley.bowls().stream()
                .flatMap(valley -> IntStream.rangeClosed(1, 3).mapToObj(n -> new Few(valley, n)))
                .toList())
        .program(few -> few.valley.text() + "Curvature.sharpness(loss, x, v, " + few.products + ")")
        .labels(few -> List.of("v·(H·v)"))
        .yours(
            few ->
                one(
                    Curvature.sharpness(
                        few.valley::loss, few.valley.x(), few.valley.v(), few.products)))
        .expected(few -> few.after(few.products))
        .mistake(
            "iterations",
            "As many products are taken whatever iterations says. It says how many.",
            few -> few.after(MANY))
        .mistake(
            "one-more",
            "You take one product more than iterations says. The last one has all that is needed:"
                + " v·(H·v), with v of length 1 as it was before that product.",
            few -> few.after(few.products + 1));
  }

  private double[] after(int count) {
    return one(valley.power(count, Valley::length, Valley::dot));
  }

  private static double[] one(double number) {
    return new double[] {number};
  }
}
