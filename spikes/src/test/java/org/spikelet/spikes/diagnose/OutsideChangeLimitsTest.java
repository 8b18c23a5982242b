package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.optim.TrainingListener;
import org.spikelet.spikes.World;
import org.spikelet.spikes.record.SpikeRecorder;

/** A spike with its onset at step 200, replayed from step 150 on without what made it. */
class OutsideChangeLimitsTest {

  /** The second weight is moved by someone after a step; moved, it makes the rows of 200 hard. */
  private static Diagnosis diagnosis(long after, double high, double highWithout) {
    World world =
        World.of(
            (moved, row) -> {
              int step = row / 2;
              double loss = step < 200 || step >= 205 ? 1 : moved[1] > 50 ? high : highWithout;
              // The loss of the next step shows the move, too.
              return loss + (moved[1] > 50 ? 1e-9 : 0);
            });
    TrainingListener meddler =
        step -> {
          if (step.number() == after) {
            world.weights().update(w -> w[1] -= 1);
          }
        };
    SpikeRecorder recorder = world.run(265, meddler);
    return new SpikeDoctor()
        .withRepetitions(2)
        .withOnly(spike -> spike.onset() == 200)
        .examine(recorder)
        .diagnoses()
        .get(0);
  }

  /** A move after step 154 is noted with step 155: then five steps replayed to the bit. */
  @ParameterizedTest
  @CsvSource({
    "153, UNKNOWN, 4 steps",
    "154, OUTSIDE_CHANGE, 5 steps",
    "199, OUTSIDE_CHANGE, 50 steps"
  })
  void fiveStepsMustHaveReplayed(long after, Cause cause, String same) {
    Diagnosis diagnosis = diagnosis(after, 10, 1);
    assertThat(diagnosis.causes()).containsExactly(cause);
    assertThat(diagnosis.reproduced()).isFalse();
    assertThat(diagnosis.evidence(Symptom.FIRST_DIFFERENCE).orElseThrow().words())
        .startsWith("at step " + (after + 1) + ", after " + same + " replayed to the bit, ");
    assertThat(diagnosis.evidence(Symptom.REPLAYED_HEIGHT).isPresent())
        .isEqualTo(cause == Cause.OUTSIDE_CHANGE);
    assertThat(diagnosis.words())
        .contains(
            cause == Cause.UNKNOWN ? "Nothing can be concluded" : "Look at what the program does");
  }

  private static double share(double highWithout) {
    return (Math.log(highWithout) - 0.15) / (Math.log(100) - 0.15);
  }

  @Test
  void aSpikeOfWhichLittleIsLeftWasMadeFromOutside() {
    Diagnosis diagnosis = diagnosis(180, 100, 4);
    assertThat(diagnosis.causes()).containsExactly(Cause.OUTSIDE_CHANGE);
    Evidence left = diagnosis.evidence(Symptom.REPLAYED_HEIGHT).orElseThrow();
    assertThat(left.value()).isCloseTo(share(4), offset(1e-5)); // 0.277
    assertThat(left.limit()).isEqualTo(1 - 0.7);
    assertThat(left.words()).endsWith("the spike had 28 % of its height");
  }

  @Test
  void aSpikeOfWhichMoreIsLeftWasNot() {
    Diagnosis diagnosis = diagnosis(180, 100, 4.6);
    assertThat(diagnosis.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(diagnosis.evidence(Symptom.REPLAYED_HEIGHT).orElseThrow().value())
        .isCloseTo(share(4.6), offset(1e-5)); // 0.309
  }

  /** What is done after the peak did not make it. */
  @Test
  void aChangeAfterThePeak() {
    Diagnosis diagnosis = diagnosis(210, 10, 10);
    assertThat(diagnosis.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(diagnosis.evidence(Symptom.FIRST_DIFFERENCE).orElseThrow().value()).isEqualTo(211);
    assertThat(diagnosis.evidence(Symptom.REPLAYED_HEIGHT)).isEmpty();
    assertThat(diagnosis.words()).startsWith("The unchanged replay differs from the recording");
  }
}
