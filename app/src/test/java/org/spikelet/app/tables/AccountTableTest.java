package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountTableTest {

  private static List<String> lines(Account.Entry... entries) {
    return AccountTable.lines(new Account(List.of(), List.of(entries)));
  }

  @Test
  void aLineForEachColumn() {
    assertThat(
            lines(
                new Account.Entry("price", "number", 0, "standardized"),
                new Account.Entry("town", "text", 1_234, "2 inputs, 0 or 1: Bonn, Ulm")))
        .containsExactly(
            "column  kind    missing  what was done",
            "price   number        -  standardized",
            "town    text      1,234  2 inputs, 0 or 1: Bonn, Ulm");
  }

  @Test
  void neighboursAlikeAreOneLine() {
    Account.Entry[] many =
        IntStream.range(0, 200)
            .mapToObj(k -> new Account.Entry("x" + k, "number", 0, "standardized"))
            .toArray(Account.Entry[]::new);

    assertThat(lines(many))
        .hasSize(2)
        .last()
        .isEqualTo("x0 to x199  number        -  200 columns, each: standardized");
  }

  @Test
  void ofManyThatDifferTheFirst() {
    Account.Entry[] many =
        IntStream.range(0, 200)
            .mapToObj(k -> new Account.Entry("x" + k, "number", k + 1, "y".repeat(200)))
            .toArray(Account.Entry[]::new);

    assertThat(lines(many)).hasSize(24).allMatch(line -> line.length() <= 80);
    assertThat(lines(many)).last().isEqualTo("and 178 more; the report has all");
  }
}
