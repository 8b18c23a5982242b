package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The values of schedules at their ends and joints. */
class ScheduleTest {

  private static double[] values(Schedule schedule, long steps) {
    return LongStream.range(0, steps).mapToDouble(schedule::at).toArray();
  }

  @Test
  void constantIsConstant() {
    assertThat(values(Schedule.constant(0.3), 4)).containsOnly(0.3);
    assertThat(Schedule.constant(0.3).at(Long.MAX_VALUE)).isEqualTo(0.3);
  }

  @Test
  void stepFallsEverySoOften() {
    assertThat(values(Schedule.step(8, 3, 0.5), 8)).containsExactly(8, 8, 8, 4, 4, 4, 2, 2);
  }

  @Test
  void exponentialFallsAtEveryStep() {
    assertThat(values(Schedule.exponential(8, 0.5), 4)).containsExactly(8, 4, 2, 1);
  }

  @Test
  void linearIsStraightAndThenConstant() {
    assertThat(values(Schedule.linear(1, 3, 4), 7)).containsExactly(1, 1.5, 2, 2.5, 3, 3, 3);
    assertThat(values(Schedule.linear(3, 0, 3), 5)).containsExactly(3, 2, 1, 0, 0);
    assertThat(values(Schedule.linear(3, 1, 1), 3)).containsExactly(3, 1, 1);
  }

  @Test
  void cosineFallsSlowlyAtBothEndsAndStays() {
    Schedule schedule = Schedule.cosine(3, 1, 4);
    assertThat(schedule.at(0)).isEqualTo(3);
    assertThat(schedule.at(1)).isCloseTo(2 + Math.sqrt(0.5), offset(1e-15));
    assertThat(schedule.at(2)).isCloseTo(2, offset(1e-15));
    assertThat(schedule.at(3)).isCloseTo(2 - Math.sqrt(0.5), offset(1e-15));
    assertThat(schedule.at(4)).isEqualTo(1);
    assertThat(schedule.at(5)).isEqualTo(1);
    assertThat(schedule.at(Long.MAX_VALUE)).isEqualTo(1);
  }

  /** Of ten steps, 0 to 2 rise and 2 to 9 fall. */
  @Test
  void oneCycleRisesAndFalls() {
    Schedule schedule = Schedule.oneCycle(1, 10);
    assertThat(schedule.at(0)).isCloseTo(1 / 25.0, withPercentage(1e-10));
    assertThat(schedule.at(1)).isCloseTo((1 + 1 / 25.0) / 2, withPercentage(1e-10));
    assertThat(schedule.at(2)).isCloseTo(1, withPercentage(1e-10));
    assertThat(schedule.at(9)).isCloseTo(1 / 250_000.0, withPercentage(1e-10));
    assertThat(schedule.at(10)).isEqualTo(schedule.at(9));
    assertThat(schedule.at(Long.MAX_VALUE)).isEqualTo(schedule.at(9));
  }

  @Test
  void warmUpIsLinearAndEndsAtTheFullRate() {
    assertThat(values(Schedule.constant(4).warmUp(4), 6)).containsExactly(1, 2, 3, 4, 4, 4);
    assertThat(values(Schedule.exponential(8, 0.5).warmUp(2), 4)).containsExactly(4, 4, 2, 1);
    assertThat(values(Schedule.constant(4).warmUp(1), 2)).containsExactly(4, 4);
  }

  @Test
  void thenStartsTheNextFromItsOwnBeginning() {
    Schedule schedule = Schedule.constant(9).then(2, Schedule.exponential(8, 0.5));
    assertThat(values(schedule, 5)).containsExactly(9, 9, 8, 4, 2);
    Schedule three = Schedule.constant(1).then(1, Schedule.constant(2)).then(2, t -> 10 + t);
    assertThat(values(three, 5)).containsExactly(1, 2, 10, 11, 12);
  }

  @TestFactory
  Stream<DynamicTest> badArgumentsAreRefusedByName() {
    Schedule one = Schedule.constant(1);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put(
        "learning rate: must be finite and not negative, got -1.0", () -> Schedule.constant(-1));
    calls.put(
        "learning rate: must be finite and not negative, got NaN",
        () -> Schedule.cosine(Double.NaN, 0, 1));
    calls.put(
        "learning rate: must be finite and not negative, got Infinity",
        () -> Schedule.linear(1 / 0.0, 0, 1));
    calls.put(
        "learning rate: must be finite and not negative, got -2.0", () -> Schedule.step(-2, 1, 1));
    calls.put(
        "learning rate: must be finite and not negative, got -3.0",
        () -> Schedule.exponential(-3, 1));
    calls.put(
        "last learning rate: must be finite and not negative, got -4.0",
        () -> Schedule.cosine(1, -4, 1));
    calls.put(
        "last learning rate: must be finite and not negative, got -5.0",
        () -> Schedule.linear(1, -5, 1));
    calls.put(
        "maximum learning rate: must be finite and not negative, got -6.0",
        () -> Schedule.oneCycle(-6, 1));
    calls.put("factor: must be finite and not negative, got -0.5", () -> Schedule.step(1, 1, -0.5));
    calls.put(
        "factor: must be finite and not negative, got NaN",
        () -> Schedule.exponential(1, Double.NaN));
    calls.put("every: must be at least 1, got 0", () -> Schedule.step(1, 0, 1));
    calls.put("steps: must be at least 1, got 0", () -> Schedule.linear(1, 0, 0));
    calls.put("steps: must be at least 1, got -1", () -> Schedule.cosine(1, 0, -1));
    calls.put("steps: must be at least 1, got -2", () -> Schedule.oneCycle(1, -2));
    calls.put("warm-up steps: must be at least 1, got 0", () -> one.warmUp(0));
    calls.put("steps: must be at least 1, got -3", () -> one.then(-3, one));
    return calls.entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey(),
                    () ->
                        assertThatThrownBy(call.getValue())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(call.getKey())));
  }
}
