package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.spikes.World;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Noted;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Repetitions;

/** How much weights are perturbed, and from where heights are measured then. */
class PerturbedWeightsTest {

  private static final UsualRange USUAL = new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6);

  /** A spike that comes only where the weight is within some distance of where it was. */
  private static PerturbedWeights run(double distance, double height) {
    World world =
        World.of(
            (moved, row) -> {
              int step = row / 2;
              boolean near = Math.abs(moved[0] - step) < distance;
              return step >= 200 && step < 205 && near ? height : 1;
            });
    SpikeRecorder recorder = world.run(265);
    Case one = Case.of(recorder, 200);
    return PerturbedWeights.run(new Repetitions(one.replay(), 4, 1), one.recorded.recording());
  }

  /** The weight is −0.5 at the start: perturbed by 1e-4 it moves by up to 0.005 steps. */
  @ParameterizedTest
  @CsvSource({"0.1, 1e-4", "1e-4, 1e-6", "1e-6, 1e-8", "1e-9, 1e-4"})
  void theLargestOfThreeSizesThatLeavesTheSpikeOrTheFirst(double distance, double size) {
    PerturbedWeights perturbed = run(distance, 10);
    assertThat(perturbed.size()).isEqualTo(size);
    assertThat(perturbed.losses()).hasSize(4);
    assertThat(perturbed.words())
        .isEqualTo("weights perturbed by 1e-0" + (int) Math.round(-Math.log10(size)));
  }

  /** Replayed from step 100 on, with the onset so many steps later; a loss for each step. */
  private static UsualRange usual(int onset, double... losses) {
    World world = World.of(row -> 1);
    SpikeRecorder recorder = SpikeRecorder.of(world.trainer(), Collections.emptyMap());
    Noted noted = new Noted(20, 100);
    for (int i = 0; i < 20; i++) {
      noted.step(1, 0.1, i);
    }
    Recording recording =
        new Recording(
            100 + onset,
            100 + onset,
            Snapshot.of(recorder.parameters(), recorder.trainer(), 100),
            noted.signals(),
            USUAL);
    return new PerturbedWeights(1e-4, List.of(losses)).usualRange(recording);
  }

  /** Up to five steps before the onset. */
  @Test
  void aDisturbanceThatLiftsTheLossIsNoSpike() {
    assertThat(usual(8, 3, 4, 5, 90, 90)).isEqualTo(USUAL.around(4));
    assertThat(usual(8, 1, 1.1, 1.2, 90, 90)).isEqualTo(USUAL);
    assertThat(usual(8, 3, Double.NaN, Double.NaN, 90)).isEqualTo(USUAL);
    assertThat(usual(8, 3, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 90))
        .isEqualTo(USUAL);
  }

  @Test
  void withNoStepBeforeItIsNotKnown() {
    assertThat(usual(6, 3, 90)).isEqualTo(USUAL.around(3));
    assertThat(usual(5, 3, 90)).isEqualTo(USUAL);
    assertThat(usual(2, 3, 90)).isEqualTo(USUAL);
  }
}
