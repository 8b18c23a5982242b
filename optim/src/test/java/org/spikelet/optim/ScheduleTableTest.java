package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Parameter;

/** What holds for every schedule. */
class ScheduleTableTest {

  private static final int STEPS = 40;

  static Set<String> schedules() {
    return ScheduleTable.rows().keySet();
  }

  @Test
  void noScheduleIsMissingFromTheTable() {
    List<String> declared =
        Arrays.stream(Schedule.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getReturnType() == Schedule.class)
            .map(Method::getName)
            .distinct()
            .toList();
    assertThat(schedules()).containsExactlyInAnyOrderElementsOf(declared);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void ratesAreFiniteAndNotNegativeHoweverLongItRuns(String name) {
    Schedule schedule = ScheduleTable.rows().get(name);
    LongStream.concat(LongStream.range(0, STEPS), LongStream.of(1L << 40, Long.MAX_VALUE))
        .forEach(t -> assertThat(schedule.at(t)).as("step %s", t).isFinite().isBetween(0.0, 0.3));
  }

  /** So a run can be resumed at any step, and two runs can share one. */
  @ParameterizedTest
  @MethodSource("schedules")
  void theRateOfAStepDoesNotDependOnTheStepsAskedForBefore(String name) {
    Schedule schedule = ScheduleTable.rows().get(name);
    double[] forward = LongStream.range(0, STEPS).mapToDouble(schedule::at).toArray();
    for (int t = STEPS - 1; t >= 0; t--) {
      assertThat(schedule.at(t)).isEqualTo(forward[t]);
      assertThat(ScheduleTable.rows().get(name).at(t)).isEqualTo(forward[t]);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void anOptimizerFollowsIt(String name) {
    Schedule schedule = ScheduleTable.rows().get(name);
    Parameter w = Steps.parameter(0);
    Sgd sgd = new Sgd(List.of(w), schedule);
    for (long t = 0; t < STEPS; t++) {
      double before = w.get(0);
      Steps.step(sgd, w, 1);
      assertThat(w.get(0)).isEqualTo(before - schedule.at(t));
    }
  }
}
