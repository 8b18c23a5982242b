package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/**
 * Schedules agree with PyTorch's, computed here as PyTorch does: from the rate of the step before.
 */
class ScheduleProperties {

  private static final double TOLERANCE = 1e-12;

  @Property
  void stepIsStepLr(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double rate,
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double gamma,
      @ForAll @IntRange(min = 1, max = 7) int stepSize) {
    Schedule schedule = Schedule.step(rate, stepSize, gamma);
    double lr = rate;
    for (int epoch = 0; epoch < 40; epoch++) {
      if (epoch > 0 && epoch % stepSize == 0) {
        lr *= gamma;
      }
      assertThat(schedule.at(epoch)).isCloseTo(lr, offset(TOLERANCE));
    }
  }

  @Property
  void exponentialIsExponentialLr(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double rate,
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double gamma) {
    Schedule schedule = Schedule.exponential(rate, gamma);
    double lr = rate;
    for (int epoch = 0; epoch < 40; epoch++) {
      assertThat(schedule.at(epoch)).isCloseTo(lr, offset(TOLERANCE));
      lr *= gamma;
    }
  }

  /**
   * PyTorch's chainable form: ηₜ₊₁ = ηmin + (ηₜ − ηmin) · (1 + cos(π(t+1)/T)) / (1 + cos(πt/T)).
   */
  @Property
  void cosineIsCosineAnnealingLrUpToItsLastStep(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double rate,
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double etaMin,
      @ForAll @IntRange(min = 1, max = 100) int steps) {
    Schedule schedule = Schedule.cosine(rate, etaMin, steps);
    double lr = rate;
    for (int t = 0; t <= steps; t++) {
      assertThat(schedule.at(t)).isCloseTo(lr, offset(1e-10));
      double now = 1 + Math.cos(Math.PI * t / steps);
      double next = 1 + Math.cos(Math.PI * (t + 1) / steps);
      lr = etaMin + (lr - etaMin) * next / now;
    }
  }

  /** With div_factor 25, final_div_factor 1e4, pct_start 0.3 and anneal_strategy "cos". */
  @Property
  void oneCycleIsOneCycleLr(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double maximum,
      @ForAll @IntRange(min = 1, max = 200) int totalSteps) {
    Schedule schedule = Schedule.oneCycle(maximum, totalSteps);
    double initial = maximum / 25;
    double minimum = initial / 1e4;
    double[] endSteps = {0.3 * totalSteps - 1, totalSteps - 1};
    double[][] rates = {{initial, maximum}, {maximum, minimum}};
    for (int step = 0; step < totalSteps; step++) {
      int phase = step <= endSteps[0] ? 0 : 1;
      double startStep = phase == 0 ? 0 : endSteps[0];
      double pct = (step - startStep) / (endSteps[phase] - startStep);
      double start = rates[phase][0];
      double end = rates[phase][1];
      double expected = end + (start - end) / 2.0 * (Math.cos(Math.PI * pct) + 1);
      assertThat(schedule.at(step)).isCloseTo(expected, offset(TOLERANCE));
    }
  }

  @Property
  void annealingStaysBetweenItsEndsAndNeverTurns(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double from,
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double to,
      @ForAll @IntRange(min = 1, max = 100) int steps) {
    for (Schedule schedule :
        new Schedule[] {Schedule.linear(from, to, steps), Schedule.cosine(from, to, steps)}) {
      assertThat(schedule.at(0)).isCloseTo(from, offset(1e-15));
      assertThat(schedule.at(steps)).isCloseTo(to, offset(1e-15));
      for (int t = 0; t < steps + 2; t++) {
        double change = (schedule.at(t + 1) - schedule.at(t)) * Math.signum(to - from);
        assertThat(change).isGreaterThanOrEqualTo(-1e-15);
      }
    }
  }

  /** No rate is negative, not even by rounding: an optimizer would refuse it in mid-run. */
  @Property
  void noRateIsNegative(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double from,
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1e-12) double to,
      @ForAll @IntRange(min = 1, max = 100) int steps) {
    for (int t = 0; t < steps + 2; t++) {
      assertThat(Schedule.linear(from, to, steps).at(t)).isNotNegative();
      assertThat(Schedule.cosine(from, to, steps).at(t)).isNotNegative();
      assertThat(Schedule.cosine(to, from, steps).at(t)).isNotNegative();
      assertThat(Schedule.oneCycle(from, steps).at(t)).isNotNegative();
    }
  }

  @Property
  void warmUpScalesTheFirstStepsAndNoOthers(
      @ForAll @IntRange(min = 1, max = 30) int warmUp, @ForAll @IntRange(max = 60) int t) {
    Schedule base = Schedule.linear(1, 0.5, 50);
    double share = t < warmUp ? (t + 1.0) / warmUp : 1;
    assertThat(base.warmUp(warmUp).at(t)).isCloseTo(base.at(t) * share, offset(TOLERANCE));
  }
}
