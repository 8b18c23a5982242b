package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.spikes.World;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.SpikeRecorder;

/** Which batches around the onset are as hard as a spike. */
class NeighbouringBatchesTest {

  private static Case at200(World world) {
    return Case.of(world.run(265), 200);
  }

  /** Looked at are the ten just before the onset, and from it on every fourth. */
  @ParameterizedTest
  @CsvSource({
    "200, 201, 0, 1", "189, 190, 0, 0", "190, 191, 1, 0", "199, 200, 1, 0", "201, 204, 0, 0",
    "204, 205, 0, 1", "236, 237, 0, 1", "237, 300, 0, 0", "190, 200, 10, 0", "200, 300, 0, 10"
  })
  void whichAreLookedAt(int from, int to, long before, long after) {
    World world =
        World.of(
            (moved, row) -> {
              int step = row / 2;
              boolean beforeTheOnset = moved[0] < 185;
              return beforeTheOnset ? (step >= from && step < to ? 10 : 1) : step == 200 ? 10 : 1;
            });
    NeighbouringBatches batches = at200(world).tests.neighbouringBatches();
    assertThat(batches.before()).isEqualTo(before);
    assertThat(batches.after()).isEqualTo(after);
  }

  private static boolean known(SpikeRecorder recorder, long onset, Recording like) {
    return NeighbouringBatches.known(
        new RecordedFacts(
            recorder,
            new Recording(onset, onset, like.start(), like.signals(), like.usualRange())));
  }

  /** Replayed are steps 150 to 259. */
  @Test
  void tenBeforeAndFortyFromTheOnsetOnMustBeReplayed() {
    SpikeRecorder recorder = World.of(row -> row / 2 == 200 ? 10 : 1).run(265);
    Recording recording = recorder.recordings().get(0);
    assertThat(known(recorder, 159, recording)).isFalse();
    assertThat(known(recorder, 160, recording)).isTrue();
    assertThat(known(recorder, 220, recording)).isTrue();
    assertThat(known(recorder, 221, recording)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10, false", "11, true"})
  void theyMustBeOfOneEpoch(int batches, boolean known) {
    World world =
        World.of((moved, row) -> moved[0] > 199.5 && moved[0] < 200.5 ? 10 : 1)
            .batches(2 * batches, 2);
    assertThat(NeighbouringBatches.known(at200(world).recorded)).isEqualTo(known);
  }
}
