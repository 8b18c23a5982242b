package org.spikelet.app.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.UsualRange;

class AlarmsTest {

  private static Spike spike(long onset, long end) {
    return new Spike(onset, onset, end, 1, new UsualRange(LossScale.LOGARITHMIC, 0, 1, 0), false);
  }

  /** 1 before the steps named, and 0 elsewhere. */
  private static List<Double> ratios(Integer... steps) {
    return IntStream.rangeClosed(1, 100)
        .mapToObj(i -> List.of(steps).contains(10 * i) ? 1.0 : 0.0)
        .toList();
  }

  @Test
  void anAlarmIsRightIfASpikeBeginsWithin200Steps() {
    Alarms.Tally right = Alarms.Tally.of(ratios(100, 110, 120), 1, List.of(spike(300, 320)));
    assertThat(right.steps()).containsExactly(100L);
    assertThat(right.falseOnes()).isZero();
    assertThat(right.leads()).containsExactly(200L);
    assertThat(right.missed()).isZero();

    Alarms.Tally tooEarly = Alarms.Tally.of(ratios(100), 1, List.of(spike(301, 320)));
    assertThat(tooEarly.falseOnes()).isEqualTo(1);
    assertThat(tooEarly.leads()).isEmpty();
    assertThat(tooEarly.missed()).isEqualTo(1);
  }

  @Test
  void theLastAlarmCountsAndNoneFromWithinASpike() {
    List<Spike> spikes = List.of(spike(195, 230), spike(400, 420));
    Alarms.Tally tally = Alarms.Tally.of(ratios(150, 190, 210, 500), 1, spikes);
    assertThat(tally.steps()).as("210 is within the first").containsExactly(150L, 190L, 500L);
    assertThat(tally.leads()).containsExactly(5L);
    assertThat(tally.missed()).isEqualTo(1);
    assertThat(tally.falseOnes()).as("500").isEqualTo(1);
  }

  /** Over the level since within the spike before, or since more than 200 steps. */
  @Test
  void aStandingAlarmIsAWarning() {
    List<Spike> spikes = List.of(spike(195, 230), spike(250, 260));
    Alarms.Tally tally = Alarms.Tally.of(ratios(190, 210, 220, 230, 240), 1, spikes);
    assertThat(tally.leads()).containsExactly(5L, 40L);
    assertThat(tally.missed()).isZero();
    assertThat(tally.steps()).containsExactly(190L);
    assertThat(tally.falseOnes()).isZero();
  }

  /**
   * Looks up to step 800, for the last 200 have no future. Of 110 to 300 a spike follows; 310 and
   * 320 lie within it. Over the level are 290 and 300, and of the others 100 and 700.
   */
  @Test
  void countsAllLooksOutsideOfSpikes() {
    List<Double> ratios = ratios(100, 290, 300, 310, 700, 900);
    Alarms.Looks looks = Alarms.Looks.of(ratios, 1, List.of(spike(305, 325)));
    assertThat(looks).isEqualTo(new Alarms.Looks(20, 2, 58, 2));
    assertThat(Alarms.Tally.of(ratios, 1, List.of(spike(305, 325))).looks()).isEqualTo(looks);
  }

  @Test
  void aLevelHigherUpIsNotReached() {
    assertThat(Alarms.Tally.of(ratios(100), 1.01, List.of()).steps()).isEmpty();
  }
}
