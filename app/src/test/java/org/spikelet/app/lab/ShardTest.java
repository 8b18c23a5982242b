package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ShardTest {

  private static final List<Job> ALL =
      new Plan(Claims.ALL, new Plan.Settings(Optional.of(3), Long.MAX_VALUE, Plan.Length.FULL))
          .jobs();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 5_000})
  void theShardsHaveEachRunOnce(int count) {
    List<Job> joined = new ArrayList<>();
    for (int index = 1; index <= count; index++) {
      joined.addAll(new Shard(index, count).of(ALL));
    }

    assertThat(joined).containsExactlyInAnyOrderElementsOf(ALL);
  }

  /** One gets at most one more of the longest runs than another. */
  @Test
  void theWorkIsSpreadEvenly() {
    long longest = ALL.stream().mapToLong(Job::cost).max().orElseThrow();
    List<Long> costs = new ArrayList<>();
    for (int index = 1; index <= 4; index++) {
      costs.add(new Shard(index, 4).of(ALL).stream().mapToLong(Job::cost).sum());
    }

    assertThat(costs).allSatisfy(cost -> assertThat(costs.get(0) - cost).isBetween(0L, longest));
  }

  @Test
  void itIsReadAsItIsWritten() {
    assertThat(new Shard.Converter().convert("3/16")).isEqualTo(new Shard(3, 16));
    assertThat(new Shard(3, 16).words()).isEqualTo("3/16");
    assertThat(Shard.count("3-of-16")).isEqualTo(16);
    assertThat(Shard.count("runs")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/4",
        "5/4",
        "1/0",
        "0/0",
        "a/b",
        "3",
        "",
        "3/",
        "/4",
        "-1/4",
        "1/-4",
        "1/2/3",
        "1.5/4",
        " 1/4",
        "1/99999999999"
      })
  void whatIsNoPartIsRefused(String value) {
    assertThatThrownBy(() -> new Shard.Converter().convert(value))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("must be K/N with K from 1 to N, such as 3/16")
        .hasMessageContaining("got '" + value + "'");
  }
}
