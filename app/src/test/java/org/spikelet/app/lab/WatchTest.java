package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With a clock that is set by hand. */
class WatchTest {

  private long now;

  private Watch watch(Optional<Duration> limit) {
    return new Watch(() -> now, limit, trace -> Optional.of("My.java:7"));
  }

  private void after(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void aRunThatTakesStepsIsNoNews() {
    Watch watch = watch(Optional.empty());
    try (Watch.Running run = watch.begin("a run")) {
      for (int i = 0; i < 100; i++) {
        after(59);
        run.step();
        assertThat(watch.news()).isEmpty();
      }
      assertThat(watch.oldest()).contains("a run: 98:20 min");
      assertThat(watch.overdue()).isEmpty();
    }
  }

  @Test
  void aRunThatTakesNoStepIsNamedAfterOneMinuteTwoAndFour() {
    Watch watch = watch(Optional.empty());
    try (Watch.Running run = watch.begin("a run")) {
      run.step();
      after(60);
      assertThat(watch.news())
          .containsExactly(
              "a run has taken no step for 1:00 min (1 step taken, now at My.java:7).");
      after(59);
      assertThat(watch.news()).isEmpty();
      after(1);
      assertThat(watch.news()).singleElement().asString().contains("2:00 min");
      after(119);
      assertThat(watch.news()).isEmpty();
      after(1);
      assertThat(watch.news()).singleElement().asString().contains("4:00 min");
      run.step();
      after(60);
      assertThat(watch.news()).singleElement().asString().contains("1:00 min (2 steps taken");
    }
    assertThat(watch.news()).isEmpty();
    assertThat(watch.oldest()).isEmpty();
  }

  @Test
  void aRunOverTheLimitIsNamedThoughItTakesSteps() {
    Watch watch = watch(Optional.of(Duration.ofMinutes(2)));
    try (Watch.Running first = watch.begin("the first");
        Watch.Running second = watch.begin("the second")) {
      after(120);
      first.step();
      second.step();
      assertThat(watch.overdue()).isEmpty();
      after(1);
      assertThat(watch.overdue())
          .contains(
              "the first has taken over 2:00 min, the limit that --run-limit sets (1 step taken,"
                  + " now at My.java:7).");
    }
    assertThat(watch.overdue()).isEmpty();
  }
}
