package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is divided so that each part is done once. */
class WorkersTest {

  private static final long MUCH = 1L << 40;

  @ParameterizedTest
  @CsvSource({"0, 8", "1, 8", "7, 8", "8, 8", "9, 8", "1000, 8", "1001, 3", "5, 1"})
  void everyIndexIsDoneOnce(int n, int grain) {
    AtomicIntegerArray times = new AtomicIntegerArray(Math.max(n, 1));
    Workers.run(
        MUCH,
        n,
        grain,
        (from, to) -> {
          assertThat(from % grain).isZero();
          for (int i = from; i < to; i++) {
            times.incrementAndGet(i);
          }
        });
    for (int i = 0; i < n; i++) {
      assertThat(times.get(i)).isEqualTo(1);
    }
  }

  @Test
  void littleWorkStaysTogetherOnThisThread() {
    Thread here = Thread.currentThread();
    Workers.run(
        100,
        1000,
        1,
        (from, to) -> {
          assertThat(Thread.currentThread()).isSameAs(here);
          assertThat(to - from).isEqualTo(1000);
        });
  }

  @Test
  void aFailureReachesTheCallerAfterAllPartsHaveEnded() {
    AtomicIntegerArray done = new AtomicIntegerArray(100);
    assertThatThrownBy(
            () ->
                Workers.run(
                    MUCH,
                    100,
                    1,
                    (from, to) -> {
                      for (int i = from; i < to; i++) {
                        done.set(i, 1);
                      }
                      if (from == 0) {
                        throw new IllegalStateException("part 0");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("part 0");
    for (int i = 0; i < 100; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    Thread.currentThread().interrupt();
    Workers.run(MUCH, 100, 1, (from, to) -> {});
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "1.5"})
  void aWrongNumberOfThreadsIsRefused(String number) {
    assertThatThrownBy(() -> Workers.threads(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spikelet.threads: must be an integer of at least 1, got '" + number + "'");
  }

  @Test
  void theNumberOfThreadsIsReadOrThatOfTheProcessors() {
    assertThat(Workers.threads("3")).isEqualTo(3);
    assertThat(Workers.threads("")).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
