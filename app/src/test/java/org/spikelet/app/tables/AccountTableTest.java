package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTableTest {

  private static List<String> lines(Account.Entry... entries) {
    return lines(80, entries);
  }

  private static List<String> lines(int width, Account.Entry... entries) {
    return AccountTable.lines(new Account(List.of(), List.of(entries)), width);
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
            .mapToObj(k -> new Account.Entry("x" + k, "number", k + 1, "standardized"))
            .toArray(Account.Entry[]::new);

    assertThat(lines(many)).hasSize(24);
    assertThat(lines(many)).last().isEqualTo("and 178 more; the report has all");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80})
  void noNumberIsCut(int width) {
    String done = "to predict; standardized: mean 272,345.678, deviation 509,012,345";
    List<String> lines =
        lines(
            width,
            new Account.Entry("the_price_in_the_currency_of_2024_and_before", "number", 12, done),
            new Account.Entry("town", "text", 0, "50 inputs, 0 or 1: " + "a town, ".repeat(50)));

    assertThat(lines).allMatch(line -> line.length() <= width);
    assertThat(String.join(" ", lines)).contains("272,345.678,").contains("509,012,345");
    assertThat(String.join("\n", lines)).doesNotContainPattern("\\d…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mean 272,345.678|10|mean …",
        "mean 272,345.678|16|mean 272,345.678",
        "mean 272 and more|10|mean 272 …",
        "of 1.5e-300 and more|8|of …",
        "1234567890123|8|…",
        "Aachen|4|Aac…"
      })
  void textsAreCutBesideTheirNumbers(String text, int most, String cut) {
    assertThat(Texts.shortened(text, most)).isEqualTo(cut);
  }
}
