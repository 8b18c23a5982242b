package org.spikelet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {

  private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

  @Test
  void theLineHasABarTimesAndWhatGoesOn() {
    assertThat(ProgressLine.line("flagship", 1500, 3000, FOUR_SECONDS, "Adam 0.43, SGD 0.16", 80))
        .isEqualTo(
            "flagship  50% [========        ] 1500/3000, 0:04, 0:04 left  Adam 0.43, SGD 0.16");
  }

  @Test
  void whatDoesNotFitAsAWholeIsLeftOut() {
    assertThat(ProgressLine.line("flagship", 1500, 3000, FOUR_SECONDS, "Adam 0.43, SGD 0.16", 60))
        .isEqualTo("flagship  50% [===   ] 1500/3000, 0:04, 0:04 left  Adam 0.43");
  }

  @Test
  void timesOfHoursAreShown() {
    assertThat(ProgressLine.line("lab", 1, 3, Duration.ofMinutes(61), "", 80))
        .contains("1/3, 1:01:00, 2:02:00 left");
  }

  @Test
  void theTimeLeftIsUnknownAtTheStart() {
    assertThat(ProgressLine.line("lab", 0, 3, Duration.ZERO, "", 80)).contains("0/3, 0:00, ? left");
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(ProgressLine.line("lab", 0, 0, Duration.ZERO, "", 80))
        .startsWith("lab 100% [")
        .endsWith("] 0/0, 0:00");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 40, 59, 60, 79, 80, 100, 120, 300})
  void noLineIsWiderThanTheTerminal(int width) {
    assertThat(
            ProgressLine.line(
                "companion",
                99_999,
                100_000,
                Duration.ofHours(100),
                "12 of 34 runs, flagship-adam-heavy-tails-0.001",
                width))
        .hasSizeLessThanOrEqualTo(width);
  }
}
